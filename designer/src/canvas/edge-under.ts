import type { Diagram } from '../drawing/diagram.ts'
import type { Position } from '../drawing/drawing.ts'
import { scopeOf } from '../drawing/static-path.ts'

/** The edge at a point of the screen; one that the step hangs on already does not count. */
export function edgeUnder(point: Position, diagram: Diagram, except?: string): string | undefined {
  for (const element of document.elementsFromPoint(point.x, point.y)) {
    // Its label and its + are the edge too.
    const id = element.closest('[data-edge]')?.getAttribute('data-edge')
    const edge = id == null ? undefined : diagram.edges.find((found) => found.id === id)
    if (edge === undefined) continue
    if (except === undefined) return edge.id
    if (edge.from !== except && edge.to !== except && edge.scope === scopeOf(except)) return edge.id
  }
  return undefined
}

/** The port at a point of the screen, if a handle is there. */
export function portUnder(point: Position): { readonly from: string; readonly port: string } | undefined {
  for (const element of document.elementsFromPoint(point.x, point.y)) {
    if (!element.classList.contains('react-flow__handle')) continue
    const from = element.getAttribute('data-nodeid')
    const port = element.getAttribute('data-handleid')
    if (from !== null && port !== null && port !== 'in') return { from, port }
  }
  return undefined
}
