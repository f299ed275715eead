import { useQuery } from '@tanstack/react-query'
import type { InstanceSummary } from '../api/api-types.ts'
import { listInstances } from '../api/instances.ts'
import { keys } from '../api/query-client.ts'

const hourMs = 3_600_000
const pageSize = 500
const mostPages = 4

export interface Recent {
  readonly instances: readonly InstanceSummary[]
  /** More started than were asked for: what is told is of the latest ones only. */
  readonly isPartial: boolean
}

async function recent(signal: AbortSignal): Promise<Recent> {
  const instances: InstanceSummary[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await listInstances(
      { createdFrom: new Date(Date.now() - hourMs).toISOString(), limit: pageSize },
      cursor,
      signal,
    )
    instances.push(...answer.items)
    cursor = answer.next
    if (cursor === null) break
  }
  return { instances, isPartial: cursor !== null }
}

/** Instances created within the last hour, at most two thousand, asked for again every so often. */
export const useRecent = () =>
  useQuery({
    queryKey: [...keys.instances, 'recent'],
    queryFn: ({ signal }) => recent(signal),
    refetchInterval: 15_000,
  })

/** The newest few of a status. */
export const useLatest = (status: string, limit: number) =>
  useQuery({
    queryKey: [...keys.instances, 'latest', status, limit],
    queryFn: async ({ signal }) => (await listInstances({ status, limit }, null, signal)).items,
    refetchInterval: 5_000,
  })
