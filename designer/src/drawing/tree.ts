// Reading a definition that may be half finished: what does not look like a step or a scope is passed over, and stays
// in the document untouched.
import { getAt, isObject, type JsonObject } from './json.ts'
import { leadsOf, type Port, portTarget } from './ports.ts'
import { branchScope, rootScope, scopeOf, scopePointer, startPath, stepPath, stepPointer } from './static-path.ts'
import { shapeOf } from './step-shapes.ts'

export interface Placed {
  readonly path: string
  readonly id: string
  readonly scope: string
  readonly step: JsonObject
}

export interface ScopeOf {
  readonly scope: string
  readonly branch?: string
  readonly body: JsonObject
}

export interface Incoming {
  /** A step's path, or the start marker of the scope. */
  readonly from: string
  readonly port: Port
}

export function scopeAt(definition: JsonObject, scope: string): JsonObject | undefined {
  const found = getAt(definition, scopePointer(scope))
  return isObject(found) ? found : undefined
}

export function stepAt(definition: JsonObject, path: string): JsonObject | undefined {
  const found = getAt(definition, stepPointer(path))
  return isObject(found) ? found : undefined
}

/** A document that did not change in here has the same steps, so they need not be read again. */
const stepsOf = new WeakMap<JsonObject, { readonly scope: string; readonly placed: readonly Placed[] }>()

export function stepsIn(definition: JsonObject, scope: string): readonly Placed[] {
  const steps = scopeAt(definition, scope)?.steps
  if (!isObject(steps)) return []
  const known = stepsOf.get(steps)
  if (known?.scope === scope) return known.placed
  const placed = Object.entries(steps).flatMap(([id, step]) =>
    isObject(step) ? [{ path: stepPath(scope, id), id, scope, step }] : [],
  )
  stepsOf.set(steps, { scope, placed })
  return placed
}

export function scopesIn(path: string, step: JsonObject): ScopeOf[] {
  const shape = shapeOf(step.type)
  const scopes: ScopeOf[] = []
  if ((shape === undefined || shape.scopes === 'branches') && isObject(step.branches)) {
    for (const [branch, body] of Object.entries(step.branches)) {
      if (isObject(body)) scopes.push({ scope: branchScope(path, branch), branch, body })
    }
  }
  if ((shape === undefined || shape.scopes === 'body') && isObject(step.body)) {
    scopes.push({ scope: path, body: step.body })
  }
  return scopes
}

/** Every step below the scope, outer ones first. */
export function allSteps(definition: JsonObject, scope: string = rootScope): Placed[] {
  return stepsIn(definition, scope).flatMap((placed) => [
    placed,
    ...scopesIn(placed.path, placed.step).flatMap((inner) => allSteps(definition, inner.scope)),
  ])
}

export function incomingOf(definition: JsonObject, path: string): Incoming[] {
  const scope = scopeOf(path)
  const starts = scopeAt(definition, scope)
  const incoming: Incoming[] = []
  const target = stepsIn(definition, scope).find((placed) => placed.path === path)?.id
  if (target === undefined) return []
  if (portTarget(starts, 'start') === target) incoming.push({ from: startPath(scope), port: 'start' })
  for (const { path: from, step } of stepsIn(definition, scope)) {
    for (const { port, to } of leadsOf(step)) if (to === target) incoming.push({ from, port })
  }
  return incoming
}

/** A step id that the scope does not have yet: `charge`, `charge-2`, `charge-3` … */
export function freeId(taken: ReadonlySet<string>, wanted: string): string {
  const clean =
    wanted
      .replace(/[^A-Za-z0-9_-]/g, '-')
      .replace(/^[^A-Za-z_]+/, '')
      .slice(0, 56) || 'step'
  if (!taken.has(clean)) return clean
  const base = clean.replace(/-\d+$/, '')
  let number = 2
  while (taken.has(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}
