// One activity step by itself: what its expressions make of given data, without a run around it.
import {
  compileCondition,
  compileTemplate,
  ExpressionError,
  expressionSource,
  isExpression,
  type Json,
} from '@durable-canvas/schema'
import { isArray, isObject, type JsonObject, textAt } from '../../drawing/json.ts'
import type { Sample } from '../../drawing/names-in-reach.ts'

/** Absent: the step has no such field. */
export type Evaluated = { readonly value: Json } | { readonly fault: string } | undefined

type Data = Pick<Sample, 'input' | 'bindings'>

const host = { millis: 0, random: () => 0.5 }

export function evaluateField(value: Json | undefined, { input, bindings }: Data, local: JsonObject = {}): Evaluated {
  if (value === undefined) return undefined
  try {
    return { value: compileTemplate(value).evaluate(input, { ...bindings, ...local }, host) ?? null }
  } catch (error) {
    return { fault: faultWords(error) }
  }
}

export interface StepOutcome {
  /** What the step gives: its output, else the result as it is. */
  readonly output: Exclude<Evaluated, undefined>
  readonly assigned: Evaluated
}

export function outcomeOf(step: JsonObject, sample: Data, result: Json): StepOutcome {
  return {
    output: evaluateField(step.output, sample, { result }) ?? { value: result },
    assigned: evaluateField(step.assign, sample, { result }),
  }
}

export interface StepFailure {
  readonly type: string
  readonly message: string
  readonly details?: Json
}

export type Caught =
  | { readonly next: string; readonly assigned: Evaluated }
  | { readonly fault: string }
  /** No catch takes it. */
  | undefined

/** The first catch that takes the failure, as the engine would look for it after the last attempt. */
export function caughtBy(step: JsonObject, sample: Data, failure: StepFailure): Caught {
  const local = { error: { ...failure, details: failure.details ?? null, step: '', attempt: 1 } }
  for (const catcher of isArray(step.catch) ? step.catch.filter(isObject) : []) {
    const errors = isArray(catcher.errors) ? catcher.errors : []
    if (!errors.includes('*') && !errors.includes(failure.type)) continue
    const holds = conditionHolds(catcher.when, sample, local)
    if (typeof holds !== 'boolean') return holds
    if (holds) return { next: textAt(catcher, 'next') ?? '', assigned: evaluateField(catcher.assign, sample, local) }
  }
  return undefined
}

function conditionHolds(
  when: Json | undefined,
  { input, bindings }: Data,
  local: JsonObject,
): boolean | { fault: string } {
  if (when === undefined || typeof when === 'boolean') return when ?? true
  try {
    const source = isExpression(when) ? expressionSource(when) : String(when)
    return compileCondition(source).test(input, { ...bindings, ...local }, host)
  } catch (error) {
    return { fault: faultWords(error) }
  }
}

function faultWords(error: unknown): string {
  if (!(error instanceof ExpressionError)) throw error
  return error.message
}
