import type { HistoryEvent, Json } from '@durable-canvas/schema'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  Instance,
  InstanceQuery,
  InstanceStatus,
  InstanceSummary,
  Operation,
  OperationRequest,
  Page,
  StartRequest,
} from './api-types.ts'
import { heardSummaries, whilePurging } from './instance-feed.ts'
import { keys } from './query-client.ts'
import { apiPath, request, send } from './request.ts'

const instancePath = (id: string) => `/instances/${encodeURIComponent(id)}`

export async function listInstances(
  query: InstanceQuery,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<InstanceSummary>> {
  const page = await request<Page<InstanceSummary>>(apiPath('/instances', { ...query, cursor }), { signal })
  return heardSummaries.correct(page, query, cursor === null, Date.now())
}

/** Newest first, page after page. */
export const useInstances = (query: InstanceQuery) =>
  useInfiniteQuery({
    queryKey: keys.instanceList(query),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listInstances({ limit: 100, ...query }, pageParam, signal),
    getNextPageParam: (page) => page.next,
    refetchOnWindowFocus: false,
  })

export const getInstance = (id: string, signal?: AbortSignal): Promise<Instance> =>
  request(apiPath(instancePath(id)), { signal })

export const useInstance = (id: string) =>
  useQuery({ queryKey: keys.instance(id), queryFn: ({ signal }) => getInstance(id, signal) })

/** Events with seq > after, oldest first. */
export const readHistory = (id: string, after: number, signal?: AbortSignal): Promise<Page<HistoryEvent>> =>
  request(apiPath(`${instancePath(id)}/history`, { after, limit: 500 }), { signal })

export const startInstance = (body: StartRequest): Promise<Instance> =>
  request(apiPath('/instances'), { method: 'POST', body })

export async function operate(id: string, operation: Operation, body: OperationRequest = {}): Promise<Instance | null> {
  const response = await send(apiPath(`${instancePath(id)}/${operation}`), { method: 'POST', body })
  const text = await response.text()
  const instance = text ? (JSON.parse(text) as Instance) : null
  if (instance) heardSummaries.hear(instance, Date.now())
  return instance
}

/** The same `messageId` again changes nothing. */
export async function raiseEvent(
  id: string,
  name: string,
  data: Json,
  about: { readonly messageId: string; readonly by?: string },
): Promise<void> {
  await send(apiPath(`${instancePath(id)}/events/${encodeURIComponent(name)}`, { ...about }), {
    method: 'POST',
    body: data,
  })
}

export async function purgeInstance(id: string): Promise<{ purged: number }> {
  return whilePurging(id, () => request(apiPath(instancePath(id)), { method: 'DELETE' }))
}

export interface PurgeRequest {
  readonly status: readonly InstanceStatus[] | InstanceStatus
  readonly createdTo?: string
  readonly definition?: string
}

export const purgeInstances = (body: PurgeRequest): Promise<{ purged: number }> =>
  request(apiPath('/instances/purge'), { method: 'POST', body })

export function useStartInstance() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: startInstance,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.definitions }),
  })
}
