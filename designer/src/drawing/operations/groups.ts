import type { Json } from '@durable-canvas/schema'
import type { Drawing } from '../drawing.ts'
import type { Rect } from '../edge-route.ts'
import { type Edit, edit } from '../edit.ts'
import { boundsOf, closeRoom, framed, lyingIn, withRoom } from '../mark-places.ts'
import { changedMarks, groupAt, groupsOf, type MarkColour, markPath, rawMarks, withMarks } from '../marks.ts'
import { ScopeMeasure } from '../scope-measure.ts'
import { scopeOf } from '../static-path.ts'
import { freeId, scopeAt } from '../tree.ts'

export interface NewGroup {
  readonly scope: string
  /** Around these boxes of the scope, */
  readonly members?: readonly string[]
  /** or there, around what lies in it. */
  readonly rect?: Rect
  readonly title?: string
  readonly colour?: MarkColour
}

export function addGroup(drawing: Drawing, { scope, members = [], rect, title = 'Group', colour }: NewGroup): Edit {
  const label = 'Add a group'
  if (scopeAt(drawing.definition, scope) === undefined) return edit(drawing, drawing, label)
  const { places } = new ScopeMeasure(drawing).scope(scope)
  const own = members.filter((path) => scopeOf(path) === scope && places.has(path))
  const around = boundsOf(own.flatMap((path) => places.get(path) ?? []))
  const frame = rect ?? (around && withRoom(around, closeRoom))
  if (frame === undefined) return edit(drawing, drawing, label)
  const id = freeId(new Set(groupsOf(drawing.layout).map((group) => group.id)), 'group')
  const { room, ...fields } = framed(whole(frame), rect === undefined ? own : lyingIn(frame, places), places)
  const group = { id, scope, title, ...fields, ...(room && { room }), ...(colour && { colour }) }
  const groups = [...rawMarks(drawing.layout, 'group'), group as Json]
  return edit(drawing, withMarks(drawing, { groups }), label, [markPath('group', group)])
}

export function titleGroup(drawing: Drawing, path: string, title: string): Edit {
  const group = groupAt(drawing.layout, path)
  return edit(drawing, group ? changedGroup(drawing, group.id, { title }) : drawing, 'Name a group')
}

/** Another frame: what lies in it belongs to it. */
export function resizeGroup(drawing: Drawing, path: string, rect: Rect): Edit {
  const group = groupAt(drawing.layout, path)
  if (group === undefined) return edit(drawing, drawing, 'Resize a group')
  const { places } = new ScopeMeasure(drawing).scope(group.scope)
  const fields = framed(whole(rect), lyingIn(rect, places), places)
  return edit(drawing, changedGroup(drawing, group.id, fields), 'Resize a group')
}

const whole = ({ x, y, width, height }: Rect): Rect => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
})

const changedGroup = (drawing: Drawing, id: string, change: { readonly [field: string]: Json | undefined }) =>
  withMarks(drawing, { groups: changedMarks(drawing.layout, 'group', (one) => (one === id ? change : undefined)) })
