// How much room a scope takes: each of its boxes with a size and a place, from the innermost scopes outwards.

import { portLabel } from './condition-label.ts'
import type { Direction, Drawing, Layout, LostEdge, Position } from './drawing.ts'
import type { JsonObject } from './json.ts'
import type { Gaps, LayoutEdge, LayoutNode } from './layered-layout.ts'
import { type PlacedGroup, type PlacedNote, placedGroup, placedNotes } from './mark-places.ts'
import { groupsOf, notesOf } from './marks.ts'
import { leadsOf, type Port, portKind, portsOf, portTarget } from './ports.ts'
import { rememberedLayout } from './remembered-layout.ts'
import { rootScope, startPath, stepPath } from './static-path.ts'
import { scopeAt, scopesIn, stepsIn } from './tree.ts'

export const card = { width: 220, height: 56 }
export const startPill = { width: 148, height: 32 }
export const startDot = { width: 16, height: 16 }
export const frame = { header: 44, padding: 20, laneHeader: 26, laneGap: 12 }
export const emptyBody = { width: 220, height: 72 }
const gaps: Gaps = { between: 36, ranks: 60 }

export interface Size {
  readonly width: number
  readonly height: number
}

export interface ScopeDrawing extends Size {
  /** From the scope's own origin. */
  readonly places: ReadonlyMap<string, Position & Size>
  readonly notes: readonly PlacedNote[]
  readonly groups: readonly PlacedGroup[]
  /** Upper left corner of what is in it. */
  readonly left: number
  readonly top: number
}

/** Every body as it was drawn last: a document shares what did not change, and most of it never does. */
const remembered = new WeakMap<
  JsonObject,
  { readonly scope: string; readonly layout: Layout; readonly lost: Drawing['lost']; readonly drawn: ScopeDrawing }
>()

const shaping = ['positions', 'collapsed', 'direction', 'notes', 'groups'] as const
const isSameShape = (a: Layout, b: Layout) => shaping.every((key) => a[key] === b[key])

export class ScopeMeasure {
  readonly direction: Direction
  readonly #definition: JsonObject
  readonly #layout: Layout
  readonly #lost: Drawing['lost']
  readonly #collapsed: ReadonlySet<string>
  readonly #scopes = new Map<string, ScopeDrawing>()
  /** How broad the automatic layout of a scope is, with the lanes that its long edges need. */
  readonly #breadths = new Map<string, number>()

  constructor({ definition, layout, lost }: Drawing) {
    this.#definition = definition
    this.#lost = lost
    this.#layout = layout
    this.direction = layout.direction ?? 'TB'
    this.#collapsed = new Set(layout.collapsed ?? [])
  }

  isCollapsed(path: string): boolean {
    return this.#collapsed.has(path)
  }

  isContainer(path: string, step: JsonObject): boolean {
    return !this.#collapsed.has(path) && scopesIn(path, step).length > 0
  }

  scope(scope: string): ScopeDrawing {
    const known = this.#scopes.get(scope)
    if (known !== undefined) return known
    const drawn = this.#remembered(scope)
    this.#scopes.set(scope, drawn)
    return drawn
  }

  #remembered(scope: string): ScopeDrawing {
    const layout = this.#layout
    const body = scopeAt(this.#definition, scope)
    const before = body && remembered.get(body)
    const lost = this.#lost
    if (before?.scope === scope && before.lost === lost && isSameShape(before.layout, layout)) return before.drawn
    const drawn = this.#place(scope)
    if (body !== undefined) remembered.set(body, { scope, layout, lost, drawn })
    return drawn
  }

  size(path: string, step: JsonObject): Size {
    if (!this.isContainer(path, step)) return card
    const inner = scopesIn(path, step).map(({ scope, branch }) => this.body(scope, branch))
    const { header, padding, laneGap } = frame
    const across = this.direction === 'TB'
    const lengths = inner.map((size) => (across ? size.width : size.height))
    const breadths = inner.map((size) => (across ? size.height : size.width))
    const length = lengths.reduce((sum, value) => sum + value, 0) + laneGap * (inner.length - 1)
    const breadth = Math.max(...breadths)
    const [width, height] = across ? [length, breadth] : [breadth, length]
    return { width: Math.max(width + padding * 2, card.width + 40), height: height + header + padding }
  }

  /** A scope with the room around it. */
  body(scope: string, branch: string | undefined): Size {
    const { width, height } = this.scope(scope)
    const lane = branch === undefined ? 0 : frame.padding
    return { width: width + lane * 2, height: height + (branch === undefined ? 0 : frame.laneHeader + frame.padding) }
  }

