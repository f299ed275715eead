import type { Drawing, Layout } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import { isObject } from '../json.ts'
import { changedMarks, isMarkThere, type MarkColour, type MarkKind, markOf, rawMarks, withMarks } from '../marks.ts'

/** Takes notes and groups away; what stands in a group stays. */
export function removeMarks(drawing: Drawing, paths: readonly string[]): Edit {
  const chosen = idsOf(drawing.layout, paths)
  const label = removalLabel(chosen.note.size, chosen.group.size)
  if (chosen.note.size + chosen.group.size === 0) return edit(drawing, drawing, label)
  const kept = (kind: MarkKind) =>
    rawMarks(drawing.layout, kind).filter((value) => !isObject(value) || !chosen[kind].has(String(value.id)))
  return edit(drawing, withMarks(drawing, { notes: kept('note'), groups: kept('group') }), label, [])
}

function removalLabel(notes: number, groups: number): string {
  const words = [
    notes > 0 && (notes === 1 ? 'a note' : `${notes} notes`),
    groups > 0 && (groups === 1 ? 'a group' : `${groups} groups`),
  ]
  return `Delete ${words.filter(Boolean).join(' and ') || 'notes'}`
}

export function colourMarks(drawing: Drawing, paths: readonly string[], colour: MarkColour): Edit {
  const chosen = idsOf(drawing.layout, paths)
  if (chosen.note.size + chosen.group.size === 0) return edit(drawing, drawing, 'Colour')
  const change = (kind: MarkKind) =>
    changedMarks(drawing.layout, kind, (id) => (chosen[kind].has(id) ? { colour } : undefined))
  return edit(drawing, withMarks(drawing, { notes: change('note'), groups: change('group') }), 'Colour')
}

function idsOf(layout: Layout, paths: readonly string[]): { readonly [kind in MarkKind]: ReadonlySet<string> } {
  const there = paths.filter((path) => isMarkThere(layout, path)).flatMap((path) => markOf(path) ?? [])
  const ids = (kind: MarkKind) => new Set(there.filter((mark) => mark.kind === kind).map(({ id }) => id))
  return { note: ids('note'), group: ids('group') }
}
