// A diagram that shares with the one before what did not change, so that "the same object" is enough for who draws it to
// know that nothing has to be drawn again.
import type { Diagram } from './diagram.ts'
import type { Position } from './drawing.ts'

export function sharedDiagram(diagram: Diagram, before: Diagram): Diagram {
  const boxes = shared(diagram.boxes, before.boxes, ({ path }) => path)
  const edges = shared(diagram.edges, before.edges, ({ id }) => id)
  const notes = shared(diagram.notes, before.notes, ({ path }) => path)
  const groups = shared(diagram.groups, before.groups, ({ path }) => path)
  const isSame =
    boxes === before.boxes &&
    edges === before.edges &&
    notes === before.notes &&
    groups === before.groups &&
    diagram.direction === before.direction &&
    diagram.root === before.root
  return isSame ? before : { ...diagram, boxes, edges, notes, groups }
}

/** The list from before if all of it is the same; the old items wherever they are. */
function shared<T extends object>(items: readonly T[], before: readonly T[], nameOf: (item: T) => string) {
  let byName: Map<string, T> | undefined
  const kept = items.map((item, index) => {
    const name = nameOf(item)
    let old = before[index]
    if (old === undefined || nameOf(old) !== name) {
      byName ??= new Map(before.map((other) => [nameOf(other), other]))
      old = byName.get(name)
    }
    return old !== undefined && isSame(item, old) ? old : item
  })
  return sameList(kept, before)
}

/** The list from before, if the new one holds the same. */
export function sameList<T>(items: readonly T[], before: readonly T[]): readonly T[] {
  return items.length === before.length && items.every((item, index) => item === before[index]) ? before : items
}

function isSame<T extends object>(a: T, b: T): boolean {
  if (a === b) return true
  const keys = Object.keys(a) as (keyof T)[]
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        a[key] === b[key] ||
        (key === 'origin' && isSamePlace(a[key], b[key])) ||
        (key === 'holds' && isSameText(a[key], b[key])),
    )
  )
}

const isSamePlace = (a: unknown, b: unknown) =>
  (a as Position).x === (b as Position).x && (a as Position).y === (b as Position).y

/** A frame names the boxes in it anew each time; of a container, `holds` is the name of its scope. */
const isSameText = (a: unknown, b: unknown) =>
  Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((path, index) => path === b[index])
