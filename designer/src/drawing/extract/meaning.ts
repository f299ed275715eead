// What a name means at a place of a definition, as the core resolves it: the nearest scope outward counts.
import { functionCatalogue } from '@durable-canvas/schema'
import { isArray, isObject, type JsonObject, textAt } from '../json.ts'
import { enclosingScopes, ownerOf } from '../static-path.ts'
import { allSteps, type Placed, stepAt, stepsIn } from '../tree.ts'
import { type ExpressionPlace, isItemField } from './expression-places.ts'
import type { Read } from './expression-reads.ts'

export type Meaning =
  /** What the instance was started with. */
  | { readonly type: 'input' }
  /** The input of the scope that the owner opens. */
  | { readonly type: 'scopeInput'; readonly owner: string }
  | { readonly type: 'steps' }
  | { readonly type: 'variable' }
  | { readonly type: 'item'; readonly owner: string }
  | { readonly type: 'error' }
  | { readonly type: 'context' }
  /** Known right here only (`$result`, the error of a catch), or nothing that could be lost. */
  | { readonly type: 'local' }

const functions = new Set(functionCatalogue.map(({ name }) => name))

export function meaningOf(
  definition: JsonObject,
  place: ExpressionPlace,
  { name, isInput }: Read,
  variables: ReadonlySet<string>,
): Meaning {
  const scopes = scopesAround(place)
  if (isInput) return inputOf(definition, scopes)
  switch (name) {
    case 'input':
      return { type: 'input' }
    case 'steps':
      return { type: 'steps' }
    case 'context':
      return { type: 'context' }
    case 'result':
      return { type: 'local' }
    case 'error':
      return { type: place.at[0] === 'catch' ? 'local' : 'error' }
    default: {
      const owner = itemOwner(definition, scopes, name)
      if (owner !== undefined) return { type: 'item', owner }
      if (name === 'index' || !variables.has(name)) return { type: 'local' }
      return functions.has(name) && !variables.has(name) ? { type: 'local' } : { type: 'variable' }
    }
  }
}

/** From the innermost to the document. */
function scopesAround(place: ExpressionPlace): string[] {
  const { path } = place.step
  const around = enclosingScopes(path)
  return (isItemField(place) ? [...around, path] : around).reverse()
}

function inputOf(definition: JsonObject, scopes: readonly string[]): Meaning {
  for (const scope of scopes) {
    const owner = ownerOf(scope)
    const holder = owner === undefined ? undefined : stepAt(definition, owner)
    if (owner === undefined || holder === undefined) continue
    if (holder.type === 'forEach' || holder.input !== undefined) return { type: 'scopeInput', owner }
  }
  return { type: 'input' }
}

function itemOwner(definition: JsonObject, scopes: readonly string[], name: string): string | undefined {
  for (const scope of scopes) {
    const owner = ownerOf(scope)
    const holder = owner === undefined ? undefined : stepAt(definition, owner)
    if (owner === undefined || holder?.type !== 'forEach') continue
    if (name === 'index' || name === (textAt(holder, 'item') ?? 'item')) return owner
  }
  return undefined
}

/** The scopes around the place that have a step of that id, the nearest first. */
export function scopesWith(definition: JsonObject, place: ExpressionPlace, id: string): string[] {
  return scopesAround(place).filter((scope) => stepsIn(definition, scope).some((step) => step.id === id))
}

/** Which variables the step itself sets. */
export function assignedBy(step: JsonObject): string[] {
  const caught = isArray(step.catch) ? step.catch.map((one) => (isObject(one) ? one.assign : undefined)) : []
  const own = [step.assign, step.type === 'assign' ? step.variables : undefined, ...caught]
  return own.flatMap((names) => (isObject(names) ? Object.keys(names) : []))
}

export const declaredVariables = (definition: JsonObject): ReadonlySet<string> =>
  new Set(isObject(definition.variables) ? Object.keys(definition.variables) : [])

export function allVariables(definition: JsonObject): ReadonlySet<string> {
  const assigned = allSteps(definition).flatMap(({ step }: Placed) => assignedBy(step))
  return new Set([...declaredVariables(definition), ...assigned])
}

/** The steps around a scope, the nearest first. */
export function ownersOf(definition: JsonObject, scope: string): Placed[] {
  const owner = ownerOf(scope)
  if (owner === undefined) return []
  const placed = allSteps(definition).find(({ path }) => path === owner)
  return placed === undefined ? [] : [placed, ...ownersOf(definition, placed.scope)]
}
