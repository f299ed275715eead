import { absolutePlaces, type Diagram, type DiagramBox } from './diagram.ts'
import type { Position } from './drawing.ts'
import { isWithin, startPath } from './static-path.ts'

export interface ScopeUnder {
  readonly scope: string
  /** The box that shows it; undefined for the canvas itself. */
  readonly box: string | undefined
}

/** The innermost scope at the point; boxes that are being dragged do not count. */
export function scopeUnder(diagram: Diagram, point: Position, dragged: readonly string[] = []): ScopeUnder {
  const places = absolutePlaces(diagram.boxes)
  let found: DiagramBox | undefined
  for (const box of diagram.boxes) {
    if (box.holds === undefined || dragged.some((path) => box.path === path || isWithin(box.path, path))) continue
    const place = places.get(box.path)
    if (place === undefined) continue
    const isIn =
      point.x >= place.x && point.x <= place.x + place.width && point.y >= place.y && point.y <= place.y + place.height
    if (isIn && (found === undefined || box.depth >= found.depth)) found = box
  }
  return { scope: found?.holds ?? diagram.root, box: found?.path }
}

/** Where the places of a scope count from, on the canvas. */
export function scopeOrigin(diagram: Diagram, scope: string): Position {
  const marker = diagram.boxes.find((box) => box.path === startPath(scope))
  if (marker === undefined) return { x: 0, y: 0 }
  const outer = marker.parent === undefined ? undefined : absolutePlaces(diagram.boxes).get(marker.parent)
  return { x: marker.origin.x + (outer?.x ?? 0), y: marker.origin.y + (outer?.y ?? 0) }
}
