// Dragging boxes: they follow the pointer at once, and the drawing learns of it when they are let go. Over another
// scope they move into it, over an edge a single step joins that chain.
import { applyNodeChanges, type EdgeChange, type NodeChange, useReactFlow } from '@xyflow/react'
import { useCallback, useState } from 'react'
import { type Diagram, pinsOf } from '../drawing/diagram.ts'
import type { Position } from '../drawing/drawing.ts'
import { moveOntoEdge } from '../drawing/operations/insert-on-edge.ts'
import { moveBoxes } from '../drawing/operations/move-boxes.ts'
import { moveToScope } from '../drawing/operations/move-to-scope.ts'
import { isPinned } from '../drawing/retarget.ts'
import { scopeOrigin, scopeUnder } from '../drawing/scope-under.ts'
import { isStartPath, isWithin, scopeOf } from '../drawing/static-path.ts'
import { perform, select, useDrawing } from '../store/drawing-store.ts'
import { edgeUnder } from './edge-under.ts'
import type { BoxNode, WireEdge } from './flow-types.ts'

export interface DropTarget {
  readonly box: string | undefined
  readonly edge: string | undefined
}

const still: ReadonlyMap<string, Position> = new Map()

export function useBoxDrag(diagram: Diagram) {
  const flow = useReactFlow<BoxNode, WireEdge>()
  const [dragged, setDragged] = useState(still)
  const [target, setTarget] = useState<DropTarget>()

  const onNodesChange = useCallback((changes: NodeChange<BoxNode>[]) => {
    const { selection } = useDrawing.getState()
    const chosen = new Set(selection)
    let isSelection = false
    const moved: [string, Position][] = []
    for (const change of changes) {
      if (change.type === 'select') {
        isSelection = true
        if (change.selected) chosen.add(change.id)
        else chosen.delete(change.id)
      } else if (change.type === 'position' && change.position && change.dragging) {
        moved.push([change.id, change.position])
      }
    }
    if (isSelection) select([...chosen], useDrawing.getState().selectedEdges)
    if (moved.length > 0) setDragged((before) => new Map([...before, ...moved]))
  }, [])

  const onEdgesChange = useCallback((changes: EdgeChange<WireEdge>[]) => {
    const chosen = new Set(useDrawing.getState().selectedEdges)
    for (const change of changes) {
      if (change.type !== 'select') continue
      if (change.selected) chosen.add(change.id)
      else chosen.delete(change.id)
    }
    select(useDrawing.getState().selection, [...chosen])
  }, [])

  const onDrag = useCallback(
    (event: React.MouseEvent | MouseEvent | TouchEvent, nodes: readonly BoxNode[]) => {
      const point = pointOf(event)
      const paths = outermost(nodes.map(({ id }) => id))
      const own = scopeOf(paths[0] ?? '')
      if (point === undefined || paths.some((path) => isStartPath(path) || scopeOf(path) !== own))
        return setTarget(undefined)
      const under = scopeUnder(diagram, flow.screenToFlowPosition(point), paths)
      const edge = under.scope === own && paths.length === 1 ? edgeUnder(point, diagram, paths[0]) : undefined
      const box = under.scope === own ? undefined : under.box
      setTarget((before) => (before?.box === box && before?.edge === edge ? before : { box, edge }))
      return undefined
    },
    [diagram, flow],
  )

  const onDragStop = useCallback(
    (event: React.MouseEvent | MouseEvent | TouchEvent, nodes: readonly BoxNode[]) => {
      setDragged(still)
      setTarget(undefined)
      const moving = nodes.filter(({ id }) => outermost(nodes.map((node) => node.id)).includes(id))
      if (moving.length > 0) finish(diagram, moving, pointOf(event), flow.screenToFlowPosition)
    },
    [diagram, flow],
  )

  return {
    target,
    applied: (nodes: BoxNode[]): BoxNode[] => {
      if (dragged.size === 0) return nodes
      const changes = [...dragged].map(
        ([id, position]): NodeChange<BoxNode> => ({ id, type: 'position', position, dragging: true }),
      )
      return applyNodeChanges(changes, nodes)
    },
    onNodesChange,
    onEdgesChange,
    onNodeDrag: (event: React.MouseEvent | MouseEvent | TouchEvent, _: BoxNode, nodes: BoxNode[]) =>
      onDrag(event, nodes),
    onNodeDragStop: (event: React.MouseEvent | MouseEvent | TouchEvent, _: BoxNode, nodes: BoxNode[]) =>
      onDragStop(event, nodes),
    onSelectionDrag: (event: React.MouseEvent, nodes: BoxNode[]) => onDrag(event, nodes),
    onSelectionDragStop: (event: React.MouseEvent, nodes: BoxNode[]) => onDragStop(event, nodes),
  }
}

/** What stands inside of another dragged box comes along by itself. */
function outermost(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => isWithin(path, other)))
}

function pointOf(event: React.MouseEvent | MouseEvent | TouchEvent): Position | undefined {
  if ('clientX' in event) return { x: event.clientX, y: event.clientY }
  const touch = event.changedTouches[0]
  return touch && { x: touch.clientX, y: touch.clientY }
}

function finish(
  diagram: Diagram,
  nodes: readonly BoxNode[],
  point: Position | undefined,
  toFlow: (at: Position) => Position,
): void {
  const paths = nodes.map(({ id }) => id)
  const own = scopeOf(paths[0] ?? '')
  const isOneScope = paths.every((path) => scopeOf(path) === own && !isStartPath(path))
  const [first] = nodes
  if (point !== undefined && isOneScope && first !== undefined) {
    const under = scopeUnder(diagram, toFlow(point), paths)
    if (under.scope !== own) return intoScope(diagram, nodes, under.scope)
    const edge = nodes.length === 1 ? edgeUnder(point, diagram, first.id) : undefined
    const found = diagram.edges.find(({ id }) => id === edge)
    if (found) {
      perform((before) => moveOntoEdge(before, first.id, found))
      return
    }
  }
  const { positions } = useDrawing.getState().drawing.layout
  const scopes = new Set(paths.map(scopeOf))
  const pins = [...scopes].filter((scope) => !isPinned(positions, scope)).map((scope) => pinsOf(diagram, scope))
  const places = nodes.map(({ id, position, data }) => [
    id,
    { x: position.x - data.box.origin.x, y: position.y - data.box.origin.y },
  ])
  perform((before) => moveBoxes(before, { ...Object.assign({}, ...pins), ...Object.fromEntries(places) }))
}

function intoScope(diagram: Diagram, nodes: readonly BoxNode[], scope: string): void {
  const { positions } = useDrawing.getState().drawing.layout
  const origin = scopeOrigin(diagram, scope)
  const outer = scopeOrigin(diagram, scopeOf(nodes[0]?.id ?? ''))
  const places = nodes.map(({ id, position, data }) => [
    id,
    {
      x: position.x - data.box.origin.x + outer.x - origin.x,
      y: position.y - data.box.origin.y + outer.y - origin.y,
    },
  ])
  const kept = isPinned(positions, scope) ? { positions: Object.fromEntries(places) } : {}
  perform((before) => moveToScope(before, { paths: nodes.map(({ id }) => id), scope, ...kept }))
}
