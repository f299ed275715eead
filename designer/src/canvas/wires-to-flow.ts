// From the edges of the diagram to what React Flow shows. Those that did not change keep their object, and with it the way
// that they take around the boxes.
import { absolutePlaces, type Diagram, type DiagramBox, type DiagramEdge } from '../drawing/diagram.ts'
import type { Rect } from '../drawing/edge-route.ts'
import { portKind } from '../drawing/ports.ts'
import { sameList } from '../drawing/shared-diagram.ts'
import { isStartPath } from '../drawing/static-path.ts'
import type { StepState } from '../drawing/step-state.ts'
import type { WireData, WireEdge } from './flow-types.ts'
import { type FlowOptions, finder } from './to-flow.ts'

/** What is in the way of edges, by scope and the box that they are drawn inside of. */
export interface Obstacles {
  readonly boxes: readonly DiagramBox[]
  readonly groups: ReadonlyMap<string, readonly Rect[]>
}

const groupOf = (scope: string, parent: string | undefined) => `${scope}\n${parent ?? ''}`

/** The same groups as before where every box stands where it stood, so that edges need not compare them one by one. */
export function obstaclesOf({ boxes }: Diagram, before: Obstacles | undefined): Obstacles {
  if (before !== undefined && boxes.length === before.boxes.length) {
    if (boxes.every((box, index) => isSameSpot(box, before.boxes[index]))) return before
  }
  const places = absolutePlaces(boxes)
  const groups = new Map<string, Rect[]>()
  for (const box of boxes) {
    const place = places.get(box.path)
    if (box.kind === 'lane' || place === undefined) continue
    const key = groupOf(box.scope, box.parent)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [place])
    else group.push(place)
  }
  const kept = before?.groups
  return {
    boxes,
    groups: new Map([...groups].map(([key, rects]) => [key, sameGroup(kept?.get(key), rects) ?? rects])),
  }
}

const isSameSpot = (a: DiagramBox, b: DiagramBox | undefined) =>
  a === b || (b !== undefined && a.path === b.path && a.kind === b.kind && a.parent === b.parent && isSameRect(a, b))

/** The same list as before if nothing in it has changed. */
export function wireEdges(
  diagram: Diagram,
  { groups }: Obstacles,
  options: FlowOptions,
  before: readonly WireEdge[],
): readonly WireEdge[] {
  const parents = new Map(diagram.boxes.map((box) => [box.path, box.parent]))
  const counts = new Map<string, number>()
  for (const { from, port } of diagram.edges) {
    const kind = portKind(port)
    if (kind === 'choice' || kind === 'otherwise') counts.set(from, (counts.get(from) ?? 0) + 1)
  }
  const old = finder(before)
  const edges = diagram.edges.map((edge, index) => {
    const parent = parents.get(edge.from) ?? ''
    const around = { parent, obstacles: groups.get(groupOf(edge.scope, parent)) ?? [] }
    const data = wireData(edge, diagram, options, around, (counts.get(edge.from) ?? 0) > 1)
    const isSelected = options.selectedEdges?.has(edge.id) ?? false
    const kept = old(edge.id, index)
    return kept !== undefined && isSameWire(kept, data, isSelected) ? kept : wireEdge(edge, data, isSelected)
  })
  return sameList(edges, before)
}

function wireData(
  edge: DiagramEdge,
  diagram: Diagram,
  options: FlowOptions,
  around: Pick<WireData, 'parent' | 'obstacles'>,
  isFork: boolean,
): WireData {
  const kind = portKind(edge.port)
  const { states } = options
  const difference = options.edgeDifferences?.get(edge.id)
  return {
    edge,
    direction: diagram.direction,
    exit: kind === 'catch' ? 'far' : kind === 'onTimeout' ? 'near' : 'end',
    ...around,
    isEditable: options.isEditable,
    isDropTarget: options.dropEdge === edge.id,
    isFork,
    ...(states && { isTaken: isTaken(edge, states) }),
    ...(difference && { difference }),
  }
}

/** What can be told from the states alone: both ends were reached, and an error edge only from a step that failed. */
function isTaken(edge: DiagramEdge, states: ReadonlyMap<string, StepState>): boolean {
  const to = states.get(edge.to)
  if (to === undefined || to.visits === 0) return false
  if (isStartPath(edge.from)) return true
  const from = states.get(edge.from)
  if (from === undefined || from.visits === 0) return false
  return portKind(edge.port) === 'catch' ? from.state === 'failed' : from.state === 'completed' || from.visits > 1
}

const sameWireKeys = ['direction', 'exit', 'isEditable', 'isDropTarget', 'isFork', 'isTaken', 'difference'] as const

function isSameWire(old: WireEdge, data: WireData, isSelected: boolean): boolean {
  const previous = old.data
  return (
    previous !== undefined &&
    old.selected === isSelected &&
    previous.edge === data.edge &&
    sameWireKeys.every((key) => previous[key] === data[key]) &&
    previous.obstacles === data.obstacles
  )
}

function sameGroup(before: readonly Rect[] | undefined, rects: readonly Rect[]): readonly Rect[] | undefined {
  const isSame = before?.length === rects.length && before.every((rect, index) => isSameRect(rect, rects[index]))
  return isSame ? before : undefined
}

const isSameRect = (a: Rect, b: Rect | undefined) =>
  b !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

function wireEdge(edge: DiagramEdge, data: WireData, isSelected: boolean): WireEdge {
  return {
    id: edge.id,
    type: 'wire',
    source: edge.from,
    sourceHandle: edge.port,
    target: edge.to,
    targetHandle: 'in',
    data,
    selected: isSelected,
    // Of several that end at one place, the selected one can be taken hold of.
    zIndex: isSelected ? 1 : 0,
    selectable: options(data),
    focusable: options(data),
    deletable: false,
    reconnectable: data.isEditable,
    ariaLabel: `Edge from ${edge.from} to ${edge.to}${edge.label === '' ? '' : `, ${edge.label}`}${data.difference ? `, ${data.difference}` : ''}`,
  }
}

const options = (data: WireData) => data.isEditable
