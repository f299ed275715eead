// Walking over the drawing with the arrow keys: along the flow by its edges, across it and over notes by place.
import { allPlaces, type Diagram, type DiagramBox } from './diagram.ts'
import type { Position } from './drawing.ts'
import type { Size } from './scope-measure.ts'

export type Way = 'up' | 'down' | 'left' | 'right'

export function neighbourOf(diagram: Diagram, path: string | undefined, way: Way): string | undefined {
  const boxes = diagram.boxes.filter((box) => box.kind !== 'lane')
  const here = boxes.find((box) => box.path === path)
  if (here === undefined) {
    const isMark = [...diagram.notes, ...diagram.groups].some((mark) => mark.path === path)
    return path !== undefined && isMark ? nearest(diagram, boxes, path, way) : boxes[0]?.path
  }
  const turned = diagram.direction === 'LR'
  const isOn = way === (turned ? 'right' : 'down')
  const isBack = way === (turned ? 'left' : 'up')
  return (
    (isOn ? onward(diagram, here) : isBack ? backward(diagram, here) : undefined) ??
    nearest(diagram, boxes, here.path, way)
  )
}

function onward(diagram: Diagram, here: DiagramBox): string | undefined {
  return diagram.edges.find((edge) => edge.from === here.path && !edge.isBack)?.to
}

function backward(diagram: Diagram, here: DiagramBox): string | undefined {
  return diagram.edges.find((edge) => edge.to === here.path && !edge.isBack)?.from
}

function nearest(diagram: Diagram, boxes: readonly DiagramBox[], here: string, way: Way): string | undefined {
  const places = allPlaces(diagram)
  const from = middle(places.get(here))
  let best: { path: string; cost: number } | undefined
  for (const { path } of [...boxes, ...diagram.notes]) {
    const at = middle(places.get(path))
    const along =
      way === 'right' ? at.x - from.x : way === 'left' ? from.x - at.x : way === 'down' ? at.y - from.y : from.y - at.y
    const aside = way === 'left' || way === 'right' ? Math.abs(at.y - from.y) : Math.abs(at.x - from.x)
    if (along <= 1 || path === here) continue
    const cost = along + aside * 2
    if (best === undefined || cost < best.cost) best = { path, cost }
  }
  return best?.path
}

const middle = (place: (Position & Size) | undefined): Position =>
  place === undefined ? { x: 0, y: 0 } : { x: place.x + place.width / 2, y: place.y + place.height / 2 }
