// The canvas that is drawn on. It shows the projection of the drawing; a gesture becomes an operation when it ends.
import '@xyflow/react/dist/style.css'
import { Background, Panel, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow } from '@xyflow/react'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { type Diagram, diagramOf } from '../drawing/diagram.ts'
import type { Drawing } from '../drawing/drawing.ts'
import { textAt } from '../drawing/json.ts'
import { isMarkTyping } from '../drawing/marks.ts'
import type { NewItem } from '../drawing/new-item.ts'
import { toggleCollapsed } from '../drawing/operations/tidy.ts'
import type { StepState } from '../drawing/step-state.ts'
import { insertAtPort, insertInto } from '../store/drawing-insert.ts'
import { drillOut, drillTo, perform, select, useDrawing } from '../store/drawing-store.ts'
import { boxNodeTypes } from './box-nodes.tsx'
import styles from './canvas.module.css'
import { CanvasActionsContext } from './canvas-actions.ts'
import { ConnectionReason } from './connection-reason.tsx'
import { EmptyDrawing } from './empty-drawing.tsx'
import { FarAway } from './far-away.tsx'
import { type CanvasNode, type Difference, isBoxNode, type WireEdge } from './flow-types.ts'
import { FrameDrawing } from './frame-drawing.tsx'
import { markNodeTypes } from './mark-nodes.tsx'
import { zoomRange } from './opening-view.ts'
import { Overview } from './overview.tsx'
import { toOpenPort } from './port-of-handle.ts'
import { problemsByStep } from './problems-by-step.ts'
import { QuickAdd } from './quick-add.tsx'
import { ScopeCrumbs } from './scope-crumbs.tsx'
import type { FlowOptions } from './to-flow.ts'
import { useBoxDrag } from './use-box-drag.ts'
import { focusWhenDrawn, useCanvasCommandsFor, useReveal } from './use-canvas-commands.ts'
import { useConnect } from './use-connect.ts'
import { useFlow } from './use-flow.ts'
import { useFoldAnchor } from './use-fold-anchor.ts'
import { useInView } from './use-in-view.ts'
import { useOpeningView } from './use-opening-view.ts'
import { usePaletteDrop } from './use-palette-drop.ts'
import { useSteadyView } from './use-steady-view.ts'
import { wireEdgeTypes } from './wire-edge.tsx'

export interface DrawingCanvasProps {
  /** What the + offers. */
  readonly items: readonly NewItem[]
  /** The icon that an activity of the catalogue names. */
  readonly iconOf: (activity: string) => string | undefined
  /** A simulated run, or undefined. */
  readonly states?: ReadonlyMap<string, StepState> | undefined
  readonly breakpoints?: ReadonlySet<string> | undefined
  /** With it every step offers to stop a run there. */
  readonly onBreakpoint?: ((path: string) => void) | undefined
  readonly differences?: ReadonlyMap<string, Difference> | undefined
  /** A double click on a sub-orchestration. */
  readonly onOpenDefinition: (name: string) => void
}

export const DrawingCanvas = memo(function DrawingCanvas(props: DrawingCanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasOfNow {...props} />
    </ReactFlowProvider>
  )
})

/**
 * What is typed beside the canvas is seen in its field first; the canvas follows as soon as there is nothing more urgent to
 * show. Notes and titles of groups are typed on the canvas itself.
 */
function CanvasOfNow(props: DrawingCanvasProps) {
  const drawing = useDrawing((state) => state.drawing)
  const isTypedBeside = useDrawing(({ history }) => {
    const key = history.past?.top.key
    return key !== undefined && !isMarkTyping(key)
  })
  const followed = useDeferredValue(drawing)
  return <Canvas {...props} drawing={isTypedBeside ? followed : drawing} />
}

interface QuickAddAt {
  readonly at: { readonly x: number; readonly y: number }
  readonly pick: (item: NewItem) => void
}

// What never changes is made once: React Flow takes another object for another wish, and asks every box again.
const nodeTypes = { ...boxNodeTypes, ...markNodeTypes }
const severalKeys = ['Shift', 'Meta', 'Control']
const snapGrid: [number, number] = [4, 4]
const withoutAttribution = { hideAttribution: true }
const selectNothing = () => select([])

/** A click on one of many selects that one; a drag takes all of them along. */
function selectOne(event: React.MouseEvent, node: CanvasNode): void {
  if (event.shiftKey || event.metaKey || event.ctrlKey) return
  if (useDrawing.getState().selection.length > 1) select([node.id])
}

