import { type ReactFlowState, useStore } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { allPlaces, type Diagram } from '../drawing/diagram.ts'
import { sameList } from '../drawing/shared-diagram.ts'
import type { CanvasNode, WireEdge } from './flow-types.ts'
import { partsIn, windowAround } from './in-view.ts'
import type { Opening } from './use-opening-view.ts'

interface Flow {
  readonly nodes: CanvasNode[]
  readonly edges: WireEdge[]
}

/** Fewer boxes than that are drawn at once, and then panning draws none anew. */
const fewBoxes = 200

const heldByConnection = ({ connection }: ReactFlowState) =>
  connection.inProgress ? connection.fromNode.id : undefined

/** The boxes and edges to draw. `opening` is the view until React Flow has one. */
export function useInView(
  diagram: Diagram,
  { nodes, edges }: Flow,
  dragged: ReadonlySet<string>,
  opening: Opening | undefined,
): Flow {
  const isBig = diagram.boxes.length > fewBoxes
  const window = useStore(
    useCallback(
      ({ width, height, transform: [x, y, zoom] }: ReactFlowState) => {
        if (!isBig) return ''
        if (width > 0) return windowAround({ x, y, zoom }, width, height)
        return opening === undefined ? '0 0 0 0' : windowAround(opening.view, opening.width, opening.height)
      },
      [isBig, opening],
    ),
  )
  const connected = useStore(heldByConnection)
  const last = useRef<Flow>({ nodes: [], edges: [] })
  const shown = useMemo((): Flow => {
    if (!isBig) return { nodes, edges }
    const kept = connected === undefined ? dragged : new Set([...dragged, connected])
    const parts = partsIn(window, { nodes, edges }, allPlaces(diagram), kept)
    return {
      nodes: sameList(parts.nodes, last.current.nodes) as CanvasNode[],
      edges: sameList(parts.edges, last.current.edges) as WireEdge[],
    }
  }, [isBig, window, nodes, edges, diagram, dragged, connected])
  useEffect(() => {
    last.current = shown
  }, [shown])
  return shown
}
