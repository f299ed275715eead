// The expressions of a definition, with where they stand: what is known at a place depends on its step and on its field.
import { isExpression, type Json } from '@durable-canvas/schema'
import { isArray, isObject, type JsonObject, type JsonPath } from '../json.ts'
import { allSteps, type Placed } from '../tree.ts'

export interface ExpressionPlace {
  /** The step that holds it. */
  readonly step: Placed
  /** Inside of the step. */
  readonly at: JsonPath
  readonly text: string
}

/** Fields that hold no values, whatever stands in them. */
const others = new Set(['type', 'title', 'note', 'schema', 'body', 'branches', 'next', 'otherwise', 'onTimeout'])

export function expressionPlaces(definition: JsonObject): ExpressionPlace[] {
  return allSteps(definition).flatMap((step) =>
    Object.entries(step.step).flatMap(([field, value]) =>
      others.has(field) ? [] : textsIn(value, [field]).map(({ at, text }) => ({ step, at, text })),
    ),
  )
}

function textsIn(value: Json, at: JsonPath): { readonly at: JsonPath; readonly text: string }[] {
  if (isExpression(value)) return [{ at, text: value }]
  if (isArray(value)) return value.flatMap((item, index) => textsIn(item, [...at, index]))
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...at, key]))
  return []
}

/** `$error` of the failure that is being caught, and no other one. */
export const isCatchField = ({ at }: ExpressionPlace): boolean => at[0] === 'catch'

/** A forEach evaluates its input for each item, as its body sees it. */
export const isItemField = ({ at, step }: ExpressionPlace): boolean => at[0] === 'input' && step.step.type === 'forEach'
