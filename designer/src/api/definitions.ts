import type { Json } from '@durable-canvas/schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api-problem.ts'
import type {
  ActivityInfo,
  DefinitionSummary,
  DefinitionVersion,
  Deployed,
  Draft,
  DraftSummary,
  Page,
  Validation,
  VersionSummary,
} from './api-types.ts'
import { keys } from './query-client.ts'
import { apiPath, request } from './request.ts'

const definitionPath = (name: string) => `/definitions/${encodeURIComponent(name)}`

/** Follows `next` until the end. */
async function allPages<T>(path: string, signal?: AbortSignal): Promise<readonly T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await request<Page<T>>(apiPath(path, { limit: 500, cursor }), { signal })
    items.push(...page.items)
    cursor = page.next
  } while (cursor)
  return items
}

export const useDefinitions = () =>
  useQuery({ queryKey: keys.definitions, queryFn: ({ signal }) => allPages<DefinitionSummary>('/definitions', signal) })

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
export const useVersion = (name: string | undefined, version: number | undefined) =>
  useQuery({
    queryKey: keys.version(name ?? '', version ?? 0),
    enabled: name !== undefined && version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      request<DefinitionVersion>(apiPath(`${definitionPath(name ?? '')}/versions/${version}`), { signal }),
  })

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

/** Null if there is none. The designer owns its document while it edits, so it is not fetched again behind its back. */
export const useDraft = (name: string | undefined) =>
  useQuery({
    queryKey: keys.draft(name ?? ''),
    enabled: name !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => getDraft(name ?? '', signal),
  })

/** All of them; this list has no pages. */
export const useDrafts = () =>
  useQuery({
    queryKey: keys.drafts,
    queryFn: async ({ signal }) => (await request<Page<DraftSummary>>(apiPath('/drafts'), { signal })).items,
  })

export const getDraft = (name: string, signal?: AbortSignal): Promise<Draft | null> =>
  orNull(request<Draft>(apiPath(`/drafts/${encodeURIComponent(name)}`), { signal }))

export type SavedDraft =
  | { readonly saved: true; readonly draft: Draft }
  | { readonly saved: false; readonly newer: Draft | null }

/** `revision` null: there must be none yet. A lost race is an answer, with the newer draft. */
export async function saveDraft(
  name: string,
  drawing: { definition: unknown; layout: Json },
  revision: number | null,
): Promise<SavedDraft> {
  const condition: Record<string, string> =
    revision === null ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }
  try {
    const url = apiPath(`/drafts/${encodeURIComponent(name)}`)
    return { saved: true, draft: await request<Draft>(url, { method: 'PUT', body: drawing, headers: condition }) }
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 412) return { saved: false, newer: await getDraft(name) }
    throw error
  }
}

export const deleteDraft = (name: string): Promise<unknown> =>
  request(apiPath(`/drafts/${encodeURIComponent(name)}`), { method: 'DELETE' })

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

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null
    throw error
  }
}
