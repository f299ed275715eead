// The drawing as boxes with places and sizes, and edges with labels: all that a canvas needs, and nothing of how it
// draws. Sizes are known without measuring, so that a drawing of a thousand steps is on screen at once.

import { portLabel } from './condition-label.ts'
import type { Direction, Drawing, Group, LostEdge, Note, Position } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { markPath } from './marks.ts'
import { edgeId, type Lead, leadsOf, type Port, portTarget } from './ports.ts'
import { card, frame, type ScopeDrawing, ScopeMeasure, type Size } from './scope-measure.ts'
import { sharedDiagram } from './shared-diagram.ts'
import { rootScope, scopeOf, startPath, stepPath } from './static-path.ts'
import { scopeAt, scopesIn, stepsIn } from './tree.ts'

export type BoxKind = 'start' | 'card' | 'container' | 'lane'

export interface DiagramBox extends Position, Size {
  /** A step's static path, a start marker's, or for a lane its scope. */
  readonly path: string
  readonly kind: BoxKind
  readonly id: string
  /** The scope that it stands in. */
  readonly scope: string
  /** The box that it is drawn inside of; x and y count from there. */
  readonly parent: string | undefined
  readonly step: JsonObject | undefined
  /** The scope inside, for a container with one body and for a lane. */
  readonly holds?: string
  readonly branch?: string
  readonly isCollapsed: boolean
  readonly isStart: boolean
  readonly depth: number
  /** Where the place counts from, in the space of the parent: what to take off before it is stored. */
  readonly origin: Position
}

export interface DiagramEdge {
  readonly id: string
  readonly from: string
  readonly port: Port
  readonly to: string
  readonly scope: string
  readonly label: string
  readonly isBack: boolean
}

interface DiagramMark extends Position, Size {
  /** `markPath` of it. */
  readonly path: string
  readonly scope: string
  readonly parent: string | undefined
  readonly origin: Position
}

export interface DiagramNote extends DiagramMark {
  readonly note: Note
}

export interface DiagramGroup extends DiagramMark {
  readonly group: Group
  /** The boxes that lie in it. */
  readonly holds: readonly string[]
}

export interface Diagram {
  readonly boxes: readonly DiagramBox[]
  readonly edges: readonly DiagramEdge[]
  readonly notes: readonly DiagramNote[]
  readonly groups: readonly DiagramGroup[]
  readonly direction: Direction
  readonly root: string
}

interface Wire extends Lead {
  readonly label: string
}

const wires = new WeakMap<JsonObject, readonly Wire[]>()

/** A step that did not change has the edges that it had. */
function wiresOf(step: JsonObject): readonly Wire[] {
  const known = wires.get(step)
  if (known !== undefined) return known
  const found = leadsOf(step).map((lead) => ({ ...lead, label: portLabel(step, lead.port) }))
  wires.set(step, found)
  return found
}

/** `root` draws one scope alone, as if it were the document. What is as it was `before` is the same object. */
export function diagramOf(drawing: Drawing, root: string = rootScope, before?: Diagram): Diagram {
  const measure = new ScopeMeasure(drawing)
  const view: View = { definition: drawing.definition, lost: drawing.lost ?? [], measure }
  const found = partsOf(view, { scope: root, parent: undefined, origin: { x: 0, y: 0 }, depth: 0 })
  const diagram = { ...found, direction: measure.direction, root }
  return before === undefined ? diagram : sharedDiagram(diagram, before)
}

interface View {
  readonly definition: JsonObject
  readonly lost: readonly LostEdge[]
  readonly measure: ScopeMeasure
}

/** A scope, and where it stands in the picture. */
interface Standing {
  readonly scope: string
  readonly parent: string | undefined
  readonly origin: Position
  readonly depth: number
}

interface Parts {
  readonly boxes: DiagramBox[]
  readonly edges: DiagramEdge[]
  readonly notes: DiagramNote[]
  readonly groups: DiagramGroup[]
}

/** What a scope that is drawn as before, at the place of before, consists of; what is inside of it counts. */
const collected = new WeakMap<ScopeDrawing, { readonly standing: Standing; readonly parts: Parts }>()

function partsOf(view: View, standing: Standing): Parts {
  const drawn = view.measure.scope(standing.scope)
  const before = collected.get(drawn)
  if (before !== undefined && isSameStanding(before.standing, standing)) return before.parts
  const parts: Parts = { boxes: [], edges: [], notes: [], groups: [] }
  collect(view, drawn, standing, parts)
  collected.set(drawn, { standing, parts })
  return parts
}

const isSameStanding = (a: Standing, b: Standing) =>
  a.parent === b.parent && a.depth === b.depth && a.origin.x === b.origin.x && a.origin.y === b.origin.y

function add(parts: Parts, inner: Parts): void {
  for (const box of inner.boxes) parts.boxes.push(box)
  for (const edge of inner.edges) parts.edges.push(edge)
  for (const note of inner.notes) parts.notes.push(note)
  for (const group of inner.groups) parts.groups.push(group)
}

