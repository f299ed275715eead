import type { Drawing, Positions } from '../drawing.ts'
import { type Edit, edit, withLayout } from '../edit.ts'
import { idOf, isStartPath } from '../static-path.ts'

const samePlace = (drawing: Drawing, path: string, at: { x: number; y: number }) => {
  const before = drawing.layout.positions[path]
  return before !== undefined && before.x === at.x && before.y === at.y
}

/** Gives boxes places; the caller names every box of a scope that has had none, so that the others stay. */
export function moveBoxes(drawing: Drawing, positions: Positions): Edit {
  const moved = Object.entries(positions).filter(([path, at]) => !samePlace(drawing, path, at))
  const [first] = moved
  const label =
    moved.length === 1 && first ? `Move ${isStartPath(first[0]) ? 'the start' : idOf(first[0])}` : 'Move steps'
  if (moved.length === 0) return edit(drawing, drawing, label)
  return edit(
    drawing,
    withLayout(drawing, { positions: { ...drawing.layout.positions, ...Object.fromEntries(moved) } }),
    label,
  )
}
