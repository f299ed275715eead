// Dragging boxes, notes and groups: they follow the pointer at once, and the drawing learns of it when they are let go.
// Over another scope they move into it, over an edge a single step joins that chain. What belongs to what is dragged
// comes along: all that lies in a group, the notes that stand beside a box.
import { applyNodeChanges, type EdgeChange, type NodeChange, useReactFlow } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import type { Diagram, DiagramEdge } from '../drawing/diagram.ts'
import type { Position } from '../drawing/drawing.ts'
import { followersOf } from '../drawing/followers.ts'
import { moveOntoEdge } from '../drawing/operations/insert-on-edge.ts'
import { moveToScope } from '../drawing/operations/move-to-scope.ts'
import { moveTogether } from '../drawing/operations/move-together.ts'
import { moveNoteToScope } from '../drawing/operations/notes.ts'
import { isPinned } from '../drawing/retarget.ts'
import { scopeOrigin, scopeUnder } from '../drawing/scope-under.ts'
import { idOf, isStartPath, isWithin, scopeOf } from '../drawing/static-path.ts'
import { stepsIn } from '../drawing/tree.ts'
import { pinScope } from '../store/drawing-insert.ts'
import { asOneGesture, perform, select, useDrawing } from '../store/drawing-store.ts'
import { edgeUnder } from './edge-under.ts'
import { type BoxNode, type CanvasNode, isBoxNode, type NoteNode, type WireEdge } from './flow-types.ts'

export interface DropTarget {
  readonly box: string | undefined
  readonly edge: string | undefined
}

type Change = NodeChange<CanvasNode>
/** By node and kind: a drag moves, a resize moves and measures. */
const still: ReadonlyMap<string, Change> = new Map()

export function useBoxDrag(diagram: Diagram) {
  const flow = useReactFlow<CanvasNode, WireEdge>()
  const [dragged, setDragged] = useState(still)
  const [target, setTarget] = useState<DropTarget>()
  const followers = useMemo(() => followersOf(diagram), [diagram])
  const moving = useMemo(() => new Set([...dragged.values()].flatMap((one) => ('id' in one ? one.id : []))), [dragged])

  const onNodesChange = useCallback(
    (changes: Change[]) => {
      const { selection } = useDrawing.getState()
      const chosen = new Set(selection)
      let isSelection = false
      const moved = new Map<string, Position>()
      const live = new Map<string, Change>()
      for (const change of changes) {
        if (change.type === 'select') {
          isSelection = true
          if (change.selected) chosen.add(change.id)
          else chosen.delete(change.id)
        } else if (change.type === 'position' && change.position) {
          if (change.dragging) moved.set(change.id, change.position)
          // A resize names its corner without dragging.
          else if (change.dragging === undefined) live.set(`${change.id}\nposition`, change)
        } else if (change.type === 'dimensions' && change.resizing) live.set(`${change.id}\ndimensions`, change)
        else if (change.type === 'dimensions' && change.resizing === false) setDragged(still)
      }
      if (isSelection) select([...chosen], useDrawing.getState().selectedEdges)
      for (const [id, position] of followers.along(moved)) {
        live.set(`${id}\nposition`, { id, type: 'position', position, dragging: true })
      }
      if (live.size > 0) setDragged((before) => new Map([...before, ...live]))
    },
    [followers],
  )

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
    (event: React.MouseEvent | MouseEvent | TouchEvent, nodes: readonly CanvasNode[]) => {
      const point = pointOf(event)
      const paths = outermost(nodes.map(({ id }) => id))
      if (nodes.some(({ type }) => type === 'frame')) return setTarget(undefined)
      const own = scopeOf(paths[0] ?? '')
      if (point === undefined || paths.some((path) => isStartPath(path) || scopeOf(path) !== own))
        return setTarget(undefined)
      const under = scopeUnder(diagram, flow.screenToFlowPosition(point), paths)
      const edge = edgeIn(under.scope, diagram, point, nodes)?.id
      const box = under.scope === own || edge !== undefined ? undefined : under.box
      setTarget((before) => (before?.box === box && before?.edge === edge ? before : { box, edge }))
      return undefined
    },
    [diagram, flow],
  )

  const onDragStop = useCallback(
    (event: React.MouseEvent | MouseEvent | TouchEvent, nodes: readonly CanvasNode[]) => {
      setDragged(still)
      setTarget(undefined)
      const moving = nodes.filter(({ id }) => outermost(nodes.map((node) => node.id)).includes(id))
      if (moving.length > 0) finish(diagram, moving, pointOf(event), flow.screenToFlowPosition)
    },
    [diagram, flow],
  )

  const handlers = useMemo(
    () => ({
      onNodesChange,
      onEdgesChange,
      onNodeDrag: (event: React.MouseEvent | MouseEvent | TouchEvent, _: CanvasNode, nodes: CanvasNode[]) =>
        onDrag(event, nodes),
      onNodeDragStop: (event: React.MouseEvent | MouseEvent | TouchEvent, _: CanvasNode, nodes: CanvasNode[]) =>
        onDragStop(event, nodes),
      onSelectionDrag: (event: React.MouseEvent, nodes: CanvasNode[]) => onDrag(event, nodes),
      onSelectionDragStop: (event: React.MouseEvent, nodes: CanvasNode[]) => onDragStop(event, nodes),
    }),
    [onNodesChange, onEdgesChange, onDrag, onDragStop],
  )
  return {
    target,
    moving,
    applied: (nodes: CanvasNode[]): CanvasNode[] =>
      dragged.size === 0 ? nodes : applyNodeChanges([...dragged.values()], nodes),
    handlers,
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
  nodes: readonly CanvasNode[],
  point: Position | undefined,
  toFlow: (at: Position) => Position,
): void {
  const boxes = nodes.filter(isBoxNode)
  const notes = nodes.filter((node): node is NoteNode => node.type === 'note')
  const [first] = nodes
  const own = scopeOf(first?.id ?? '')
  const isOneScope = nodes.every((node) => scopeOf(node.id) === own && node.type !== 'frame' && !isStartPath(node.id))
  if (point !== undefined && isOneScope && first !== undefined) {
    const under = scopeUnder(
      diagram,
      toFlow(point),
      boxes.map(({ id }) => id),
    )
    const found = edgeIn(under.scope, diagram, point, nodes)
    if (under.scope !== own) return intoScope(diagram, boxes, notes, under.scope, found)
    if (found) {
      perform((before) => moveOntoEdge(before, first.id, found))
      return
    }
  }
  const frame = nodes.find(({ type }) => type === 'frame')
  if (frame !== undefined && !useDrawing.getState().selection.includes(frame.id)) select([frame.id])
  const corners = Object.fromEntries(nodes.map((node) => [node.id, cornerOf(node)]))
  perform((before) => moveTogether(before, corners))
}

