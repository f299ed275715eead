import type { Json, PendingCompensation } from '@durable-canvas/schema'
import { frameOf, openContainer } from '../containers.ts'
import { failure } from '../failure.ts'
import { completeWith, guarded } from '../flow.ts'
import { staticPath, stepPath } from '../path.ts'
import type { Place } from '../place.ts'
import type { StepProgram } from '../program.ts'
import type { Task } from '../state.ts'
import { attemptFailed, retryFired, schedule } from './activity.ts'
import type { StepKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const compensate: StepKind = {
  enter(place) {
    const compensations = pending(place)
    place.turn.emit({ type: 'ScopeEntered', step: place.path, compensations })
    undoNext(place)
  },
  due(place, task) {
    const owner = compensatedStep(place)
    if (task.kind === 'retry') retryFired(place, task, owner)
    else attemptFailed(place, task, failure('Timeout', 'the attempt timed out', place.path), undefined, owner)
  },
}

/** What is to be undone, last completed first. */
function pending(place: Place): readonly PendingCompensation[] {
  const { scope } = typed(place, 'compensate').definition
  const all = place.turn.state.compensations.toReversed()
  if (scope === undefined) return all
  const prefix = scopePrefix(place, scope)
  return all.filter(({ step }) => isInside(step, prefix))
}

/** The nearest scope outward that has the named step. */
function scopePrefix(place: Place, scope: string): string {
  let { frame } = place
  let program = place.step.scope
  while (!program.steps.has(scope) && program.parent) {
    frame = frameOf(place.turn.state, frame.path)
    program = program.parent
  }
  return stepPath(frame.path, scope, 1)
}

/** Within any visit of the step at the prefix. */
const isInside = (path: string, prefix: string): boolean =>
  path.startsWith(prefix) && /^(#\d+)?\//.test(path.slice(prefix.length))

function undoNext(place: Place): void {
  const { turn, path } = place
  const { fan } = openContainer(turn.state, path)
  const next = fan.compensations[fan.completed]
  if (next)
    return schedule(
      place,
      { activity: next.activity, input: next.input, compensates: next.step },
      1,
      compensatedStep(place),
    )
  completeWith(place, { type: 'ScopeExited', step: path, output: null }, null)
}

/** The activity step whose compensation is next or under way: its retry policy and limits count. */
export function compensatedStep(place: Place): StepProgram {
  const { fan } = openContainer(place.turn.state, place.path)
  const compensated = fan.compensations[fan.completed]
  const step = compensated && place.turn.program.steps.get(staticPath(compensated.step))
  if (!step) throw new Error(`history does not fit the definition: ${place.path} undoes a step that it does not have`)
  return step
}

export function compensationCompleted(place: Place, task: Task, result: Json, startedAt: string | undefined): void {
  place.turn.emit({
    type: 'TaskCompleted',
    step: place.path,
    task: task.id,
    result,
    ...(startedAt === undefined ? {} : { startedAt }),
  })
  guarded(place, () => undoNext(place))
}
