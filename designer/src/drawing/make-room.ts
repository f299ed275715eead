// In a scope whose boxes have places, a step that is put into a chain needs a place of its own: it takes that of the
// step behind it, and everything from there on moves along.
import type { Diagram } from './diagram.ts'
import { pinsOf } from './diagram.ts'
import type { Position, Positions } from './drawing.ts'
import { card } from './scope-measure.ts'

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
