import type { Json } from '@durable-canvas/schema'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  ActivityInfo,
  DefinitionSummary,
  DefinitionVersion,
  Deployed,
  Validation,
  VersionSummary,
} from './api-types.ts'
import { keys } from './query-client.ts'
import { allPages, apiPath, orNull, request } from './request.ts'

const definitionPath = (name: string) => `/definitions/${encodeURIComponent(name)}`

export const definitionsQuery = queryOptions({
  queryKey: keys.definitions,
  queryFn: ({ signal }) => allPages<DefinitionSummary>('/definitions', signal),
})

/** When to ask for what is known already. */
export interface Asking {
  /** Default: if it was asked for some seconds ago. */
  readonly refetchOnMount?: boolean
}

export const useDefinitions = (asking: Asking = {}) => useQuery({ ...definitionsQuery, ...asking })

/** The latest version; null if the name was never deployed. */
export const useDefinition = (name: string | undefined) =>
  useQuery({
    queryKey: keys.definition(name ?? ''),
    enabled: name !== undefined,
    queryFn: ({ signal }) => orNull(request<DefinitionVersion>(apiPath(definitionPath(name ?? '')), { signal })),
  })

/** Newest first; empty if the name was never deployed. */
export const useVersions = (name: string) =>
  useQuery({
    queryKey: keys.versions(name),
    queryFn: async ({ signal }) =>
      (await orNull(allPages<VersionSummary>(`${definitionPath(name)}/versions`, signal))) ?? [],
  })

/** A version never changes, so it is never asked for twice. */
export const versionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: keys.version(name, version),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      request<DefinitionVersion>(apiPath(`${definitionPath(name)}/versions/${version}`), { signal }),
  })

export const useVersion = (name: string | undefined, version: number | undefined) =>
  useQuery({ ...versionQuery(name ?? '', version ?? 0), enabled: name !== undefined && version !== undefined })

export const useActivities = () =>
  useQuery({
    queryKey: keys.activities,
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await request<{ items: readonly ActivityInfo[] }>(apiPath('/activities'), { signal })).items,
  })

export type TriedActivity = { readonly durationMs: number } & (
  | { readonly result: Json }
  | { readonly failure: { readonly type: string; readonly message: string; readonly details?: Json } }
)

/** Really calls it, once and outside of any instance. What it throws is an answer; a server that does not call it throws. */
export const runActivity = (name: string, input: Json): Promise<TriedActivity> =>
  request(apiPath(`/activities/${encodeURIComponent(name)}/run`), { method: 'POST', body: { input } })

export interface DeployRequest {
  readonly definition: unknown
  readonly layout?: Json
  readonly comment?: string
}

export const deploy = (body: DeployRequest): Promise<Deployed> =>
  request(apiPath('/definitions'), { method: 'POST', body })

export const validate = (body: DeployRequest, signal?: AbortSignal): Promise<Validation> =>
  request(apiPath('/definitions/validate'), { method: 'POST', body, signal })

export function useDeploy() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: deploy,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.definitions }),
        client.invalidateQueries({ queryKey: keys.drafts }),
      ]),
  })
}
