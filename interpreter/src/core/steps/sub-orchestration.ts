import { type Failure, formatInstant, type Json } from '@durable-canvas/schema'
import { StepFailure } from '../failure.ts'
import { completeWith, failStep, guarded } from '../flow.ts'
import { evaluate, type Place, visitOf } from '../place.ts'
import { retryDelay } from '../retry.ts'
import type { Task } from '../state.ts'
import type { StepKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const subOrchestration: StepKind = {
  enter(place) {
    create(place, 1)
  },
  due(place, task) {
    place.turn.emit({ type: 'TimerFired', step: place.path, timer: task.id })
    guarded(place, () => create(place, task.attempt))
  },
}

function create(place: Place, attempt: number): void {
  const { turn, path, step } = place
  const { definition, values } = typed(place, 'subOrchestration')
  const { state } = turn
  const given = values.instanceId ? evaluate(place, values.instanceId) : null
  if (given !== null && (typeof given !== 'string' || given === ''))
    throw new StepFailure('ExpressionError', `${JSON.stringify(given)} is no instance id`)
  const mode = definition.mode ?? 'wait'
  const event = turn.emit({
    type: 'SubOrchestrationInstanceCreated',
    step: path,
    instanceId: given ?? `${state.instanceId}:${state.executionId}:${state.seq + 1}`,
    definition: definition.definition,
    ...(typeof definition.version === 'number' ? { version: definition.version } : {}),
    input: step.input ? evaluate(place, step.input) : null,
    mode,
    onParentEnd: definition.onParentEnd ?? 'terminate',
    attempt,
  })
  const task = state.tasks.get(event.seq)
  // A detached child is done with once it was asked for; its id is the result.
  if (mode === 'detach' && task) childCompleted(place, task, { instanceId: task.name })
}

export function childCompleted(place: Place, task: Task, result: Json): void {
  const { path } = place
  completeWith(place, { type: 'SubOrchestrationInstanceCompleted', step: path, task: task.id, result }, result)
}

export function childFailed(place: Place, task: Task, failed: Failure): void {
  const { turn, path, step } = place
  const visit = visitOf(place)
  const known: Failure = { ...failed, step: path, attempt: task.attempt }
  turn.emit({
    type: 'SubOrchestrationInstanceFailed',
    step: path,
    task: task.id,
    failure: known,
    attempt: task.attempt,
  })
  guarded(place, () => {
    const delay = retryDelay(place, step.retry, visit, known)
    if (delay === null) return failStep(place, known)
    if (delay === 0) return create(place, task.attempt + 1)
    turn.emit({
      type: 'TimerCreated',
      step: path,
      dueAt: formatInstant(turn.atMs + delay),
      purpose: 'retry',
      attempt: task.attempt + 1,
    })
  })
}
