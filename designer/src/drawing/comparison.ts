// Two definitions in one picture: the later one with its layout, and what it no longer has put back where it stood.
import type { Change } from '@durable-canvas/schema'
import type { Drawing } from './drawing.ts'
import { setInDefinition } from './edit.ts'
import { isObject } from './json.ts'
import { compareEdges } from './lost-edges.ts'
import { idOf, isWithin, scopeOf, scopePointer, stepPointer } from './static-path.ts'
import { scopeAt, stepAt } from './tree.ts'
import { changesBetween, type Difference, differencesOf } from './version-differences.ts'

export interface Comparison {
  /** To look at, not to edit: it holds steps of both. */
  readonly drawing: Drawing
  readonly changes: readonly Change[]
  readonly differences: ReadonlyMap<string, Difference>
  /** Of edges, by their ids in the picture. */
  readonly edgeDifferences: ReadonlyMap<string, Difference>
}

export function comparisonOf(before: Drawing, after: Drawing): Comparison {
  const changes = changesBetween(before.definition, after.definition)
  const differences = differencesOf(changes)
  const removed = [...differences].flatMap(([path, difference]) => (difference === 'removed' ? [path] : []))
  const union = removed.reduce((whole, path) => withRemoved(whole, before, path), after)
  const edges = compareEdges(before.definition, union.definition, removed)
  const drawing = edges.lost.length === 0 ? union : { ...union, lost: edges.lost }
  return { drawing, changes, differences, edgeDifferences: edges.differences }
}

function withRemoved(union: Drawing, before: Drawing, path: string): Drawing {
  const step = stepAt(before.definition, path)
  if (step === undefined) return union
  const scope = scopeOf(path)
  const steps = scopeAt(union.definition, scope)?.steps
  const definition = isObject(steps)
    ? setInDefinition(union.definition, stepPointer(path), step)
    : setInDefinition(union.definition, [...scopePointer(scope), 'steps'], { [idOf(path)]: step })
  return { definition, layout: { ...union.layout, positions: withPlaces(union, before, path) } }
}

/** Its old place, if boxes of its scope still have places of their own; else it is laid out with the others. */
function withPlaces({ layout: { positions } }: Drawing, before: Drawing, path: string): Drawing['layout']['positions'] {
  const isPinned = Object.keys(positions).some((other) => scopeOf(other) === scopeOf(path))
  const old = Object.entries(before.layout.positions).filter(
    ([other]) => (other === path && isPinned) || isWithin(other, path),
  )
  return old.length === 0 ? positions : { ...Object.fromEntries(old), ...positions }
}
