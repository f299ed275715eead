import type { ReactFlowInstance } from '@xyflow/react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Diagram } from '../drawing/diagram.ts'
import type { CanvasNode, WireEdge } from './flow-types.ts'
import type { View } from './in-view.ts'
import { openingView } from './opening-view.ts'

export interface Opening {
  readonly view: View
  readonly width: number
  readonly height: number
}

/**
 * The view to begin with; undefined for as long as the size of the frame is not known, which no frame is painted with.
 * Another subject gets a view of its own, edits never move it.
 */
export function useOpeningView(
  frame: RefObject<HTMLElement | null>,
  flow: ReactFlowInstance<CanvasNode, WireEdge>,
  diagram: Diagram,
  subject: unknown,
): Opening | undefined {
  const [opening, setOpening] = useState<Opening>()
  const isOpened = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it opens with is asked once
  useLayoutEffect(() => {
    const { width, height } = sizeOf(frame) ?? { width: window.innerWidth, height: window.innerHeight }
    setOpening({ view: openingView(diagram, { width, height }), width, height })
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another subject moves the view
  useEffect(() => {
    const size = sizeOf(frame)
    if (opening === undefined || size === undefined) return
    const isAsOpened = !isOpened.current && size.width === opening.width && size.height === opening.height
    isOpened.current = true
    if (!isAsOpened) void flow.setViewport(openingView(diagram, size))
  }, [flow, opening, subject])
  return opening
}

function sizeOf(frame: RefObject<HTMLElement | null>): { width: number; height: number } | undefined {
  const { width = 0, height = 0 } = frame.current?.getBoundingClientRect() ?? {}
  return width > 0 ? { width, height } : undefined
}
