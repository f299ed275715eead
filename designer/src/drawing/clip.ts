// What the clipboard carries: steps of one scope with the edges among them, notes and groups with them, as JSON that any tab of any definition
// can take in. Edges that led out of the selection are not part of it.
import type { Json } from '@durable-canvas/schema'
import { type ClipMarks, copyMarks, readClipMarks, withContents } from './clip-marks.ts'
import type { Drawing, Position, Positions } from './drawing.ts'
import { setInDefinition } from './edit.ts'
import { renameStepReferences } from './expression-references.ts'
import { fromEntries, isObject, type JsonObject } from './json.ts'
import { leadsOf, withTarget } from './ports.ts'
import { ScopeMeasure } from './scope-measure.ts'
import { idOf, isWithin, rootScope, scopeOf, scopePointer, stepPath } from './static-path.ts'
import { freeId, scopeAt, stepAt } from './tree.ts'

export const clipKind = 'durable-canvas/steps'

export interface Clip extends ClipMarks {
  readonly kind: typeof clipKind
  readonly scope: string
  readonly steps: JsonObject
  /** Where the steps stood, by the paths that they had. */
  readonly positions: Positions
  /** Places of what is inside of them. */
  readonly inner: Positions
}

export function copySteps(drawing: Drawing, selected: readonly string[]): Clip {
  const paths = withContents(drawing, selected)
  const scope = scopeOf(paths[0] ?? '')
  const own = paths.filter((path) => scopeOf(path) === scope && stepAt(drawing.definition, path) !== undefined)
  const ids = new Set(own.map(idOf))
  const steps = own.map((path) => [idOf(path), withoutLeads(stepAt(drawing.definition, path) ?? {}, ids)] as const)
  const places = Object.entries(drawing.layout.positions)
  const drawn = new ScopeMeasure(drawing).scope(scope).places
  const corners = own.flatMap((path): [string, Position][] => {
    const { x, y } = drawn.get(path) ?? {}
    return x === undefined || y === undefined ? [] : [[path, { x, y }]]
  })
  return {
    kind: clipKind,
    scope,
    steps: fromEntries(steps),
    positions: Object.fromEntries(corners),
    inner: Object.fromEntries(places.filter(([path]) => own.some((outer) => isWithin(path, outer)))),
    ...copyMarks(drawing, scope, paths),
  }
}

function withoutLeads(step: JsonObject, kept: ReadonlySet<string>): JsonObject {
  return leadsOf(step).reduce((left, { port, to }) => (kept.has(to) ? left : withTarget(left, port, undefined)), step)
}

export interface PlacedClip {
  readonly definition: JsonObject
  /** From the path that a step had to the one that it has now. */
  readonly paths: readonly (readonly [string, string])[]
}

/** The clip's steps in the scope, under ids that are free there. An empty scope starts with the first of them. */
export function placeClip(definition: JsonObject, clip: Clip, scope: string): PlacedClip {
  const body = scopeAt(definition, scope)
  const taken = new Set(isObject(body?.steps) ? Object.keys(body.steps) : [])
  const isEmpty = taken.size === 0
  const ids = new Map<string, string>()
  for (const id of Object.keys(clip.steps)) {
    const free = freeId(taken, id)
    taken.add(free)
    ids.set(id, free)
  }
  let changed = definition
  for (const [id, step] of Object.entries(clip.steps)) {
    if (!isObject(step)) continue
    const led = leadsOf(step).reduce((left, { port, to }) => withTarget(left, port, ids.get(to)), speakingOf(step, ids))
    changed = setInDefinition(changed, [...scopePointer(scope), 'steps', ids.get(id) ?? id], led)
  }
  const first = [...ids.values()][0]
  if (isEmpty && first !== undefined) changed = setInDefinition(changed, [...scopePointer(scope), 'start'], first)
  const paths = [...ids].map(([from, to]) => [stepPath(clip.scope, from), stepPath(scope, to)] as const)
  return { definition: changed, paths }
}

function speakingOf(step: JsonObject, ids: ReadonlyMap<string, string>): JsonObject {
  let renamed: Json = step
  for (const [from, to] of ids) if (from !== to) renamed = renameStepReferences(renamed, from, to)
  return isObject(renamed) ? renamed : step
}

/** The clip in a text from anywhere; also a bare step, or an object of steps, as people copy them out of code. */
export function parseClip(text: string): Clip | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(value)) return undefined
  if (value.kind === clipKind && isObject(value.steps)) {
    const places = (found: unknown) => (isObject(found) ? (found as unknown as Positions) : {})
    const scope = typeof value.scope === 'string' ? value.scope : rootScope
    return {
      kind: clipKind,
      scope,
      steps: value.steps,
      positions: places(value.positions),
      inner: places(value.inner),
      ...readClipMarks(value),
    }
  }
  const steps = typeof value.type === 'string' ? { [value.type]: value } : value
  const isSteps =
    Object.values(steps).length > 0 &&
    Object.values(steps).every((step) => isObject(step) && typeof step.type === 'string')
  return isSteps
    ? { kind: clipKind, scope: rootScope, steps: steps as JsonObject, positions: {}, inner: {} }
    : undefined
}
