// One stream a tab tells of every instance; pages listen here. The browser allows six connections a server, so a page that
// has a stream of its own (one instance) takes the place of this one.
import type { QueryClient } from '@tanstack/react-query'
import type { Instance, InstanceSummary } from './api-types.ts'
import { createHeardSummaries, mergeSummary } from './heard-summaries.ts'
import { keys } from './query-client.ts'

export interface FeedListener {
  readonly onSummary: (summary: InstanceSummary) => void
  readonly onPurged: (instanceIds: readonly string[]) => void
  /** The line was down, or too much happened at once: what happened meanwhile has to be asked for. */
  readonly onReopened: () => void
}

const listeners = new Set<FeedListener>()

export const heardSummaries = createHeardSummaries()

export function listenToInstances(listener: FeedListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tellSummary(client: QueryClient, summary: InstanceSummary): void {
  heardSummaries.hear(summary, Date.now())
  client.setQueryData<Instance>(keys.instance(summary.instanceId), (known) =>
    known ? mergeSummary(known, summary) : known,
  )
  for (const { onSummary } of listeners) onSummary(summary)
}

export interface Purged {
  readonly count: number
  /** Some of them, where they are very many. */
  readonly instanceIds: readonly string[]
}

/** Of this page's own doing: its lists are loaded again anyway. */
const purgedHere = new Set<string>()

export async function whilePurging<T>(instanceId: string, purge: () => Promise<T>): Promise<T> {
  purgedHere.add(instanceId)
  try {
    const answer = await purge()
    heardSummaries.drop(instanceId)
    return answer
  } catch (error) {
    purgedHere.delete(instanceId)
    throw error
  }
}

export function tellPurged({ count, instanceIds }: Purged): void {
  for (const id of instanceIds) heardSummaries.drop(id)
  const news = instanceIds.filter((id) => !purgedHere.delete(id))
  for (const { onPurged } of listeners) onPurged(news)
  if (count > instanceIds.length) tellReopened()
}

export function tellReopened(): void {
  for (const { onReopened } of listeners) onReopened()
}
