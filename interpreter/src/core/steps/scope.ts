import { formatInstant } from '@durable-canvas/schema'
import { frameAt } from '../containers.ts'
import { failure } from '../failure.ts'
import { cancelBodies, completeWith, failStep, guarded } from '../flow.ts'
import { localStep, stepPath } from '../path.ts'
import { evaluate, evaluateTime, type Place, visitOf } from '../place.ts'
import { retryDelay } from '../retry.ts'
import type { ContainerKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const scope: ContainerKind = {
  enter(place) {
    open(place, 1)
  },
  due(place, task) {
    const { turn, path } = place
    if (task.kind === 'retry') {
      turn.emit({ type: 'TimerFired', step: path, timer: task.id })
      return guarded(place, () => again(place, task.attempt))
    }
    turn.emit({ type: 'TimerFired', step: path, timer: task.id })
    const late = failure('Timeout', 'the scope timed out', path)
    cancelBodies(place, 'timeout')
    bodyFell(place, late)
  },
  bodyExited(place, _body, output, by) {
    const ended = by === undefined ? {} : { by }
    completeWith(place, { type: 'ScopeExited', step: place.path, output, ...ended }, output)
  },
  bodyFailed(place, body, failed) {
    place.turn.emit({ type: 'ScopeFailed', step: body.path, failure: failed })
    bodyFell(place, failed)
  },
}

function open(place: Place, attempt: number): void {
  const { turn, step, path } = place
  const input = step.input ? { input: evaluate(place, step.input) } : {}
  const timeout = step.times.timeout
    ? { dueAt: formatInstant(turn.atMs + evaluateTime(place, step.times.timeout)) }
    : {}
  turn.emit({ type: 'ScopeEntered', step: path, ...input, ...timeout, ...(attempt === 1 ? {} : { attempt }) })
  turn.agenda.push({ frame: frameAt(turn.state, path), step: typed(place, 'scope').definition.body.start })
}

/** The body is gone: run it anew (as a new visit, so that its paths are its own), or fail. */
function bodyFell(place: Place, failed: Parameters<typeof failStep>[1]): void {
  const { turn, step, path } = place
  guarded(place, () => {
    const visit = visitOf(place)
    const delay = retryDelay(place, step.retry, visit, failed)
    if (delay === null) return failStep(place, failed)
    if (delay === 0) return again(place, visit.attempt + 1)
    turn.emit({
      type: 'TimerCreated',
      step: path,
      dueAt: formatInstant(turn.atMs + delay),
      purpose: 'retry',
      attempt: visit.attempt + 1,
    })
  })
}

function again(place: Place, attempt: number): void {
  const { step, visit } = localStep(place.path)
  open({ ...place, path: stepPath(place.frame.path, step, visit + 1) }, attempt)
}
