// Boxes, marks and edges for React Flow, worked out again only when something that they show has changed, and then only
// those that have. React Flow looks at all of a list that is another one, so a list that is the same stays the same.
import { useEffect, useMemo, useRef } from 'react'
import type { Diagram, DiagramBox } from '../drawing/diagram.ts'
import type { BoxNode, CanvasNode, WireEdge } from './flow-types.ts'
import { type MarkNode, markNodes, stacked } from './marks-to-flow.ts'
import { boxNodes, type FlowOptions } from './to-flow.ts'
import { type Obstacles, obstaclesOf, wireEdges } from './wires-to-flow.ts'

interface Flow {
  readonly boxes: readonly BoxNode[]
  readonly marks: readonly MarkNode[]
  readonly edges: readonly WireEdge[]
  readonly obstacles?: Obstacles
  readonly options?: FlowOptions
}

const nothing: Flow = { boxes: [], marks: [], edges: [] }

export function useFlow(
  diagram: Diagram,
  options: FlowOptions,
): {
  readonly nodes: CanvasNode[]
  readonly edges: WireEdge[]
  /** The boxes as they were when one came, went or moved last: the same list while all stand where they stood. */
  readonly standing: readonly DiagramBox[]
} {
  const last = useRef(nothing)
  const { definition, isEditable, states, problems, differences, breakpoints, iconOf } = options
  const { selection, selectedEdges, dropBox, dropEdge, edgeDifferences } = options
  // biome-ignore lint/correctness/useExhaustiveDependencies: the options by name, since the object is another one each time
  const boxes = useMemo(
    () => boxNodes(diagram, options, last.current.boxes, last.current.options),
    [diagram, definition, isEditable, states, problems, differences, breakpoints, iconOf, selection, dropBox],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const marks = useMemo(() => markNodes(diagram, options, last.current.marks), [diagram, isEditable, selection])
  const obstacles = useMemo(() => obstaclesOf(diagram, last.current.obstacles), [diagram])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const edges = useMemo(
    () => wireEdges(diagram, obstacles, options, last.current.edges),
    [diagram.edges, diagram.direction, obstacles, isEditable, states, selectedEdges, dropEdge, edgeDifferences],
  )
  useEffect(() => {
    last.current = { boxes, marks, edges, obstacles, options }
  })
  const nodes = useMemo(() => stacked(boxes, marks), [boxes, marks])
  // React Flow says that it may change what it is given, and does not.
  return { nodes: nodes as CanvasNode[], edges: edges as WireEdge[], standing: obstacles.boxes }
}
