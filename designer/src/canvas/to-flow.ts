// From the diagram to what React Flow shows. Boxes that did not change keep their node object, so that a keystroke in
// a property draws one card again and not a thousand.
import type { Definition } from '@durable-canvas/schema'
import { absolutePlaces, type Diagram, type DiagramBox, type DiagramEdge } from '../drawing/diagram.ts'
import type { Rect } from '../drawing/edge-route.ts'
import { isObject, type JsonObject, textAt } from '../drawing/json.ts'
import { portKind } from '../drawing/ports.ts'
import { sameList } from '../drawing/shared-diagram.ts'
import { idOf, isStartPath, ownerOf } from '../drawing/static-path.ts'
import type { StepState } from '../drawing/step-state.ts'
import { stepAt } from '../drawing/tree.ts'
import { kindOf } from '../steps/registry.ts'
import { counted, titleOf } from '../steps/words.ts'
import type { BoxData, BoxNode, Difference, WireData, WireEdge } from './flow-types.ts'
import { handlePlaces } from './handle-places.ts'
import { stateWords } from './state-words.ts'

export interface FlowOptions {
  readonly definition: Definition | JsonObject
  readonly isEditable: boolean
  readonly states?: ReadonlyMap<string, StepState> | undefined
  readonly problems?: ReadonlyMap<string, { readonly errors: number; readonly warnings: number }>
  readonly differences?: ReadonlyMap<string, Difference> | undefined
  /** By the ids of edges. */
  readonly edgeDifferences?: ReadonlyMap<string, Difference> | undefined
  readonly breakpoints?: ReadonlySet<string> | undefined
  readonly selection: ReadonlySet<string>
  readonly selectedEdges?: ReadonlySet<string>
  readonly dropBox?: string | undefined
  readonly dropEdge?: string | undefined
  readonly iconOf?: ((activity: string) => string | undefined) | undefined
}

/** The same list as before if nothing in it has changed. */
export function boxNodes(
  diagram: Diagram,
  options: FlowOptions,
  before: readonly BoxNode[],
  optionsBefore?: FlowOptions,
): readonly BoxNode[] {
  const occupied = new Set(diagram.boxes.filter((box) => box.step !== undefined).map((box) => box.parent))
  const old = finder(before)
  const looksSame = optionsBefore !== undefined && isSameLook(options, optionsBefore)
  const nodes = diagram.boxes.map((box, index) => {
    const kept = old(box.path, index)
    // A marker shows what it starts and a lane what stands in it: those may have changed although the box has not.
    if (looksSame && kept?.data.box === box && kept.data.direction === diagram.direction && box.step) return kept
    const data = boxData(box, diagram, options, !occupied.has(box.path))
    const isSelected = options.selection.has(box.path)
    return kept !== undefined && isSame(kept, data, isSelected) ? kept : boxNode(data, isSelected)
  })
  return sameList(nodes, before)
}

const looks = [
  'isEditable',
  'states',
  'problems',
  'differences',
  'breakpoints',
  'selection',
  'dropBox',
  'iconOf',
] as const

/** Whether a box that is the same looks the same. */
const isSameLook = (a: FlowOptions, b: FlowOptions) => looks.every((key) => a[key] === b[key])

/** Finds what has an id; mostly it stands where it stood. */
function finder<T extends { readonly id: string }>(items: readonly T[]) {
  let byId: Map<string, T> | undefined
  return (id: string, index: number): T | undefined => {
    const there = items[index]
    if (there?.id === id) return there
    byId ??= new Map(items.map((item) => [item.id, item]))
    return byId.get(id)
  }
}

