import type { Json } from '@durable-canvas/schema'
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { ApiProblem } from './api-problem.ts'
import type { Draft, DraftSummary } from './api-types.ts'
import { definitionsQuery } from './definitions.ts'
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
export const useDraftNames = () => useQuery({ ...draftsQuery, select: namesOf })

/** What was asked for ahead of the page that shows it; not for long, since others may save meanwhile. */
let ahead: { readonly name: string; readonly draft: Promise<Draft | null>; readonly until: number } | undefined
const aheadMs = 5_000

/**
 * Asks for what a drawing board opens with, while its scripts are still on their way. Whoever shows it finds the answers;
 * a failure is theirs to find as well, by asking once more.
 */
export async function askAhead(client: QueryClient, name: string): Promise<void> {
  try {
    const [drafts] = await Promise.all([client.fetchQuery(draftsQuery), client.fetchQuery(definitionsQuery)])
    if (drafts.some((draft) => draft.name === name))
      ahead = { name, draft: getDraft(name), until: performance.now() + aheadMs }
    await ahead?.draft
  } catch {
    ahead = undefined
  }
}

function openDraft(name: string, signal: AbortSignal): Promise<Draft | null> {
  const asked = ahead
  ahead = undefined
  return asked?.name === name && performance.now() < asked.until ? asked.draft : getDraft(name, signal)
}

/** Null if there is none. The designer owns its document while it edits, so it is not fetched again behind its back. */
export const useDraft = (name: string | undefined) =>
  useQuery({
    queryKey: keys.draft(name ?? ''),
    enabled: name !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => openDraft(name ?? '', signal),
  })

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
