import { type Diagram, pinsOf } from '../diagram.ts'
import type { Drawing, Position, Positions } from '../drawing.ts'
import type { Edit } from '../edit.ts'
import { isPinned } from '../retarget.ts'
import { scopeOf } from '../static-path.ts'
import { moveBoxes } from './move-boxes.ts'

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'

interface Placed {
  readonly path: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Boxes of one scope in a line; the others of the scope keep their places. */
export function align(drawing: Drawing, diagram: Diagram, paths: readonly string[], to: Alignment): Edit {
  return arranged(drawing, diagram, paths, (boxes) => {
    const left = Math.min(...boxes.map(({ x }) => x))
    const right = Math.max(...boxes.map(({ x, width }) => x + width))
    const top = Math.min(...boxes.map(({ y }) => y))
    const bottom = Math.max(...boxes.map(({ y, height }) => y + height))
    return boxes.map((box) => [box.path, alignedPlace(box, { left, right, top, bottom }, to)] as const)
  })
}

interface Bounds {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function alignedPlace({ x, y, width, height }: Placed, { left, right, top, bottom }: Bounds, to: Alignment): Position {
  switch (to) {
    case 'left':
      return { x: left, y }
    case 'right':
      return { x: right - width, y }
    case 'centre':
      return { x: Math.round((left + right - width) / 2), y }
    case 'top':
      return { x, y: top }
    case 'bottom':
      return { x, y: bottom - height }
    case 'middle':
      return { x, y: Math.round((top + bottom - height) / 2) }
  }
}

/** The same room between each two of them; the outermost stay. */
export function distribute(drawing: Drawing, diagram: Diagram, paths: readonly string[], way: 'across' | 'down'): Edit {
  return arranged(drawing, diagram, paths, (boxes) => {
    const start = way === 'across' ? 'x' : 'y'
    const size = way === 'across' ? 'width' : 'height'
    const sorted = [...boxes].sort((a, b) => a[start] - b[start])
    const first = sorted[0]
    const last = sorted.at(-1)
    if (first === undefined || last === undefined || sorted.length < 3) return []
    const room = last[start] + last[size] - first[start] - sorted.reduce((sum, box) => sum + box[size], 0)
    const gap = room / (sorted.length - 1)
    let at = first[start]
    return sorted.map((box) => {
      const place = Math.round(at)
      at += box[size] + gap
      return [box.path, way === 'across' ? { x: place, y: box.y } : { x: box.x, y: place }]
    })
  })
}

type Arrangement = (boxes: readonly Placed[]) => readonly (readonly [string, { x: number; y: number }])[]

function arranged(drawing: Drawing, diagram: Diagram, paths: readonly string[], arrange: Arrangement): Edit {
  const scope = scopeOf(paths[0] ?? '')
  const boxes = diagram.boxes.filter(
    (box) => box.kind !== 'lane' && paths.includes(box.path) && scopeOf(box.path) === scope,
  )
  const placed = boxes.map(({ path, x, y, width, height, origin }) => ({
    path,
    x: x - origin.x,
    y: y - origin.y,
    width,
    height,
  }))
  const moved: Positions = placed.length < 2 ? {} : Object.fromEntries(arrange(placed))
  const pins =
    isPinned(drawing.layout.positions, scope) || Object.keys(moved).length === 0 ? {} : pinsOf(diagram, scope)
  return moveBoxes(drawing, { ...pins, ...moved })
}