/** The edge of the scope at the point, if a single step is over it. */
function edgeIn(
  scope: string,
  diagram: Diagram,
  point: Position,
  nodes: readonly CanvasNode[],
): DiagramEdge | undefined {
  const [only] = nodes
  if (nodes.length !== 1 || only === undefined || !isBoxNode(only)) return undefined
  const id = edgeUnder(point, diagram, scope === scopeOf(only.id) ? only.id : undefined)
  return diagram.edges.find((edge) => edge.id === id && edge.scope === scope)
}

/** In its scope. */
function cornerOf(node: CanvasNode): Position {
  const { x, y } = node.position
  const origin = isBoxNode(node) ? node.data.box.origin : node.data.origin
  return { x: x - origin.x, y: y - origin.y }
}

function intoScope(
  diagram: Diagram,
  boxes: readonly BoxNode[],
  notes: readonly NoteNode[],
  scope: string,
  edge: DiagramEdge | undefined,
): void {
  const { definition, layout } = useDrawing.getState().drawing
  const pinned = isPinned(layout.positions, scope)
  const isEmpty = stepsIn(definition, scope).length === 0
  const origin = scopeOrigin(diagram, scope)
  const outer = scopeOrigin(diagram, scopeOf(boxes[0]?.id ?? notes[0]?.id ?? ''))
  const there = (node: CanvasNode): Position => {
    const { x, y } = cornerOf(node)
    return { x: x + outer.x - origin.x, y: y + outer.y - origin.y }
  }
  // Let go beside the chain it stays where it is, and so does everything around it.
  const isPlaced = pinned || (!isEmpty && edge === undefined)
  const kept = isPlaced ? { positions: Object.fromEntries(boxes.map((box) => [box.id, there(box)])) } : {}
  const moveSteps = () => {
    if (isPlaced) pinScope(scope)
    const moved = perform((before) => moveToScope(before, { paths: boxes.map(({ id }) => id), scope, ...kept }))
    const [path] = moved.select ?? []
    if (edge !== undefined && path !== undefined) perform((before) => moveOntoEdge(before, path, edge))
    return moved
  }
  const [only] = boxes
  if (notes.length === 0) {
    const label = boxes.length === 1 && only ? `Move ${idOf(only.id)}` : `Move ${boxes.length} steps`
    return asOneGesture(label, () => void moveSteps())
  }
  asOneGesture('Move into another scope', () => {
    const steps = boxes.length > 0 ? moveSteps().select : []
    const moved = notes.flatMap(
      (note) => perform((before) => moveNoteToScope(before, note.id, scope, there(note))).select,
    )
    select([...(steps ?? []), ...moved.filter((path) => path !== undefined)])
  })
}
