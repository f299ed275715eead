// In a scope whose boxes have places, a step that is put into a chain needs a place of its own: it takes that of the
// step behind it, and everything from there on moves along.
import type { Diagram } from './diagram.ts'
import { pinsOf } from './diagram.ts'
import type { Position, Positions } from './drawing.ts'
import { card } from './scope-measure.ts'
import { scopeOf } from './static-path.ts'

const gap = 60

export interface Room {
  readonly at: Position
  /** New places of boxes that made room. */
  readonly moved: Positions
}

export function makeRoom(diagram: Diagram, scope: string, from: string, to: string | undefined): Room {
  const turned = diagram.direction === 'LR'
  const pins = pinsOf(diagram, scope)
  const source = diagram.boxes.find((box) => box.path === from)
  const before = pins[from] ?? { x: 0, y: 0 }
  const target = to === undefined ? undefined : pins[to]
  const step = turned ? card.width + gap : card.height + gap
  const behind = turned
    ? {
        x: before.x + (source?.width ?? card.width) + gap,
        y: before.y + ((source?.height ?? card.height) - card.height) / 2,
      }
    : {
        x: before.x + ((source?.width ?? card.width) - card.width) / 2,
        y: before.y + (source?.height ?? card.height) + gap,
      }
  if (target === undefined) return { at: behind, moved: {} }
  const along = (at: Position) => (turned ? at.x : at.y)
  // An edge that leads back has room beside it already.
  if (along(target) <= along(before)) return { at: behind, moved: {} }
  const moved = Object.entries(pins).filter(([path, at]) => path !== from && along(at) >= along(target))
  return {
    at: turned ? { x: Math.min(target.x, behind.x), y: behind.y } : { x: behind.x, y: Math.min(target.y, behind.y) },
    moved: Object.fromEntries(
      moved.map(([path, { x, y }]) => [path, turned ? { x: x + step, y } : { x, y: y + step }]),
    ),
  }
}

const clear = 36

/** The upper left corner for copies of the boxes: beside them, across the flow, where nothing else of the scope stands. */
export function placeBeside(diagram: Diagram, scope: string, paths: readonly string[]): Position | undefined {
  const turned = diagram.direction === 'LR'
  const inScope = diagram.boxes.filter((box) => box.kind !== 'lane' && scopeOf(box.path) === scope)
  const copied = inScope.filter(({ path }) => paths.includes(path))
  if (copied.length === 0) return undefined
  const left = Math.min(...copied.map(({ x }) => x))
  const top = Math.min(...copied.map(({ y }) => y))
  const width = Math.max(...copied.map((box) => box.x + box.width)) - left
  const height = Math.max(...copied.map((box) => box.y + box.height)) - top
  const at = turned ? { x: left, y: top + height + clear } : { x: left + width + clear, y: top }
  const hit = () =>
    inScope.find(
      (box) => at.x < box.x + box.width && box.x < at.x + width && at.y < box.y + box.height && box.y < at.y + height,
    )
  for (let box = hit(); box !== undefined; box = hit()) {
    if (turned) at.y = box.y + box.height + clear
    else at.x = box.x + box.width + clear
  }
  const { origin } = copied[0] ?? { origin: at }
  return { x: at.x - origin.x, y: at.y - origin.y }
}
