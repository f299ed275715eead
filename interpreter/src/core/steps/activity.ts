import { type Failure, formatInstant, type Json, type RecordedCompensation } from '@durable-canvas/schema'
import { failure } from '../failure.ts'
import { completeWith, failStep, guarded } from '../flow.ts'
import { evaluate, evaluateField, evaluateTime, type Place, visitOf } from '../place.ts'
import type { StepProgram } from '../program.ts'
import { retryDelay } from '../retry.ts'
import type { Task, TaskRequest } from '../state.ts'
import type { StepKind } from './step-kind.ts'
import { activityOf } from './typed.ts'

export const activity: StepKind = {
  enter(place) {
    const { definition, input } = activityOf(place)
    schedule(place, { activity: definition.activity, input: input ? evaluate(place, input) : null }, 1, place.step)
  },
  due(place, task) {
    if (task.kind === 'retry') retryFired(place, task, place.step)
    else activityFailed(place, task, failure('Timeout', 'the attempt timed out', place.path), undefined)
  },
}

/** Asks for an attempt. `owner` is the step whose limits count: itself, or the compensated one. */
export function schedule(place: Place, request: TaskRequest, attempt: number, owner: StepProgram): void {
  const { turn, path } = place
  const { definition, times } = activityOf({ ...place, step: owner })
  const timeout = times.timeout ? evaluateTime(place, times.timeout) : null
  const startBy = times.scheduleToStartTimeout ? evaluateTime(place, times.scheduleToStartTimeout) : null
  const heartbeat = times.heartbeatTimeout ? evaluateTime(place, times.heartbeatTimeout) : null
  turn.emit({
    type: 'TaskScheduled',
    step: path,
    activity: request.activity,
    input: request.input,
    attempt,
    ...(timeout === null ? {} : { dueAt: formatInstant(turn.atMs + timeout) }),
    ...(startBy === null ? {} : { startBy: formatInstant(turn.atMs + startBy) }),
    ...(heartbeat === null ? {} : { heartbeat }),
    ...(definition.queue === undefined ? {} : { queue: definition.queue }),
    ...(definition.priority === undefined ? {} : { priority: definition.priority }),
    ...(request.compensates === undefined ? {} : { compensates: request.compensates }),
  })
}

export function activityCompleted(place: Place, task: Task, result: Json, startedAt: string | undefined): void {
  const started = startedAt === undefined ? {} : { startedAt }
  completeWith(place, { type: 'TaskCompleted', step: place.path, task: task.id, result, ...started }, result, () => {
    const compensation = compensationOf(place, result)
    return compensation ? { compensation } : {}
  })
}

function compensationOf(place: Place, result: Json): RecordedCompensation | null {
  const { compensate } = activityOf(place).definition
  if (!compensate) return null
  return { activity: compensate.activity, input: evaluateField(place, 'compensate', { result }) }
}

export function activityFailed(place: Place, task: Task, failed: Failure, startedAt: string | undefined): void {
  attemptFailed(place, task, failed, startedAt, place.step)
}

/** Records the failed attempt, then makes another or fails the step. */
export function attemptFailed(
  place: Place,
  task: Task,
  failed: Failure,
  startedAt: string | undefined,
  owner: StepProgram,
): void {
  const { turn, path } = place
  const visit = visitOf(place)
  const known: Failure = { ...failed, step: path, attempt: task.attempt }
  turn.emit({
    type: 'TaskFailed',
    step: path,
    task: task.id,
    failure: known,
    attempt: task.attempt,
    ...(startedAt === undefined ? {} : { startedAt }),
  })
  guarded(place, () => {
    const delay = retryDelay(place, owner.retry, visit, known)
    if (delay === null) return failStep(place, known)
    const { request } = visit
    if (!request) throw new Error(`${path} asked for nothing`)
    if (delay === 0) return schedule(place, request, task.attempt + 1, owner)
    turn.emit({
      type: 'TimerCreated',
      step: path,
      dueAt: formatInstant(turn.atMs + delay),
      purpose: 'retry',
      attempt: task.attempt + 1,
    })
  })
}

export function retryFired(place: Place, task: Task, owner: StepProgram): void {
  const { turn, path } = place
  const { request } = visitOf(place)
  if (!request) throw new Error(`${path} asked for nothing`)
  turn.emit({ type: 'TimerFired', step: path, timer: task.id })
  guarded(place, () => schedule(place, request, task.attempt, owner))
}
