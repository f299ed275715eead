// The history of the execution on screen, as it grows: events in order without gaps, and what they unfold to. It lives
// outside React, so that ten thousand events are folded once and a burst of them draws once.
import type { HistoryEvent } from '@durable-canvas/schema'
import { emptyUnfolding, type Unfolding } from './visit.ts'
import { applyEvent } from './visits.ts'

export interface HistorySnapshot {
  /** Grows with every change; the arrays inside are the same ones, grown in place. */
  readonly revision: number
  readonly events: readonly HistoryEvent[]
  readonly unfolding: Unfolding
  /** True once the history was read to its end. */
  readonly isComplete: boolean
}

export interface HistoryFeed {
  readonly subscribe: (listener: () => void) => () => void
  readonly snapshot: () => HistorySnapshot
  /** The seq of the latest event. */
  readonly lastSeq: () => number
  /** Takes what follows without a gap, ignores what is known; answers false if something in between is missing. */
  readonly append: (events: readonly HistoryEvent[]) => boolean
  readonly complete: () => void
  readonly reset: () => void
}

export function createHistoryFeed(schedule: (run: () => void) => void = requestFrame): HistoryFeed {
  let events: HistoryEvent[] = []
  let unfolding = emptyUnfolding()
  let isComplete = false
  let snapshot: HistorySnapshot = { revision: 0, events, unfolding, isComplete }
  let isScheduled = false
  const listeners = new Set<() => void>()

  const tell = () => {
    isScheduled = false
    snapshot = { revision: snapshot.revision + 1, events, unfolding, isComplete }
    for (const listener of listeners) listener()
  }
  const changed = () => {
    if (isScheduled) return
    isScheduled = true
    schedule(tell)
  }
  const reset = () => {
    events = []
    unfolding = emptyUnfolding()
    isComplete = false
    changed()
  }
  const isNewExecution = (event: HistoryEvent) =>
    event.type === 'ExecutionStarted' && unfolding.executionId !== null && event.executionId !== unfolding.executionId

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    snapshot: () => snapshot,
    lastSeq: () => events.length,
    append: (more) => {
      for (const event of more) {
        if (isNewExecution(event)) {
          events = []
          unfolding = emptyUnfolding()
        }
        if (event.seq <= events.length) continue
        if (event.seq > events.length + 1) return false
        events.push(event)
        applyEvent(unfolding, event)
        changed()
      }
      return true
    },
    complete: () => {
      isComplete = true
      changed()
    },
    reset,
  }
}

/** The next frame, or soon when the page is not drawn at all. */
function requestFrame(run: () => void): void {
  if (document.hidden) setTimeout(run, 250)
  else requestAnimationFrame(run)
}
