// One stream a tab tells of every instance; pages listen here. The browser allows six connections a server, so a page that
// has a stream of its own (one instance) takes the place of this one.
import type { QueryClient } from '@tanstack/react-query'
import type { Instance, InstanceSummary } from './api-types.ts'
import { createHeardSummaries, mergeSummary } from './heard-summaries.ts'
import { keys } from './query-client.ts'

export type FeedListener = (summary: InstanceSummary) => void

const listeners = new Set<FeedListener>()
const reopened = new Set<() => void>()

export const heardSummaries = createHeardSummaries()

/** `onReopened`: the line was down, and what happened meanwhile has to be asked for. */
export function listenToInstances(onSummary: FeedListener, onReopened: () => void): () => void {
  listeners.add(onSummary)
  reopened.add(onReopened)
  return () => {
    listeners.delete(onSummary)
    reopened.delete(onReopened)
  }
}

export function tellSummary(client: QueryClient, summary: InstanceSummary): void {
  heardSummaries.hear(summary, Date.now())
  client.setQueryData<Instance>(keys.instance(summary.instanceId), (known) =>
    known ? mergeSummary(known, summary) : known,
  )
  for (const listener of listeners) listener(summary)
}

export function tellReopened(): void {
  for (const listener of reopened) listener()
}
