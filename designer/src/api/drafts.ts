import type { Json } from '@durable-canvas/schema'
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { ApiProblem } from './api-problem.ts'
import type { Draft, DraftSummary } from './api-types.ts'
import { type Asking, definitionsQuery } from './definitions.ts'
import { keys } from './query-client.ts'
import { allPages, apiPath, orNull, request } from './request.ts'

const draftPath = (name: string) => apiPath(`/drafts/${encodeURIComponent(name)}`)

const draftsQuery = queryOptions({
  queryKey: keys.drafts,
  queryFn: ({ signal }) => allPages<DraftSummary>('/drafts', signal),
})

export const useDrafts = () => useQuery(draftsQuery)

const namesOf = (drafts: readonly DraftSummary[]) => drafts.map(({ name }) => name)

/** Which drafts there are, so that only those are asked for. */
export const useDraftNames = (asking: Asking = {}) => useQuery({ ...draftsQuery, ...asking, select: namesOf })

/** The designer owns its document while it edits, so it is not fetched again behind its back. */
const draftQuery = (name: string) =>
  queryOptions({
    queryKey: keys.draft(name),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => getDraft(name, signal),
  })

/** Null if there is none. */
export const useDraft = (name: string | undefined) =>
  useQuery({ ...draftQuery(name ?? ''), enabled: name !== undefined })

/** Whoever opens the draft next reads it anew. */
export const forgetDraft = (client: QueryClient, name: string): void =>
  client.removeQueries({ queryKey: keys.draft(name), exact: true })

/**
 * Asks for what a drawing board opens with, while its scripts are still on their way. What fails is asked for again by
 * whoever shows it.
 */
export async function askAhead(client: QueryClient, name: string): Promise<void> {
  const drafts = client.fetchQuery(draftsQuery).catch(() => [])
  void client.prefetchQuery(definitionsQuery)
  if (!namesOf(await drafts).includes(name)) return
  // Kept for the moment until it is shown.
  await client.prefetchQuery({ ...draftQuery(name), gcTime: 5_000 })
}

export const getDraft = (name: string, signal?: AbortSignal): Promise<Draft | null> =>
  orNull(request<Draft>(draftPath(name), { signal }))

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
    const draft = await request<Draft>(draftPath(name), { method: 'PUT', body: drawing, headers: condition })
    return { saved: true, draft }
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 412) return { saved: false, newer: await getDraft(name) }
    throw error
  }
}

export const deleteDraft = (name: string): Promise<unknown> => request(draftPath(name), { method: 'DELETE' })