const Canvas = memo(function Canvas({
  drawing,
  items,
  iconOf,
  states,
  breakpoints,
  onBreakpoint,
  differences,
  onOpenDefinition,
}: DrawingCanvasProps & { readonly drawing: Drawing }) {
  const flow = useReactFlow<CanvasNode, WireEdge>()
  const frame = useRef<HTMLDivElement>(null)
  const root = useDrawing((state) => state.root)
  const name = useDrawing((state) => state.name)
  const problems = useDrawing((state) => state.problems)
  const selection = useDrawing((state) => state.selection)
  const selectedEdges = useDrawing((state) => state.selectedEdges)
  const [quickAdd, setQuickAdd] = useState<QuickAddAt>()
  const lastDiagram = useRef<Diagram>(undefined)
  const diagram = useMemo(() => diagramOf(drawing, root, lastDiagram.current), [drawing, root])
  useEffect(() => {
    lastDiagram.current = diagram
  }, [diagram])

  const openQuickAdd = useCallback((pick: (item: NewItem) => void, at: { x: number; y: number }) => {
    setQuickAdd({ at, pick })
  }, [])
  const closeQuickAdd = useCallback(() => {
    setQuickAdd(undefined)
    frame.current?.querySelector<HTMLElement>('.react-flow__node.selected')?.focus({ preventScroll: true })
  }, [])
  const drag = useBoxDrag(diagram)
  const drop = usePaletteDrop(diagram, frame)
  const connect = useConnect(openQuickAdd)

  const options: FlowOptions = {
    definition: drawing.definition,
    isEditable: true,
    states,
    breakpoints,
    differences,
    iconOf,
    problems: useMemo(() => problemsByStep(problems), [problems]),
    selection: useMemo(() => new Set(selection), [selection]),
    selectedEdges: useMemo(() => new Set(selectedEdges), [selectedEdges]),
    dropBox: drag.target?.box ?? drop.target?.box,
    dropEdge: drag.target?.edge ?? drop.target?.edge,
  }
  // Another drawing or scope starts with a view of its own.
  const opening = useOpeningView(frame, flow, diagram, `${name}\n${root}\n${diagram.direction}`)
  const whole = useFlow(diagram, options)
  const { nodes, edges } = useInView(diagram, whole, drag.moving, opening)
  const quickAddAfter = useCallback(
    (from: string, port: string, at: { x: number; y: number }) =>
      openQuickAdd((item) => insertAtPort(item, from, toOpenPort(port)), at),
    [openQuickAdd],
  )
  useReveal({ diagram, frame, flow }, selection.length === 1 ? selection[0] : undefined)
  useCanvasCommandsFor({ diagram, frame, flow, quickAddAfter, openQuickAdd })

  useSteadyView(frame, flow)
  useFoldAnchor(diagram, drawing.layout.collapsed, frame, flow)

  const actions = useMemo(
    () => ({
      quickAdd: (edgeId: string, at: { x: number; y: number }) => {
        const edge = lastDiagram.current?.edges.find(({ id }) => id === edgeId)
        if (edge) quickAddAfter(edge.from, edge.port, at)
      },
      fold: (path: string) => void perform((before) => toggleCollapsed(before, path)),
      drillIn: drillTo,
      toggleBreakpoint: onBreakpoint,
    }),
    [quickAddAfter, onBreakpoint],
  )
  const openNode = useCallback(
    (_: React.MouseEvent, node: CanvasNode) => {
      if (!isBoxNode(node)) return
      const { box } = node.data
      if (box.kind === 'lane') return
      const called = textAt(box.step, 'definition')
      if (called) onOpenDefinition(called)
      else if (box.holds !== undefined) drillTo(box.holds)
      else if (box.isCollapsed) perform((before) => toggleCollapsed(before, box.path))
    },
    [onOpenDefinition],
  )
  const addHere = useCallback(
    (event: React.MouseEvent | MouseEvent) => {
      event.preventDefault()
      const point = { x: event.clientX, y: event.clientY }
      const at = flow.screenToFlowPosition(point)
      openQuickAdd((item) => insertInto(item, root, at), point)
    },
    [flow, openQuickAdd, root],
  )
  const isEmpty = diagram.boxes.length === 1 && diagram.notes.length === 0

  return (
    <CanvasActionsContext.Provider value={actions}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the keyboard has Enter in the palette */}
      <div
        ref={frame}
        className={`${styles.canvas} ${connect.isConnecting ? styles.connecting : ''}`}
        data-testid="canvas"
        onDragOver={drop.onDragOver}
        onDragLeave={drop.onDragLeave}
        onDrop={drop.onDrop}
      >
        {opening && (
          <FarAway>
            <ReactFlow
              defaultViewport={opening.view}
              nodes={drag.applied(nodes)}
              edges={edges}
              nodeTypes={nodeTypes}
              edgeTypes={wireEdgeTypes}
              {...drag.handlers}
              {...connect.handlers}
              onPaneClick={selectNothing}
              onNodeClick={selectOne}
              onNodeDoubleClick={openNode}
              onPaneContextMenu={addHere}
              selectionMode={SelectionMode.Partial}
              selectionKeyCode="Shift"
              multiSelectionKeyCode={severalKeys}
              deleteKeyCode={null}
              disableKeyboardA11y
              connectionRadius={28}
              reconnectRadius={12}
              elevateEdgesOnSelect={false}
              zoomOnDoubleClick={false}
              snapToGrid
              snapGrid={snapGrid}
              minZoom={zoomRange.min}
              maxZoom={zoomRange.max}
              proOptions={withoutAttribution}
            >
              <Background gap={20} size={1} />
              <Overview boxes={whole.standing} marks={diagram} label="Overview of the drawing" />
              {root !== '' && (
                <Panel position="top-left">
                  <ScopeCrumbs root={root} onGo={drillTo} onOut={drillOut} />
                </Panel>
              )}
            </ReactFlow>
          </FarAway>
        )}
        {isEmpty && <EmptyDrawing onAdd={(at) => openQuickAdd((item) => insertInto(item, root), at)} />}
        <ConnectionReason />
        <FrameDrawing diagram={diagram} />
        {quickAdd && (
          <QuickAdd
            items={items}
            at={quickAdd.at}
            onClose={closeQuickAdd}
            onPick={(item) => {
              setQuickAdd(undefined)
              quickAdd.pick(item)
              focusWhenDrawn(frame.current, useDrawing.getState().selection.at(-1))
            }}
          />
        )}
      </div>
    </CanvasActionsContext.Provider>
  )
})
