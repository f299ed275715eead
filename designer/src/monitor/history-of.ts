// Histories for tests, short to write: seq and time are filled in, a second apart unless `at` says otherwise.
import type { HistoryEvent } from '@durable-canvas/schema'

type Loose<T> = T extends HistoryEvent ? Omit<T, 'seq' | 'at'> & { readonly at?: number } : never
export type LooseEvent = Loose<HistoryEvent>

export const epoch = Date.UTC(2026, 0, 1, 12, 0, 0)

/** `at`: seconds after noon. */
export function historyOf(...events: readonly LooseEvent[]): HistoryEvent[] {
  let seconds = -1
  return events.map((event, index) => {
    seconds = event.at ?? seconds + 1
    return { ...event, seq: index + 1, at: new Date(epoch + seconds * 1_000).toISOString() } as HistoryEvent
  })
}

export const second = (seconds: number): number => epoch + seconds * 1_000
export const iso = (seconds: number): string => new Date(second(seconds)).toISOString()

export const started = {
  type: 'ExecutionStarted',
  instanceId: 'o-1',
  executionId: 'x1',
  definition: 'order',
  version: 2,
  semantics: 1,
  input: { total: 12 },
  variables: { tries: 0 },
} as const satisfies LooseEvent
