import type { ReactFlowInstance } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import type { CanvasNode, WireEdge } from './flow-types.ts'

/** When panels open and close beside the canvas, what was in its middle stays in its middle. */
export function useSteadyView(
  frame: RefObject<HTMLDivElement | null>,
  flow: ReactFlowInstance<CanvasNode, WireEdge>,
): void {
  useEffect(() => {
    if (frame.current === null) return undefined
    let width = frame.current.clientWidth
    const observer = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0
      if (now === width || now === 0) return
      const { x, y, zoom } = flow.getViewport()
      if (width > 0) void flow.setViewport({ x: x + (now - width) / 2, y, zoom })
      width = now
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame, flow])
}
