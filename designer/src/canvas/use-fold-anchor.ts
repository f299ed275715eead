import type { ReactFlowInstance } from '@xyflow/react'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Diagram, DiagramBox } from '../drawing/diagram.ts'
import type { CanvasNode, WireEdge } from './flow-types.ts'

const margin = 28

/** A box that is collapsed or expanded keeps its head where it was on the screen, whatever the layout does around it. */
export function useFoldAnchor(
  diagram: Diagram,
  collapsed: readonly string[] | undefined,
  frame: RefObject<HTMLDivElement | null>,
  flow: ReactFlowInstance<CanvasNode, WireEdge>,
): void {
  const last = useRef({ diagram, collapsed })
  useLayoutEffect(() => {
    const { diagram: before, collapsed: were } = last.current
    last.current = { diagram, collapsed }
    if (were === collapsed || before.root !== diagram.root || before.direction !== diagram.direction) return
    const folded = foldedBetween(before, diagram)
    const size = frame.current?.getBoundingClientRect()
    if (folded === undefined || size === undefined) return
    const { x, y, zoom } = flow.getViewport()
    const [from, to] = folded
    // Where the head was on the screen, or the nearest place in view.
    const inView = (at: number, room: number) => Math.max(margin, Math.min(room - margin, at))
    const at = {
      x: inView((from.x + from.width / 2) * zoom + x, size.width),
      y: inView(from.y * zoom + y, size.height),
    }
    void flow.setViewport({ x: at.x - (to.x + to.width / 2) * zoom, y: at.y - to.y * zoom, zoom })
  }, [diagram, collapsed, frame, flow])
}

/** The one box that is folded in one of the two and not in the other. */
function foldedBetween(before: Diagram, after: Diagram): readonly [DiagramBox, DiagramBox] | undefined {
  const known = new Map(before.boxes.map((box) => [box.path, box]))
  const folded = after.boxes.flatMap((box): [DiagramBox, DiagramBox][] => {
    const was = known.get(box.path)
    return was !== undefined && was.isCollapsed !== box.isCollapsed ? [[was, box]] : []
  })
  return folded.length === 1 ? folded[0] : undefined
}
