// What of a big drawing is drawn: what stands in the view and a little around it, and what hangs together with that.
// React Flow looks at all that it is given whenever anything changes, so it is given no more than can be seen.
import type { Rect } from '../drawing/edge-route.ts'
import type { CanvasNode, WireEdge } from './flow-types.ts'

export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

interface Parts {
  readonly nodes: readonly CanvasNode[]
  readonly edges: readonly WireEdge[]
}

/** On the screen: how far the view moves, or twice that, before other boxes are drawn. */
const stridePx = 80

/** An edge may leave the rectangle around its ends by as much, where it goes around a box. */
const detour = 160

/**
 * The part of the canvas around a view, as a text that stays the same while the view moves only a little: `left top right
 * bottom`, in the canvas's own units.
 */
export function windowAround({ x, y, zoom }: View, width: number, height: number): string {
  const stride = 2 ** Math.ceil(Math.log2(stridePx / zoom))
  // Boxes are drawn a little before they are seen.
  const start = (edge: number) => Math.floor(edge / stride - 0.25) * stride
  const end = (edge: number) => Math.ceil(edge / stride + 0.25) * stride
  return [start(-x / zoom), start(-y / zoom), end((width - x) / zoom), end((height - y) / zoom)].join(' ')
}

/**
 * `places` are those of the boxes from the canvas's corner. What is selected stays although it is out of sight, and so do
 * those of `kept`: a gesture may hold them.
 */
export function partsIn(
  window: string,
  { nodes, edges }: Parts,
  places: ReadonlyMap<string, Rect>,
  kept: ReadonlySet<string>,
): Parts {
  const [left = 0, top = 0, right = 0, bottom = 0] = window.split(' ').map(Number)
  const shown = new Set<string>()
  for (const { id, selected } of nodes) {
    const place = places.get(id)
    if (place === undefined || selected || kept.has(id)) shown.add(id)
    else if (place.x < right && place.y < bottom && place.x + place.width > left && place.y + place.height > top)
      shown.add(id)
  }
  const isSeen = (from: Rect, to: Rect) =>
    Math.min(from.x, to.x) - detour < right &&
    Math.min(from.y, to.y) - detour < bottom &&
    Math.max(from.x + from.width, to.x + to.width) + detour > left &&
    Math.max(from.y + from.height, to.y + to.height) + detour > top
  const shownEdges = edges.filter(({ source, target, selected }) => {
    const from = places.get(source)
    const to = places.get(target)
    if (from === undefined || to === undefined || !(selected || isSeen(from, to))) return false
    shown.add(source).add(target)
    return true
  })
  // A box counts its place from the one around it; that one comes before it in the list.
  for (const { id, parentId } of nodes.toReversed()) if (parentId !== undefined && shown.has(id)) shown.add(parentId)
  return { nodes: nodes.filter(({ id }) => shown.has(id)), edges: shownEdges }
}
