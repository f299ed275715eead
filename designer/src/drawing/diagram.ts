// The drawing as boxes with places and sizes, and edges with labels: all that a canvas needs, and nothing of how it
// draws. Sizes are known without measuring, so that a drawing of a thousand steps is on screen at once.

import { portLabel } from './condition-label.ts'
import type { Direction, Drawing, Group, Note, Position } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { markPath } from './marks.ts'
import { leadsOf, type Port, portTarget } from './ports.ts'
import { card, frame, ScopeMeasure, type Size } from './scope-measure.ts'
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

const edgeId = (from: string, port: Port, to: string) => `${from}:${port}:${to}`

/** `root` draws one scope alone, as if it were the document. */
export function diagramOf(drawing: Drawing, root: string = rootScope): Diagram {
  const measure = new ScopeMeasure(drawing)
  const found: Found = { boxes: [], edges: [], notes: [], groups: [] }
  collect(drawing, measure, root, undefined, { x: 0, y: 0 }, 0, found)
  return { ...found, direction: measure.direction, root }
}

interface Found {
  readonly boxes: DiagramBox[]
  readonly edges: DiagramEdge[]
  readonly notes: DiagramNote[]
  readonly groups: DiagramGroup[]
}

function collect(
  drawing: Drawing,
  measure: ScopeMeasure,
  scope: string,
  parent: string | undefined,
  origin: Position,
  depth: number,
  found: Found,
): void {
  const { definition } = drawing
  const { boxes, edges } = found
  const { places, notes, groups } = measure.scope(scope)
  const start = portTarget(scopeAt(definition, scope), 'start')
  const at = (path: string) => {
    const place = places.get(path) ?? { x: 0, y: 0, ...card }
    return { ...place, x: place.x + origin.x, y: place.y + origin.y, origin }
  }
  const inPlace = (rect: Position & Size) => ({
    ...rect,
    x: rect.x + origin.x,
    y: rect.y + origin.y,
    scope,
    parent,
    origin,
  })
  const common = { scope, parent, depth, isCollapsed: false, isStart: false }
  boxes.push({ ...common, ...at(startPath(scope)), path: startPath(scope), kind: 'start', id: '', step: undefined })
  for (const { note, rect } of notes) found.notes.push({ path: markPath('note', note), note, ...inPlace(rect) })
  for (const { group, rect, holds } of groups) {
    found.groups.push({ path: markPath('group', group), group, holds, ...inPlace(rect) })
  }
  const steps = stepsIn(definition, scope)
  const known = new Set(steps.map(({ path }) => path))
  const order = new Map([...places.keys()].map((path) => [path, places.get(path)]))
  const along = (path: string) => {
    const place = order.get(path)
    return place === undefined ? 0 : measure.direction === 'TB' ? place.y : place.x
  }
  const add = (from: string, port: Port, id: string, label: string) => {
    const to = stepPath(scope, id)
    if (!known.has(to)) return
    edges.push({ id: edgeId(from, port, to), from, port, to, scope, label, isBack: along(to) <= along(from) })
  }
  if (start !== undefined) add(startPath(scope), 'start', start, '')
  for (const { path, id, step } of steps) {
    const inner = scopesIn(path, step)
    const isContainer = measure.isContainer(path, step)
    const isCollapsed = inner.length > 0 && !isContainer
    const [only] = inner
    const holds = isContainer && only !== undefined && only.branch === undefined ? { holds: only.scope } : {}
    const box: DiagramBox = {
      ...common,
      ...at(path),
      path,
      id,
      step,
      kind: isContainer ? 'container' : 'card',
      isCollapsed,
      isStart: id === start,
      ...holds,
    }
    boxes.push(box)
    for (const { port, to } of leadsOf(step)) add(path, port, to, portLabel(step, port))
    if (isContainer) collectInside(drawing, measure, box, depth + 1, found)
  }
}

function collectInside(drawing: Drawing, measure: ScopeMeasure, owner: DiagramBox, depth: number, found: Found): void {
  const { header, padding, laneHeader, laneGap } = frame
  let along = 0
  for (const { scope, branch } of scopesIn(owner.path, owner.step ?? {})) {
    const drawn = measure.scope(scope)
    if (branch === undefined) {
      const room = owner.width - padding * 2
      const origin = { x: padding + (room - drawn.width) / 2 - drawn.left, y: header - drawn.top }
      collect(drawing, measure, scope, owner.path, origin, depth, found)
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
    found.boxes.push(lane)
    along += (across ? size.width : size.height) + laneGap
    const origin = { x: (lane.width - drawn.width) / 2 - drawn.left, y: laneHeader + 4 - drawn.top }
    collect(
      drawing,
      measure,
      scope,
      lane.path,
      across ? origin : { ...origin, x: padding - drawn.left },
      depth + 1,
      found,
    )
  }
}

/** Places from the canvas's upper left corner. */
export function absolutePlaces(boxes: readonly DiagramBox[]): Map<string, Position & Size> {
  const places = new Map<string, Position & Size>()
  for (const { path, parent, x, y, width, height } of boxes) {
    const outer = parent === undefined ? undefined : places.get(parent)
    places.set(path, { x: x + (outer?.x ?? 0), y: y + (outer?.y ?? 0), width, height })
  }
  return places
}

/** The same, of boxes, notes and groups. */
export function allPlaces({ boxes, notes, groups }: Diagram): Map<string, Position & Size> {
  const places = absolutePlaces(boxes)
  for (const { path, parent, x, y, width, height } of [...notes, ...groups]) {
    const outer = parent === undefined ? undefined : places.get(parent)
    places.set(path, { x: x + (outer?.x ?? 0), y: y + (outer?.y ?? 0), width, height })
  }
  return places
}

/** The places to store so that every box of the scope stays where it is. */
export function pinsOf(diagram: Diagram, scope: string): { [path: string]: Position } {
  return Object.fromEntries(
    diagram.boxes
      .filter((box) => box.kind !== 'lane' && scopeOf(box.path) === scope)
      .map(({ path, x, y, origin }) => [path, { x: x - origin.x, y: y - origin.y }]),
  )
}
