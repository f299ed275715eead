// How control moves: into a step, out of it with a result or a failure, out of its scope, and down when a scope is given up.
// Every way ends in events or in an entry of the agenda; nothing recurses deeper than scopes are nested.
import type { Failure, Json } from '@durable-canvas/schema'
import { bodyPath, frameOf } from './containers.ts'
import { scopeProgram } from './evolve.ts'
import { errorValue, failure, failureOf, matches } from './failure.ts'
import { localStep, stepPath } from './path.ts'
import { evaluate, type Place, test } from './place.ts'
import type { StepProgram } from './program.ts'
import type { Frame } from './state.ts'
import { containerKindOf, stepKindOf } from './steps/index.ts'
import type { EventBody, Turn } from './turn.ts'

/** Goes through the agenda until the instance is quiescent. */
export function run(turn: Turn): void {
  for (let entry = turn.agenda.shift(); entry; entry = turn.agenda.shift())
    // A frame that was given up meanwhile has nothing to enter any more.
    if (turn.state.frames.get(entry.frame.path) === entry.frame) enter(turn, entry.frame, entry.step)
}

function enter(turn: Turn, frame: Frame, id: string): void {
  const step = programOf(turn, frame, id)
  const path = stepPath(frame.path, id, (frame.visits[id] ?? 0) + 1)
  enterAt({ turn, frame, step, path })
}

/** Enters the step at this place; also used to enter it again, at the same path, on rewind. */
export function enterAt(place: Place): void {
  const { turn, step } = place
  turn.instantSteps += 1
  if (turn.instantSteps > turn.program.limits.maxInstantSteps)
    return failInstance(
      turn,
      failure(
        'LimitExceeded',
        `${turn.program.limits.maxInstantSteps} steps without a wait or an activity: the workflow spins`,
        place.path,
      ),
      place.path,
    )
  guarded(place, () => {
    if (step.status) turn.emit({ type: 'CustomStatusSet', step: place.path, status: evaluate(place, step.status) })
    stepKindOf(step).enter(place)
  })
}

export function programOf(turn: Turn, frame: Frame, id: string): StepProgram {
  const step = scopeProgram(turn.program, frame).steps.get(id)
  if (!step) throw new Error(`the definition has no step ${id} in scope "${frame.scope}"`)
  return step
}

/** The place of an open visit, from its path. */
export function placeAt(turn: Turn, path: string): Place {
  const frame = frameOf(turn.state, path)
  return { turn, frame, step: programOf(turn, frame, localStep(path).step), path }
}

/** Runs a decision; a failure of what it evaluates is the step's. Nothing may be emitted after the throwing evaluation. */
export function guarded(place: Place, decision: () => void): void {
  try {
    decision()
  } catch (error) {
    const failed = failureOf(error, place.path)
    place.turn.emit({ type: 'StepFailed', step: place.path, failure: failed })
    failStep(place, failed)
  }
}

interface Decided {
  readonly output: Json
  /** `{ output }` if an expression gave it, for the event; else empty, since replay takes the result itself. */
  readonly recorded: { readonly output?: Json }
  readonly assigned: { readonly [name: string]: Json } | null
}

/** What a completed step gives and assigns. Throws StepFailure. */
function decideOutput(place: Place, result: Json): Decided {
  const { step } = place
  const output = step.output ? evaluate(place, step.output, { result }) : result
  const assigned = step.assign ? (evaluate(place, step.assign, { result }) as { readonly [name: string]: Json }) : null
  return { output, recorded: step.output ? { output } : {}, assigned }
}

type ClosingEvent = Extract<EventBody, { output?: Json }>

/**
 * Completes a step by this event. The event stands in any case, with what `also` adds: what was answered was answered,
 * and if the step's own output or assignment fails, that is the step's failure after it.
 */
export function completeWith(place: Place, event: ClosingEvent, result: Json, also: () => object = () => ({})): void {
  const { turn } = place
  guarded(place, () => {
    let decided: Decided
    let more: object = {}
    try {
      more = also()
      decided = decideOutput(place, result)
    } catch (error) {
      turn.emit({ ...event, ...more })
      throw error
    }
    turn.emit({ ...event, ...decided.recorded, ...more })
    proceed(place, decided)
  })
}

