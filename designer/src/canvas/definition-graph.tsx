// A definition to look at: the same boxes as in the designer, read-only, coloured by what an instance made of them.
import '@xyflow/react/dist/style.css'
import type { Definition } from '@durable-canvas/schema'
import { Background, Controls, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useMemo, useRef, useState } from 'react'
import { diagramOf } from '../drawing/diagram.ts'
import { emptyLayout, type Layout, type LostEdge } from '../drawing/drawing.ts'
import { isObject, type JsonObject } from '../drawing/json.ts'
import { readLayout } from '../drawing/read-layout.ts'
import type { StepState } from '../drawing/step-state.ts'
import { boxNodeTypes } from './box-nodes.tsx'
import styles from './canvas.module.css'
import { CanvasActionsContext } from './canvas-actions.ts'
import { FarAway } from './far-away.tsx'
import { type CanvasNode, type Difference, isBoxNode, type WireEdge } from './flow-types.ts'
import { markNodeTypes } from './mark-nodes.tsx'
import { zoomRange } from './opening-view.ts'
import { Overview } from './overview.tsx'
import type { FlowOptions } from './to-flow.ts'
import { useFlow } from './use-flow.ts'
import { useInView } from './use-in-view.ts'
import { useOpeningView } from './use-opening-view.ts'
import { wireEdgeTypes } from './wire-edge.tsx'

export interface DefinitionGraphProps {
  readonly definition: Definition
  readonly layout?: unknown
  /** By static path. A step that is not among them was not reached; without the map nothing is said of states. */
  readonly states?: ReadonlyMap<string, StepState>
  /** A static path. */
  readonly selected?: string | null
  readonly onSelect?: (step: string | null) => void
  readonly direction?: 'TB' | 'LR'
  /** What has become of a step in another version. */
  readonly differences?: ReadonlyMap<string, Difference>
  /** The same of edges, by their ids, and those that are there no longer. */
  readonly edgeDifferences?: ReadonlyMap<string, Difference>
  readonly lost?: readonly LostEdge[] | undefined
  /** The icon that an activity of the catalogue names. */
  readonly iconOf?: (activity: string) => string | undefined
}

export function DefinitionGraph(props: DefinitionGraphProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

const nothingDragged: ReadonlySet<string> = new Set()
const nodeTypes = { ...boxNodeTypes, ...markNodeTypes }

function Graph({
  definition,
  layout,
  states,
  selected = null,
  onSelect,
  direction,
  differences,
  edgeDifferences,
  lost,
  iconOf,
}: DefinitionGraphProps) {
  const flow = useReactFlow<CanvasNode, WireEdge>()
  const frame = useRef<HTMLDivElement>(null)
  const [folded, setFolded] = useState<readonly string[]>()
  const shownLayout = useMemo((): Layout => {
    const read = readLayout(layout) ?? emptyLayout
    const turned = direction !== undefined && direction !== (read.direction ?? 'TB')
    const placed: Layout = turned ? { ...read, positions: {}, direction } : read
    return folded === undefined ? placed : { ...placed, collapsed: folded }
  }, [layout, direction, folded])
  const diagram = useMemo(
    () => diagramOf({ definition: definition as unknown as JsonObject, layout: shownLayout, ...(lost && { lost }) }),
    [definition, shownLayout, lost],
  )
  const options: FlowOptions = {
    definition,
    isEditable: false,
    states,
    differences,
    edgeDifferences,
    iconOf,
    selection: useMemo(() => new Set(selected === null ? [] : [selected]), [selected]),
  }
  const shape = `${diagram.direction} ${diagram.boxes.length}`
  // The view starts over with another shape only, not with every state.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what they tell apart
  const subject = useMemo(() => ({}), [shape, definition])
  const opening = useOpeningView(frame, flow, diagram, subject)
  const whole = useFlow(diagram, options)
  const { nodes, edges } = useInView(diagram, whole, nothingDragged, opening)
  const collapsed = shownLayout.collapsed ?? []
  const actions = useMemo(
    () => ({
      fold: (path: string) =>
        setFolded(collapsed.includes(path) ? collapsed.filter((other) => other !== path) : [...collapsed, path]),
    }),
    [collapsed],
  )
  return (
    <CanvasActionsContext.Provider value={actions}>
      <div ref={frame} className={`${styles.canvas} ${styles.readOnly}`}>
        {opening && (
          <FarAway>
            <ReactFlow
              defaultViewport={opening.view}
              nodes={nodes}
              edges={edges}
              nodeTypes={nodeTypes}
              edgeTypes={wireEdgeTypes}
              nodesDraggable={false}
              nodesConnectable={false}
              edgesReconnectable={false}
              deleteKeyCode={null}
              disableKeyboardA11y
              onNodeClick={(_, node) => onSelect?.(isBoxNode(node) && isObject(node.data.box.step) ? node.id : null)}
              onPaneClick={() => onSelect?.(null)}
              minZoom={zoomRange.min}
              maxZoom={zoomRange.max}
              proOptions={{ hideAttribution: true }}
            >
              <Background gap={20} size={1} />
              <Controls showInteractive={false} position="bottom-left" />
              {diagram.boxes.length > 24 && (
                <Overview boxes={whole.standing} marks={diagram} label="Overview of the graph" />
              )}
            </ReactFlow>
          </FarAway>
        )}
      </div>
    </CanvasActionsContext.Provider>
  )
}