function boxData(box: DiagramBox, diagram: Diagram, options: FlowOptions, holdsNothing: boolean): BoxData {
  const { definition, isEditable, states, problems, differences, dropBox, iconOf } = options
  const found = problems?.get(box.path)
  const activity = box.step?.type === 'activity' ? textAt(box.step, 'activity') : undefined
  const icon = activity === undefined ? undefined : iconOf?.(activity)
  const difference = differences?.get(box.path)
  return {
    box,
    direction: diagram.direction,
    isEditable,
    title: titleOfBox(box, definition),
    line: box.step === undefined ? '' : lineOf(box, box.step),
    isEmpty: box.holds !== undefined && holdsNothing,
    errors: found?.errors ?? 0,
    warnings: found?.warnings ?? 0,
    isDropTarget: dropBox === box.path,
    ...(states && { state: states.get(box.path) ?? null }),
    ...(difference && { difference }),
    ...(icon && { activityIcon: icon }),
    ...(options.breakpoints?.has(box.path) && { hasBreakpoint: true }),
  }
}

function titleOfBox(box: DiagramBox, definition: Definition | JsonObject): string {
  if (box.kind === 'start') {
    const owner = ownerOf(box.scope)
    // Of a scope that fills the canvas.
    if (owner !== undefined) return titleOf(idOf(owner), stepAt(definition as JsonObject, owner) ?? {})
    const { title, name } = definition as JsonObject
    return String(title || name || 'start')
  }
  return box.step === undefined ? box.id : titleOf(box.id, box.step)
}

const lines = new WeakMap<JsonObject, string>()

/** A step that did not change says what it said. */
function secondLine(step: JsonObject): string {
  const known = lines.get(step)
  if (known !== undefined) return known
  const line = kindOf(step).secondLine(step)
  lines.set(step, line)
  return line
}

function lineOf(box: DiagramBox, step: JsonObject): string {
  if (!box.isCollapsed) return secondLine(step)
  const inner = isObject(step.body) ? [step.body] : isObject(step.branches) ? Object.values(step.branches) : []
  const count = inner.reduce<number>((sum, body) => {
    return sum + (isObject(body) && isObject(body.steps) ? Object.keys(body.steps).length : 0)
  }, 0)
  return `${kindOf(step).secondLine(step)} · ${counted(count, 'step')} inside`
}

const sameKeys = [
  'direction',
  'isEditable',
  'title',
  'line',
  'isEmpty',
  'errors',
  'warnings',
  'isDropTarget',
  'state',
  'difference',
  'activityIcon',
  'hasBreakpoint',
] as const
function isSame(old: BoxNode, data: BoxData, isSelected: boolean): boolean {
  return (
    old.selected === isSelected && old.data.box === data.box && sameKeys.every((key) => old.data[key] === data[key])
  )
}

function boxNode(data: BoxData, isSelected: boolean): BoxNode {
  const { box, isEditable } = data
  const isLane = box.kind === 'lane'
  const size = { width: box.width, height: box.height }
  return {
    id: box.path,
    type: box.kind,
    position: { x: box.x, y: box.y },
    ...size,
    measured: size,
    ...(box.parent === undefined ? {} : { parentId: box.parent }),
    data,
    selected: isSelected,
    draggable: isEditable && !isLane,
    selectable: !isLane,
    focusable: !isLane,
    connectable: isEditable,
    deletable: false,
    ariaLabel: ariaLabel(data),
    ariaRole: 'group',
    ...(box.kind === 'container' ? { dragHandle: undefined } : {}),
    handles: handlePlaces(box, data.direction).map(({ id, type, position, x, y }) => ({
      id,
      type,
      position,
      x: x - 1,
      y: y - 1,
      width: 2,
      height: 2,
    })),
  }
}

function ariaLabel({ box, title, line, state, errors, warnings }: BoxData): string {
  if (box.kind === 'start') return box.parent === undefined ? `Start of ${title}` : 'Start of the scope'
  if (box.kind === 'lane') return `Branch ${title}`
  const problems = errors + warnings > 0 ? `, ${counted(errors + warnings, 'problem')}` : ''
  return `${title}, ${kindOf(box.step).title}, ${line}${state === undefined ? '' : `, ${stateWords(state ?? undefined)}`}${problems}`
}

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
