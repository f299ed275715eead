// Where a decision is made: a step of a frame, by its path, in a turn; and what its expressions can see from there.
import type { Json } from '@durable-canvas/schema'
import { ExpressionError, formatInstant, parseDuration, parseInstant } from '@durable-canvas/schema'
import { problemOf, StepFailure } from './failure.ts'
import type { ScopeProgram, StepProgram, Test, Time, Value } from './program.ts'
import type { Frame, State, Visit } from './state.ts'
import type { Turn } from './turn.ts'

export interface Place {
  readonly turn: Turn
  readonly frame: Frame
  readonly step: StepProgram
  readonly path: string
}

/** Names that only some expressions see. */
export interface Local {
  readonly result?: Json
  readonly error?: Json
}

const none: Local = {}

/** Throws StepFailure (ExpressionError) where the expression fails. */
export function evaluate(place: Place, value: Value, local: Local = none): Json {
  if (value.constant) return value.constant.value
  try {
    return value.evaluate(place.frame.input, bindingsFor(place, value, local), place.turn.hostFor(place.path))
  } catch (error) {
    throw expressionFailure(error)
  }
}

/** A value of the step's own type, by its field; null where the document has none. */
export function evaluateField(place: Place, field: string, local: Local = none): Json {
  const value = place.step.values[field]
  return value ? evaluate(place, value, local) : null
}

export function test(place: Place, condition: Test, local: Local = none): boolean {
  try {
    return condition.test(place.frame.input, bindingsFor(place, condition, local), place.turn.hostFor(place.path))
  } catch (error) {
    throw expressionFailure(error)
  }
}

/** Milliseconds. */
export function evaluateTime(place: Place, time: Time, local: Local = none): number {
  if ('ms' in time) return time.ms
  const value = evaluate(place, time.value, local)
  const ms = typeof value === 'string' ? parseDuration(value) : undefined
  if (ms === undefined) throw new StepFailure('ExpressionError', `${JSON.stringify(value)} is no ISO 8601 duration`)
  return ms
}

/** Milliseconds since 1970. */
export function evaluateInstant(place: Place, value: Value): number {
  const text = evaluate(place, value)
  const ms = typeof text === 'string' ? parseInstant(text) : undefined
  if (ms === undefined) throw new StepFailure('ExpressionError', `${JSON.stringify(text)} is no ISO 8601 instant`)
  // An offset can lead over the edge of four-digit years, to an instant that nobody could read back.
  if (parseInstant(formatInstant(ms)) === undefined)
    throw new StepFailure('ExpressionError', `${JSON.stringify(text)} lies outside of the years 0000 to 9999`)
  return ms
}

export const visitOf = (place: Place): Visit => {
  const visit = place.frame.current
  if (!visit || visit.path !== place.path) throw new Error(`${place.path} is not open`)
  return visit
}

function expressionFailure(error: unknown): unknown {
  return error instanceof ExpressionError ? new StepFailure('ExpressionError', error.message, problemOf(error)) : error
}

function bindingsFor(place: Place, reader: { names: readonly string[]; steps: readonly string[] }, local: Local) {
  const bindings: Record<string, Json> = {}
  const { state } = place.turn
  for (const name of reader.names) {
    const value = bound(name, place, local, reader.steps, state)
    if (value !== undefined) bindings[name] = value
  }
  return bindings
}

function bound(name: string, place: Place, local: Local, steps: readonly string[], state: State): Json | undefined {
  switch (name) {
    case 'input':
      return state.input
    case 'result':
      return local.result
    case 'error':
      return local.error ?? errorInReach(place)
    case 'steps':
      return stepsInReach(place, steps)
    case 'context':
      return contextOf(state)
    case 'index':
      return itemFrame(place)?.index
    default:
      return itemInReach(name, place) ?? ownVariable(state, name)
  }
}

const ownVariable = (state: State, name: string): Json | undefined =>
  Object.hasOwn(state.variables, name) ? state.variables[name] : undefined

const contextOf = (state: State): Json => ({
  instanceId: state.instanceId,
  executionId: state.executionId,
  name: state.definition,
  version: state.version,
  startedAt: state.createdAt,
  parentInstanceId: state.parent?.instanceId ?? null,
  isReplaying: false,
})

function* framesOutward(place: Place): Generator<Frame> {
  const { frames } = place.turn.state
  for (
    let frame: Frame | undefined = place.frame;
    frame;
    frame = frame.parent === null ? undefined : frames.get(frame.parent)
  )
    yield frame
}

function errorInReach(place: Place): Json | undefined {
  for (const frame of framesOutward(place)) if (frame.error !== null) return frame.error
  return undefined
}

function itemFrame(place: Place): Frame | undefined {
  for (const frame of framesOutward(place)) if (frame.index >= 0) return frame
  return undefined
}

function itemInReach(name: string, place: Place): Json | undefined {
  let scope: ScopeProgram | null = place.step.scope
  for (const frame of framesOutward(place)) {
    if (scope?.itemName === name && frame.index >= 0) return frame.item
    scope = scope?.parent ?? null
  }
  return undefined
}

/** `$steps.ID.output` of the latest completed visits, the nearest scope first. */
function stepsInReach(place: Place, ids: readonly string[]): Json {
  const steps: Record<string, Json> = {}
  for (const id of ids)
    for (const frame of framesOutward(place))
      if (Object.hasOwn(frame.outputs, id)) {
        steps[id] = { output: frame.outputs[id] ?? null }
        break
      }
  return steps
}