function collect(view: View, drawn: ScopeDrawing, standing: Standing, parts: Parts): void {
  const { definition, measure } = view
  const { scope, parent, origin, depth } = standing
  const { places, notes, groups } = drawn
  const start = portTarget(scopeAt(definition, scope), 'start')
  const boxAt = (path: string, what: Pick<DiagramBox, 'id' | 'step' | 'kind' | 'isCollapsed' | 'isStart'>) => {
    const { x, y, width, height } = places.get(path) ?? { x: 0, y: 0, ...card }
    const { id, step, kind, isCollapsed, isStart } = what
    const place = { x: x + origin.x, y: y + origin.y, width, height, origin }
    return { path, id, step, kind, isCollapsed, isStart, scope, parent, depth, ...place }
  }
  const markAt = (rect: Position & Size) => ({
    ...rect,
    x: rect.x + origin.x,
    y: rect.y + origin.y,
    scope,
    parent,
    origin,
  })
  const marker = { id: '', step: undefined, kind: 'start', isCollapsed: false, isStart: false } as const
  parts.boxes.push(boxAt(startPath(scope), marker))
  for (const { note, rect } of notes) parts.notes.push({ path: markPath('note', note), note, ...markAt(rect) })
  for (const { group, rect, holds } of groups) {
    parts.groups.push({ path: markPath('group', group), group, holds, ...markAt(rect) })
  }
  const steps = stepsIn(definition, scope)
  const known = new Set(steps.map(({ path }) => path))
  const along = (path: string) => {
    const place = places.get(path)
    return place === undefined ? 0 : measure.direction === 'TB' ? place.y : place.x
  }
  const addEdge = (from: string, port: Port, id: string, label: string) => {
    const to = stepPath(scope, id)
    if (!known.has(to)) return
    parts.edges.push({ id: edgeId(from, port, to), from, port, to, scope, label, isBack: along(to) <= along(from) })
  }
  if (start !== undefined) addEdge(startPath(scope), 'start', start, '')
  for (const { path, id, step } of steps) {
    const inner = scopesIn(path, step)
    const isContainer = measure.isContainer(path, step)
    const [only] = inner
    const box: DiagramBox = boxAt(path, {
      id,
      step,
      kind: isContainer ? 'container' : 'card',
      isCollapsed: inner.length > 0 && !isContainer,
      isStart: id === start,
    })
    const holdsOne = isContainer && only !== undefined && only.branch === undefined
    parts.boxes.push(holdsOne ? { ...box, holds: only.scope } : box)
    for (const { port, to, label } of wiresOf(step)) addEdge(path, port, to, label)
    if (isContainer) collectInside(view, box, depth + 1, parts)
  }
  for (const { scope: own, ...edge } of view.lost) {
    if (own === scope) parts.edges.push({ ...edge, scope, isBack: along(edge.to) <= along(edge.from) })
  }
}

function collectInside(view: View, owner: DiagramBox, depth: number, parts: Parts): void {
  const { measure } = view
  const { header, padding, laneHeader, laneGap } = frame
  let along = 0
  for (const { scope, branch } of scopesIn(owner.path, owner.step ?? {})) {
    const drawn = measure.scope(scope)
    if (branch === undefined) {
      const room = owner.width - padding * 2
      const origin = { x: padding + (room - drawn.width) / 2 - drawn.left, y: header - drawn.top }
      add(parts, partsOf(view, { scope, parent: owner.path, origin, depth }))
      continue
    }
    const size = measure.body(scope, branch)
    const across = measure.direction === 'TB'
    const lane: DiagramBox = {
      path: scope,
      kind: 'lane',
      id: branch,
      branch,
      holds: scope,
      scope: owner.scope,
      parent: owner.path,
      step: undefined,
      isCollapsed: false,
      isStart: false,
      depth,
      origin: { x: 0, y: 0 },
      x: across ? padding + along : padding,
      y: across ? header : header + along,
      width: across ? size.width : owner.width - padding * 2,
      height: across ? owner.height - header - padding : size.height,
    }
    parts.boxes.push(lane)
    along += (across ? size.width : size.height) + laneGap
    const top = laneHeader + 4 - drawn.top
    const left = across ? (lane.width - drawn.width) / 2 - drawn.left : padding - drawn.left
    add(parts, partsOf(view, { scope, parent: lane.path, origin: { x: left, y: top }, depth: depth + 1 }))
  }
}

const absolute = new WeakMap<readonly DiagramBox[], ReadonlyMap<string, Position & Size>>()

/** Places from the canvas's upper left corner. */
export function absolutePlaces(boxes: readonly DiagramBox[]): ReadonlyMap<string, Position & Size> {
  const known = absolute.get(boxes)
  if (known !== undefined) return known
  const places = new Map<string, Position & Size>()
  addPlaces(places, boxes)
  absolute.set(boxes, places)
  return places
}

/** The same, of boxes, notes and groups. */
export function allPlaces({
  boxes,
  notes,
  groups,
}: Pick<Diagram, 'boxes' | 'notes' | 'groups'>): ReadonlyMap<string, Position & Size> {
  if (notes.length + groups.length === 0) return absolutePlaces(boxes)
  const places = new Map(absolutePlaces(boxes))
  addPlaces(places, notes)
  addPlaces(places, groups)
  return places
}

type Placed = Position & Size & Pick<DiagramBox, 'path' | 'parent'>

function addPlaces(places: Map<string, Position & Size>, boxes: readonly Placed[]): void {
  for (const { path, parent, x, y, width, height } of boxes) {
    const outer = parent === undefined ? undefined : places.get(parent)
    places.set(path, { x: x + (outer?.x ?? 0), y: y + (outer?.y ?? 0), width, height })
  }
}

/** The places to store so that every box of the scope stays where it is. */
export function pinsOf(diagram: Diagram, scope: string): { [path: string]: Position } {
  return Object.fromEntries(
    diagram.boxes
      .filter((box) => box.kind !== 'lane' && scopeOf(box.path) === scope)
      .map(({ path, x, y, origin }) => [path, { x: x - origin.x, y: y - origin.y }]),
  )
}
