// Changing where edges lead, on bare definitions: the bricks that operations are made of.
import type { Drawing, Positions } from './drawing.ts'
import { setInDefinition } from './edit.ts'
import { isArray, isObject, type JsonObject, setAt } from './json.ts'
import { relabelMarks } from './marks.ts'
import { relabelTests } from './mocks.ts'
import { leadsOf, mainTarget, type OpenPort, type Port, portIndex, portPointer, withTarget } from './ports.ts'
import { isStartPath, movedPath, scopeOf, scopePointer, stepPath, stepPointer } from './static-path.ts'
import { scopeAt, stepAt, stepsIn } from './tree.ts'

/** What a box that leads out is in the document: a step, or the scope whose start marker it is. */
function sourcePointer(from: string) {
  return isStartPath(from) ? scopePointer(scopeOf(from)) : stepPointer(from)
}

export function pointTo(definition: JsonObject, from: string, port: Port, to: string | undefined): JsonObject {
  const source = isStartPath(from) ? scopeAt(definition, scopeOf(from)) : stepAt(definition, from)
  if (source === undefined) return definition
  // A scope always has a start, though it may name nothing yet.
  const target = port === 'start' ? (to ?? '') : to
  return setInDefinition(definition, [...sourcePointer(from), ...portPointer(port)], target)
}

/** Takes the edge away. A catch goes with its edge; a choice keeps its condition and waits for another target. */
export function detach(definition: JsonObject, from: string, port: Port): JsonObject {
  if (!port.startsWith('catch/')) return pointTo(definition, from, port, undefined)
  const step = stepAt(definition, from)
  if (step === undefined || !isArray(step.catch)) return definition
  const index = portIndex(port)
  const rest = step.catch.filter((_, at) => at !== index)
  return setInDefinition(definition, [...stepPointer(from), 'catch'], rest.length > 0 ? rest : undefined)
}

/** A choice or catch that is made by dragging an edge out of the step. */
export function attach(definition: JsonObject, from: string, port: OpenPort, to: string): JsonObject {
  if (port !== 'choice/new' && port !== 'catch/new') return pointTo(definition, from, port, to)
  const step = stepAt(definition, from)
  if (step === undefined) return definition
  const key = port === 'choice/new' ? 'choices' : 'catch'
  const made: JsonObject = port === 'choice/new' ? { when: '{%  %}', next: to } : { errors: ['*'], next: to }
  const items = isArray(step[key]) ? step[key] : []
  return setInDefinition(definition, [...stepPointer(from), key], [...items, made])
}

/** Every edge of the scope that leads to the id, led elsewhere; undefined takes the target away. */
export function retarget(definition: JsonObject, scope: string, id: string, to: string | undefined): JsonObject {
  let changed = definition
  const body = scopeAt(changed, scope)
  if (body?.start === id) changed = setInDefinition(changed, [...scopePointer(scope), 'start'], to ?? '')
  for (const { path, step } of stepsIn(changed, scope)) {
    let led = step
    for (const lead of leadsOf(step)) if (lead.to === id) led = withTarget(led, lead.port, to)
    changed = setInDefinition(changed, stepPointer(path), led)
  }
  return changed
}

/** Where a chain goes on after these steps of the scope are gone. */
export function healedTarget(
  definition: JsonObject,
  scope: string,
  id: string,
  gone: ReadonlySet<string>,
): string | undefined {
  const seen = new Set<string>()
  let at: string | undefined = id
  while (at !== undefined && gone.has(at) && !seen.has(at)) {
    seen.add(at)
    const step = stepAt(definition, stepPath(scope, at))
    at = step === undefined ? undefined : mainTarget(step)
  }
  return at !== undefined && gone.has(at) ? undefined : at
}

/** Takes steps of one scope out and closes the chain behind them. */
export function takeOut(definition: JsonObject, scope: string, ids: readonly string[]): JsonObject {
  const gone = new Set(ids)
  let changed = definition
  for (const id of ids) changed = retarget(changed, scope, id, healedTarget(definition, scope, id, gone))
  const steps = scopeAt(changed, scope)?.steps
  if (!isObject(steps)) return changed
  for (const id of ids) changed = setInDefinition(changed, [...scopePointer(scope), 'steps', id], undefined)
  return changed
}

/** Everything in the layout that speaks of a path, under its new path; undefined drops it. */
export function relabelLayout(drawing: Drawing, rename: (path: string) => string | undefined): Drawing {
  const { layout } = drawing
  const relabel = <T>(record: { readonly [path: string]: T }): { [path: string]: T } =>
    Object.fromEntries(
      Object.entries(record).flatMap(([path, value]) => {
        const renamed = rename(path)
        return renamed === undefined ? [] : [[renamed, value]]
      }),
    )
  const paths = (list: readonly string[]) => list.flatMap((path) => rename(path) ?? [])
  return {
    ...drawing,
    layout: {
      ...layout,
      positions: relabel(layout.positions),
      ...(layout.collapsed && { collapsed: paths(layout.collapsed) }),
      ...(layout.mocks && { mocks: relabel(layout.mocks) }),
      ...(layout.tests && { tests: relabelTests(layout.tests, rename) }),
      ...relabelMarks(layout, rename),
    },
  }
}

export function moveInLayout(drawing: Drawing, from: string, to: string): Drawing {
  return relabelLayout(drawing, (path) => movedPath(path, from, to) ?? path)
}

export function forgetInLayout(drawing: Drawing, gone: readonly string[]): Drawing {
  return relabelLayout(drawing, (path) =>
    gone.some((lost) => movedPath(path, lost, lost) !== undefined) ? undefined : path,
  )
}

/** A scope is pinned as soon as one of its boxes has a place. */
export function isPinned(positions: Positions, scope: string): boolean {
  return Object.keys(positions).some((path) => scopeOf(path) === scope)
}

export function replaceStep(
  definition: JsonObject,
  path: string,
  change: (step: JsonObject) => JsonObject,
): JsonObject {
  const step = stepAt(definition, path)
  if (step === undefined) return definition
  return setInDefinition(definition, stepPointer(path), change(step))
}

export function setInStep(step: JsonObject, key: string, value: JsonObject[string] | undefined): JsonObject {
  const changed = setAt(step, [key], value)
  return isObject(changed) ? changed : step
}
