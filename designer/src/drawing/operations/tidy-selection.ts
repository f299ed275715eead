import type { Drawing, Positions } from '../drawing.ts'
import type { Rect } from '../edge-route.ts'
import { type Edit, edit, withLayout } from '../edit.ts'
import { boundsOf, clearWay } from '../mark-places.ts'
import { ScopeMeasure } from '../scope-measure.ts'
import { isWithin, scopeOf } from '../static-path.ts'

/** How near the block comes to what it was not laid out with. */
const gap = 24

/**
 * Lays out these boxes alone, those of the scope of the last one, with what is inside of them. The others of the scope
 * stay; the block goes where it was, or as far beside as it takes to lie on none of them.
 */
export function tidySelection(drawing: Drawing, paths: readonly string[]): Edit {
  const label = 'Tidy the selection'
  const scope = scopeOf(paths.at(-1) ?? '')
  const before = new ScopeMeasure(drawing).scope(scope)
  const chosen = new Set(paths.filter((path) => before.places.has(path)))
  const { positions } = drawing.layout
  const inside = (path: string) => [...chosen].some((outer) => isWithin(path, outer))
  const kept = Object.fromEntries(Object.entries(positions).filter(([path]) => !inside(path)))
  const opened =
    Object.keys(kept).length === Object.keys(positions).length ? drawing : withLayout(drawing, { positions: kept })
  if (chosen.size < 2 && opened === drawing) return edit(drawing, drawing, label)
  const measure = new ScopeMeasure(opened)
  const sizes = [...measure.scope(scope).places].flatMap(([path, { width, height }]) =>
    chosen.has(path) ? [[path, { width, height }] as const] : [],
  )
  const block = [...measure.arranged(scope, new Map(sizes))]
  const at = placeOfBlock(
    boundsOf([...before.places].flatMap(([path, rect]) => (chosen.has(path) ? [rect] : []))),
    boundsOf(block.map(([, rect]) => rect)),
    measure.direction === 'LR',
  )
  const there = block.map(([, rect]) => ({ ...rect, x: rect.x + at.x, y: rect.y + at.y }))
  const others = [...before.places].filter(([path]) => !chosen.has(path))
  const free = before.notes.filter(({ note }) => note.beside === undefined || !chosen.has(note.beside.step))
  const way = clearWay(there, [...others.map(([, rect]) => rect), ...free.map(({ rect }) => rect)], gap)
  const corner = ([path, { x, y }]: readonly [string, Rect]) => [path, { x, y }] as const
  const laid: Positions = {
    ...kept,
    ...Object.fromEntries(others.map(corner)),
    ...Object.fromEntries(block.map(([path, { x, y }]) => [path, { x: x + at.x + way.x, y: y + at.y + way.y }])),
  }
  return edit(drawing, withLayout(drawing, { positions: isSame(positions, laid) ? positions : laid }), label)
}

/** The flow begins where it began; across it, its middle stays. */
function placeOfBlock(old: Rect | undefined, block: Rect | undefined, turned: boolean) {
  if (old === undefined || block === undefined) return { x: 0, y: 0 }
  const x = turned ? old.x : old.x + (old.width - block.width) / 2
  const y = turned ? old.y + (old.height - block.height) / 2 : old.y
  return { x: Math.round(x - block.x), y: Math.round(y - block.y) }
}

function isSame(before: Positions, after: Positions): boolean {
  const paths = Object.keys(after)
  return (
    paths.length === Object.keys(before).length &&
    paths.every((path) => before[path]?.x === after[path]?.x && before[path]?.y === after[path]?.y)
  )
}
