// The stretches of a visit as they open and close: attempts, in which something runs, and pauses, in which it waits.
import type { Failure } from '@durable-canvas/schema'
import type { Attempt, Instant, Pause, Unfolding, Visit } from './visit.ts'

interface NewAttempt {
  readonly seq: number
  readonly number: number
  readonly name: string
  readonly at: Instant
  readonly dueAt?: string | undefined
  readonly childId?: string
  readonly undoes?: string | undefined
}

export function openAttempt(
  unfolding: Unfolding,
  visit: Visit,
  { seq, number, name, at, dueAt, childId, undoes }: NewAttempt,
): Attempt {
  const attempt: Attempt = {
    seq,
    number,
    name,
    childId: childId ?? null,
    queuedAt: at,
    dueAt: dueAt === undefined ? null : Date.parse(dueAt),
    startedAt: null,
    endedAt: null,
    outcome: 'open',
    failure: null,
    undoes: undoes ?? null,
  }
  visit.attempts.push(attempt)
  unfolding.tasks.set(seq, { visit, attempt })
  return attempt
}

export function closeAttempt(
  unfolding: Unfolding,
  task: number,
  at: Instant,
  outcome: 'completed' | 'failed',
  failure: Failure | null,
  startedAt?: string,
): void {
  const attempt = unfolding.tasks.get(task)?.attempt
  if (!attempt) return
  if (startedAt !== undefined) attempt.startedAt = Date.parse(startedAt)
  endAttempt(attempt, at, outcome, failure)
}

export function endAttempt(attempt: Attempt, at: Instant, outcome: Attempt['outcome'], failure: Failure | null): void {
  attempt.endedAt = at
  attempt.outcome = outcome
  attempt.failure = failure
}

interface NewPause {
  readonly kind: Pause['kind']
  readonly at: Instant
  readonly dueAt?: string | undefined
  readonly name?: string
  readonly attempt?: number | undefined
}

export function openPause(
  unfolding: Unfolding,
  visit: Visit,
  seq: number,
  { kind, at, dueAt, name, attempt }: NewPause,
): void {
  const pause: Pause = {
    seq,
    kind,
    from: at,
    dueAt: dueAt === undefined ? null : Date.parse(dueAt),
    name: name ?? null,
    attempt: attempt ?? null,
    to: null,
    outcome: 'open',
  }
  visit.pauses.push(pause)
  unfolding.timers.set(seq, { visit, pause })
}

export function closePause(unfolding: Unfolding, timer: number, at: Instant, outcome: Pause['outcome']): void {
  const pause = unfolding.timers.get(timer)?.pause
  if (pause) endPause(pause, at, outcome)
}

export function endPause(pause: Pause, at: Instant, outcome: Pause['outcome']): void {
  pause.to = at
  pause.outcome = outcome
}
