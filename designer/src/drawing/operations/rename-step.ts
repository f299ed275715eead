import type { Drawing } from '../drawing.ts'
import { type Edit, edit, setInDefinition } from '../edit.ts'
import { renameStepReferences } from '../expression-references.ts'
import { isObject, type JsonObject, renameKey } from '../json.ts'
import { moveInLayout, retarget } from '../retarget.ts'
import { idOf, rootScope, scopeOf, scopePointer, stepPath, stepPointer } from '../static-path.ts'
import { allSteps, scopeAt, scopesIn, stepAt, stepsIn } from '../tree.ts'

const validId = /^[A-Za-z_][A-Za-z0-9_-]{0,62}$/

/** Why the step cannot be called that, or undefined. */
export function renameProblem(definition: JsonObject, path: string, id: string): string | undefined {
  if (!validId.test(id)) return 'An id starts with a letter and holds letters, digits, - and _ only.'
  if (id !== idOf(path) && stepAt(definition, stepPath(scopeOf(path), id)) !== undefined) {
    return `There is a step “${id}” in this scope already.`
  }
  return undefined
}

/** A new id, in every edge, expression and compensation that speaks of the old one. */
export function renameStep(drawing: Drawing, path: string, id: string): Edit {
  const { definition } = drawing
  const scope = scopeOf(path)
  const from = idOf(path)
  const label = `Rename ${from} to ${id}`
  const steps = scopeAt(definition, scope)?.steps
  if (from === id || !isObject(steps) || renameProblem(definition, path, id) !== undefined || !(from in steps)) {
    return edit(drawing, drawing, label)
  }
  let changed = retarget(definition, scope, from, id)
  changed = renameInScope(changed, scope, from, id)
  if (scope === rootScope) changed = setInDefinition(changed, ['variables'], renamed(changed.variables, from, id))
  changed = renameCompensations(changed, from, id)
  const renamedSteps = scopeAt(changed, scope)?.steps
  changed = setInDefinition(
    changed,
    [...scopePointer(scope), 'steps'],
    isObject(renamedSteps) ? renameKey(renamedSteps, from, id) : renamedSteps,
  )
  const to = stepPath(scope, id)
  return edit(drawing, moveInLayout({ ...drawing, definition: changed }, path, to), label, [to])
}

const renamed = (value: JsonObject[string] | undefined, from: string, to: string) =>
  value === undefined ? undefined : renameStepReferences(value, from, to)

/** A scope inside that has a step of the same id speaks of its own one. */
function renameInScope(definition: JsonObject, scope: string, from: string, to: string): JsonObject {
  let changed = definition
  for (const { path, step } of stepsIn(definition, scope)) {
    const scopes = scopesIn(path, step)
    const held = new Set(scopes.length === 0 ? [] : ['body', 'branches'])
    for (const [key, value] of Object.entries(step)) {
      if (!held.has(key)) {
        changed = setInDefinition(changed, [...stepPointer(path), key], renameStepReferences(value, from, to))
      }
    }
    for (const inner of scopes) {
      const shadowed = stepsIn(definition, inner.scope).some(({ id }) => id === from)
      if (!shadowed) changed = renameInScope(changed, inner.scope, from, to)
    }
  }
  return changed
}

/** `compensate` names a scope step by its id, wherever it stands. */
function renameCompensations(definition: JsonObject, from: string, to: string): JsonObject {
  const same = allSteps(definition).filter(({ id }) => id === from)
  if (same.length !== 1) return definition
  return allSteps(definition)
    .filter(({ step }) => step.type === 'compensate' && step.scope === from)
    .reduce((changed, { path }) => setInDefinition(changed, [...stepPointer(path), 'scope'], to), definition)
}
