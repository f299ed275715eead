import { useMemo } from 'react'
import type { Instance } from '../api/api-types.ts'
import type { LiveHistory } from './use-history.ts'
import { emptyUnfolding, type Instant, type Unfolding } from './visit.ts'
import { unfold } from './visits.ts'

export interface Moment {
  readonly unfolding: Unfolding
  /** Changes whenever the unfolding does. */
  readonly revision: number | string
  /** The time that is looked back to; null: live. */
  readonly asOf: Instant | null
}

/** The execution as it was when the event of this seq had happened; null: as it is. */
export function useMoment(history: LiveHistory, at: number | null): Moment {
  const { events, unfolding, revision } = history
  const seq = at === null ? null : Math.min(at, events.length)
  const isPast = seq !== null && seq > 0
  // Events never change, so a moment looks the same however the history grows.
  const past = useMemo(() => (isPast ? unfold(events.slice(0, seq)) : emptyUnfolding()), [events, isPast, seq])
  return isPast ? { unfolding: past, revision: `at ${seq}`, asOf: past.lastAt } : { unfolding, revision, asOf: null }
}

/** Activities that a worker has begun: live the summary tells; of the past the later history does. */
export function runningPaths(
  instance: Instance,
  shown: Unfolding,
  whole: Unfolding,
  asOf: Instant | null,
): ReadonlySet<string> {
  if (asOf === null)
    return new Set(
      instance.waitingFor.filter((task) => task.kind === 'activity' && task.running === true).map((task) => task.step),
    )
  const running = new Set<string>()
  for (const [seq, { visit, attempt }] of shown.tasks) {
    const startedAt = attempt.outcome === 'open' ? (whole.tasks.get(seq)?.attempt.startedAt ?? null) : null
    if (startedAt !== null && startedAt <= asOf) running.add(visit.path)
  }
  return running
}