/** After the event that completed the step: its assignments, then what comes next. */
function proceed(place: Place, decided: Decided): void {
  const { turn, frame, step, path } = place
  if (decided.assigned) turn.emit({ type: 'VariablesAssigned', step: path, variables: decided.assigned })
  goOn(turn, frame, step.next, decided.output)
}

/** To the next step, or out of the scope with this output. */
export function goOn(turn: Turn, frame: Frame, next: string | null, output: Json): void {
  if (next === null) exitScope(turn, frame, output)
  else turn.agenda.push({ frame, step: next })
}

/** The scope ended well. `by` is the end step that ended it. */
export function exitScope(turn: Turn, frame: Frame, output: Json, by?: string): void {
  if (frame.parent === null) return completeInstance(turn, output, by)
  const container = containerOf(turn, frame)
  containerKindOf(container.step).bodyExited(container, frame, output, by)
}

function completeInstance(turn: Turn, output: Json, by: string | undefined): void {
  const wrong = turn.program.validateOutput?.(output) ?? null
  const step = by === undefined ? {} : { step: by }
  if (wrong === null) turn.emit({ type: 'ExecutionCompleted', ...step, output })
  else failInstance(turn, failure('InvalidOutput', wrong, by), by)
}

/** The container step that a branch, an item or a body belongs to. */
export function containerOf(turn: Turn, frame: Frame): Place {
  return placeAt(turn, frame.key === '' ? frame.path : frame.path.slice(0, -frame.key.length - 2))
}

/** After the event that says that the step failed for good: the first catch that takes it, or its scope fails. */
export function failStep(place: Place, failed: Failure): void {
  const { turn, frame, step, path } = place
  let thrown = failed
  try {
    for (const [index, catcher] of step.catches.entries()) {
      const local = { error: errorValue(thrown) }
      if (!matches(catcher.errors, thrown.type)) continue
      if (catcher.when && !test(place, catcher.when, local)) continue
      const assigned = catcher.assign
        ? (evaluate(place, catcher.assign, local) as { readonly [name: string]: Json })
        : null
      turn.emit({ type: 'ErrorCaught', step: path, failure: thrown, index, next: catcher.next })
      if (assigned) turn.emit({ type: 'VariablesAssigned', step: path, variables: assigned })
      turn.agenda.push({ frame, step: catcher.next })
      return
    }
  } catch (error) {
    // A catch whose own condition or assignment fails cannot take anything: that failure goes up instead.
    thrown = failureOf(error, path)
    turn.emit({ type: 'StepFailed', step: path, failure: thrown })
  }
  failScope(turn, frame, thrown)
}

function failScope(turn: Turn, frame: Frame, failed: Failure): void {
  if (frame.parent === null) return failInstance(turn, failed, failed.step)
  const container = containerOf(turn, frame)
  containerKindOf(container.step).bodyFailed(container, frame, failed)
}

export function failInstance(turn: Turn, failed: Failure, step: string | undefined): void {
  turn.agenda.length = 0
  turn.emit({ type: 'ExecutionFailed', ...(step === undefined ? {} : { step }), failure: failed })
}

/** Gives up the open bodies of a container: their timers first, then each body with all that is in it. */
export function cancelBodies(place: Place, reason: string): void {
  const { turn, path } = place
  const fan = place.frame.current?.fan
  if (!fan || fan.open.size === 0) return
  const timers = [...turn.state.tasks.values()].filter((task) => task.kind === 'timer')
  for (const key of [...fan.open]) {
    const body = bodyPath(path, key)
    for (const { id, path: step, frame } of timers)
      if (frame === body || frame.startsWith(`${body}/`)) turn.emit({ type: 'TimerCancelled', step, timer: id })
    turn.emit({ type: 'ScopeCancelled', step: body, reason })
  }
}
