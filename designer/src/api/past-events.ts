import type { HistoryEvent } from '@durable-canvas/schema'
import { useQuery } from '@tanstack/react-query'
import type { InstanceSummary } from './api-types.ts'
import { listInstances, readHistory } from './instances.ts'

/** An instance's whole history, as it is when it is asked for; it is not followed. */
export const usePastEvents = (instanceId: string | undefined) =>
  useQuery({
    queryKey: ['past-events', instanceId],
    enabled: instanceId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      const events: HistoryEvent[] = []
      for (;;) {
        const page = await readHistory(instanceId ?? '', events.at(-1)?.seq ?? 0, signal)
        events.push(...page.items)
        if (page.next === null || page.items.length === 0) return events
      }
    },
  })

/** Instances of a definition to choose from, newest first; asked for while `isOpen`. */
export const usePastInstances = (definition: string, idPrefix: string, isOpen: boolean) =>
  useQuery({
    queryKey: ['past-instances', definition, idPrefix],
    enabled: isOpen && definition !== '',
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }): Promise<readonly InstanceSummary[]> => {
      const query = { definition, limit: 30, ...(idPrefix && { idPrefix }) }
      return (await listInstances(query, null, signal)).items
    },
  })