  /** Labels lie along the edges of a flow from left to right, so the longest one has to fit. */
  #gapsAcross(scope: string): Gaps {
    const labels = stepsIn(this.#definition, scope).flatMap(({ step }) =>
      leadsOf(step).map(({ port }) => (portKind(port) === 'catch' ? 0 : portLabel(step, port).length)),
    )
    return { between: 28, ranks: Math.max(72, Math.min(240, Math.max(0, ...labels) * 6.1 + 64)) }
  }

  #place(scope: string): ScopeDrawing {
    const steps = stepsIn(this.#definition, scope)
    const sizes = new Map<string, Size>([[startPath(scope), scope === rootScope ? startPill : startDot]])
    for (const { path, step } of steps) sizes.set(path, this.size(path, step))
    const { positions } = this.#layout
    const isPinned = [...sizes.keys()].some((path) => positions[path] !== undefined)
    const places = isPinned ? this.#pinned(scope, sizes) : this.#automatic(scope, sizes)
    const own = notesOf(this.#layout).filter((note) => note.scope === scope)
    const notes = placedNotes(own, places)
    const groups = groupsOf(this.#layout).flatMap((group) =>
      group.scope === scope ? (placedGroup(group, places) ?? []) : [],
    )
    // A container has room for what is written and framed inside of it too.
    const boxes = [...places.values(), ...notes.map(({ rect }) => rect), ...groups.map(({ rect }) => rect)]
    const left = Math.min(...boxes.map(({ x }) => x))
    const top = Math.min(...boxes.map(({ y }) => y))
    const right = Math.max(...boxes.map((box) => box.x + box.width))
    const bottom = Math.max(...boxes.map((box) => box.y + box.height))
    const lanes = isPinned ? 0 : (this.#breadths.get(scope) ?? 0)
    const width = Math.max(right - left, this.direction === 'TB' ? lanes - left : 0)
    const height = Math.max(bottom - top, this.direction === 'LR' ? lanes - top : 0)
    const least = scope === rootScope ? { width: 0, height: 0 } : emptyBody
    const spare = { x: Math.max(0, least.width - width), y: Math.max(0, least.height - height) }
    const isTurned = this.direction === 'LR'
    return {
      places,
      notes,
      groups,
      left: isTurned ? left : left - spare.x / 2,
      top: isTurned ? top - spare.y / 2 : top,
      width: width + spare.x,
      height: height + spare.y,
    }
  }

  /** Boxes of a scope as the layout would have them, if there were no others. */
  arranged(scope: string, sizes: ReadonlyMap<string, Size>): ReadonlyMap<string, Position & Size> {
    return this.#automatic(scope, sizes)
  }

  #automatic(scope: string, sizes: ReadonlyMap<string, Size>): Map<string, Position & Size> {
    const turned = this.direction === 'LR'
    const nodes: LayoutNode[] = [...sizes].map(([id, { width, height }]) =>
      turned ? { id, width: height, height: width } : { id, width, height },
    )
    const { corners, width } = rememberedLayout(
      nodes,
      [...layoutEdges(this.#definition, scope, turned), ...lostEdges(this.#lost, scope)],
      turned ? this.#gapsAcross(scope) : gaps,
    )
    this.#breadths.set(scope, width)
    return new Map(
      [...sizes].map(([path, size]) => {
        const { x, y } = corners.get(path) ?? { x: 0, y: 0 }
        return [path, turned ? { x: y, y: x, ...size } : { x, y, ...size }]
      }),
    )
  }

  /** Boxes keep their places; new ones stand below all others, and what has grown pushes those below it down. */
  #pinned(scope: string, sizes: ReadonlyMap<string, Size>): Map<string, Position & Size> {
    const { positions } = this.#layout
    const places = new Map<string, Position & Size>()
    for (const [path, size] of sizes) {
      const at = positions[path]
      if (at !== undefined) places.set(path, { x: at.x, y: at.y, ...size })
    }
    const missing = [...sizes].filter(([path]) => !places.has(path))
    if (missing.length === 0) return places
    const automatic = this.#automatic(scope, sizes)
    for (const [path, size] of missing) places.set(path, { ...freePlace(places, automatic.get(path), size), ...size })
    return places
  }
}

function freePlace(places: ReadonlyMap<string, Position & Size>, wanted: Position | undefined, size: Size): Position {
  const at = { x: wanted?.x ?? 0, y: wanted?.y ?? 0 }
  const hit = () =>
    [...places.values()].find(
      (box) =>
        at.x < box.x + box.width + 12 &&
        box.x < at.x + size.width + 12 &&
        at.y < box.y + box.height + 12 &&
        box.y < at.y + size.height + 12,
    )
  for (let box = hit(); box !== undefined; box = hit()) at.y = box.y + box.height + 24
  return at
}

function layoutEdges(definition: JsonObject, scope: string, turned: boolean): LayoutEdge[] {
  const length = turned ? card.height : card.width
  const side = turned ? 70 : 150
  const edges: LayoutEdge[] = []
  const start = portTarget(scopeAt(definition, scope), 'start')
  if (start !== undefined) edges.push({ from: startPath(scope), to: stepPath(scope, start), weight: 2, offset: 0 })
  for (const { path, step } of stepsIn(definition, scope)) {
    const ports = portsOf(step)
    for (const { port, to } of leadsOf(step)) {
      const kind = portKind(port)
      const aside = kind === 'catch' || kind === 'onTimeout'
      const offset = kind === 'catch' ? side : kind === 'onTimeout' ? -side : portOffset(ports, port, length)
      edges.push({ from: path, to: stepPath(scope, to), weight: aside ? 0.02 : 1, offset })
    }
  }
  return edges
}

/** They say what stood behind what, and bend for what is there now. */
const lostEdges = (lost: readonly LostEdge[] = [], scope: string): LayoutEdge[] =>
  lost.flatMap((edge) => (edge.scope === scope ? [{ from: edge.from, to: edge.to, weight: 0.02, offset: 0 }] : []))

/** Where a port stands on the end of its box, from the middle: ports of a choice share it evenly. */
export function portOffset(ports: readonly Port[], port: Port, length: number): number {
  const atEnd = ports.filter((other) => {
    const kind = portKind(other)
    return kind === 'choice' || kind === 'otherwise' || kind === 'next'
  })
  const index = atEnd.indexOf(port)
  return index < 0 ? 0 : Math.round(((index + 0.5) / atEnd.length - 0.5) * length)
}
