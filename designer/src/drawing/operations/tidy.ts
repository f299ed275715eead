import type { Direction, Drawing, Position } from '../drawing.ts'
import { type Edit, edit, withLayout } from '../edit.ts'
import { changedMarks, notesOf, withMarks } from '../marks.ts'
import { ScopeMeasure, type Size } from '../scope-measure.ts'
import { isWithin, ownerOf, scopeOf } from '../static-path.ts'

/** Takes the pins out: of everything, or of a scope and what is inside of it. Then the layout is automatic again. */
export function tidy(drawing: Drawing, scope = ''): Edit {
  const owner = ownerOf(scope)
  const inside = (path: string) => scopeOf(path) === scope || (owner === undefined ? true : isWithin(path, scope))
  const kept = Object.entries(drawing.layout.positions).filter(([path]) => !inside(path))
  if (kept.length === Object.keys(drawing.layout.positions).length) return edit(drawing, drawing, 'Tidy up')
  return edit(drawing, withLayout(drawing, { positions: Object.fromEntries(kept) }), 'Tidy up')
}

/**
 * Boxes placed for one direction make no sense in the other one, so turning tidies too. A note that stood at the side of
 * the flow beside its box stands at the side again.
 */
export function turn(drawing: Drawing, direction: Direction): Edit {
  const label = direction === 'LR' ? 'Flow left to right' : 'Flow top to bottom'
  if ((drawing.layout.direction ?? 'TB') === direction) return edit(drawing, drawing, label)
  const turned = withLayout(drawing, { positions: {}, direction })
  return edit(drawing, withTurnedNotes(drawing, turned), label)
}

function withTurnedNotes(before: Drawing, after: Drawing): Drawing {
  const notes = notesOf(before.layout)
  if (notes.length === 0) return after
  const [old, now] = [new ScopeMeasure(before), new ScopeMeasure(after)]
  const besides = new Map(
    notes.flatMap(({ id, scope, beside, ...size }) => {
      const box = beside && old.scope(scope).places.get(beside.step)
      const next = beside && now.scope(scope).places.get(beside.step)
      return box && next && beside ? [[id, { ...beside, ...turnedOffset(beside, size, box, next) }] as const] : []
    }),
  )
  if (besides.size === 0) return after
  const changed = changedMarks(after.layout, 'note', (id) => {
    const beside = besides.get(id)
    return beside && { beside }
  })
  return withMarks(after, { notes: changed })
}

/** What was right of the box is below it, what was below is right; so too left and above. */
function turnedOffset({ x, y }: Position, note: Size, box: Size, next: Size): Position {
  if (x >= box.width) return { x: y, y: next.height + x - box.width }
  if (x + note.width <= 0) return { x: y, y: x + note.width - note.height }
  if (y >= box.height) return { x: next.width + y - box.height, y: x }
  if (y + note.height <= 0) return { x: y + note.height - note.width, y: x }
  return { x, y }
}

export function toggleCollapsed(drawing: Drawing, path: string): Edit {
  const collapsed = drawing.layout.collapsed ?? []
  const isCollapsed = collapsed.includes(path)
  const next = isCollapsed ? collapsed.filter((other) => other !== path) : [...collapsed, path]
  return edit(drawing, withLayout(drawing, { collapsed: next }), isCollapsed ? 'Expand' : 'Collapse')
}
