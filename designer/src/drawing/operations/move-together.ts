// Boxes, notes and groups moved by one gesture. A group takes along what lies in it. A box that is moved by itself joins
// the group that it is put into and leaves the one that it is taken out of, and the frames of those stay where they are.
import type { Json } from '@durable-canvas/schema'
import type { Drawing, Position, Positions } from '../drawing.ts'
import type { Rect } from '../edge-route.ts'
import { type Edit, edit, withLayout } from '../edit.ts'
import { besideAt, framed, liesIn, type Places } from '../mark-places.ts'
import { changedMarks, markOf, markPath, withMarks } from '../marks.ts'
import { ScopeMeasure } from '../scope-measure.ts'
import { scopeOf } from '../static-path.ts'
import { moveBoxes } from './move-boxes.ts'

/** New upper left corners, in the scopes that things stand in. Once one box of a scope is moved, all of its boxes have places, so that the others stay. */
export function moveTogether(drawing: Drawing, corners: Positions): Edit {
  const paths = Object.keys(corners)
  let moved = drawing
  for (const scope of new Set(paths.map(scopeOf))) {
    moved = movedInScope(moved, scope, new Map(Object.entries(corners).filter(([path]) => scopeOf(path) === scope)))
  }
  return edit(drawing, moved, labelOf(drawing, corners))
}

function labelOf(drawing: Drawing, corners: Positions): string {
  const [first, ...others] = Object.keys(corners)
  const kind = first === undefined || others.length > 0 ? undefined : markOf(first)?.kind
  if (kind !== undefined) return `Move a ${kind}`
  return moveBoxes(drawing, corners).label
}

function movedInScope(drawing: Drawing, scope: string, wanted: ReadonlyMap<string, Position>): Drawing {
  const before = new ScopeMeasure(drawing).scope(scope)
  const corners = new Map(wanted)
  // What a group takes along, unless it was given a place of its own.
  for (const [path, at] of wanted) {
    const group = before.groups.find((one) => markPath('group', one.group) === path)
    if (group === undefined) continue
    for (const [other, rect] of contentsOf(group.rect, group.holds, before)) {
      if (!corners.has(other)) {
        corners.set(other, { x: rect.x + at.x - group.rect.x, y: rect.y + at.y - group.rect.y })
      }
    }
  }
  const boxes = [...corners].filter(([path, at]) => {
    const box = before.places.get(path)
    return box !== undefined && (box.x !== at.x || box.y !== at.y)
  })
  const { positions } = drawing.layout
  const pins = [...before.places].filter(([path]) => positions[path] === undefined).map(cornerOf)
  const placed =
    boxes.length === 0
      ? drawing
      : withLayout(drawing, { positions: { ...positions, ...Object.fromEntries([...pins, ...boxes]) } })
  const { places } = new ScopeMeasure(placed).scope(scope)
  const moved = new Set(boxes.map(([path]) => path))
  const groups = new Map<string, { readonly [field: string]: Json | undefined }>()
  for (const { group, rect, holds } of before.groups) {
    const at = corners.get(markPath('group', group))
    if (at !== undefined) groups.set(group.id, framed({ ...rect, ...at }, holds, places))
    else if (moved.size > 0) {
      const members = membersAfter(group.members, moved, rect, places)
      if (members !== undefined) groups.set(group.id, framed(rect, members, places))
    }
  }
  const notes = new Map<string, { readonly [field: string]: Json | undefined }>()
  for (const { note, rect } of before.notes) {
    const at = corners.get(markPath('note', note))
    // A box that it stands beside brings it along.
    if (at === undefined || (note.beside && moved.has(note.beside.step) && !wanted.has(markPath('note', note))))
      continue
    const whole = { x: Math.round(at.x), y: Math.round(at.y) }
    notes.set(note.id, { ...whole, beside: besideAt({ ...rect, ...whole }, places) })
  }
  return withMarks(placed, {
    ...(groups.size > 0 && { groups: changedMarks(placed.layout, 'group', (id) => groups.get(id)) }),
    ...(notes.size > 0 && { notes: changedMarks(placed.layout, 'note', (id) => notes.get(id)) }),
  })
}

const cornerOf = ([path, { x, y }]: readonly [string, Rect]) => [path, { x, y }] as const

type Before = ReturnType<ScopeMeasure['scope']>

function contentsOf(frame: Rect, holds: readonly string[], { places, notes, groups }: Before): [string, Rect][] {
  return [
    ...holds.flatMap((path): [string, Rect][] => {
      const box = places.get(path)
      return box === undefined ? [] : [[path, box]]
    }),
    ...notes.flatMap(({ note, rect }): [string, Rect][] =>
      liesIn(rect, frame) ? [[markPath('note', note), rect]] : [],
    ),
    ...groups.flatMap(({ group, rect }): [string, Rect][] =>
      isInside(rect, frame) ? [[markPath('group', group), rect]] : [],
    ),
  ]
}

/** A smaller frame within the larger one; the larger one itself is not. */
const isInside = (inner: Rect, outer: Rect) =>
  inner.width * inner.height < outer.width * outer.height && liesIn(inner, outer)

/** Undefined where the gesture is none of the group's business. */
function membersAfter(
  members: readonly string[],
  moved: ReadonlySet<string>,
  frame: Rect,
  places: Places,
): readonly string[] | undefined {
  const isIn = (path: string) => {
    const box = places.get(path)
    return box !== undefined && liesIn(box, frame)
  }
  const stay = members.filter((path) => !moved.has(path) || isIn(path))
  const join = [...moved].filter((path) => !members.includes(path) && isIn(path))
  const isTouched = join.length > 0 || members.some((path) => moved.has(path))
  return isTouched ? [...stay, ...join] : undefined
}
