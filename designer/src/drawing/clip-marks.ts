// Notes and groups on the clipboard. A group is copied with all that lies in it; a group whose members are all copied
// comes along by itself.
import type { Json } from '@durable-canvas/schema'
import type { Drawing, Group, Note, Position } from './drawing.ts'
import { withLayout } from './edit.ts'
import { liesIn } from './mark-places.ts'
import { groupsOf, markOf, markPath, notesOf, rawMarks } from './marks.ts'
import { ScopeMeasure } from './scope-measure.ts'
import { scopeOf } from './static-path.ts'
import { freeId } from './tree.ts'

export interface ClipMarks {
  readonly notes?: readonly Note[]
  readonly groups?: readonly Group[]
}

/** What is selected, with what lies in the groups among it. */
export function withContents(drawing: Drawing, paths: readonly string[]): readonly string[] {
  if (!paths.some((path) => markOf(path)?.kind === 'group')) return paths
  const found = new Set(paths)
  for (const scope of new Set(paths.map(scopeOf))) {
    const { groups, notes } = new ScopeMeasure(drawing).scope(scope)
    for (const { group, rect, holds } of groups) {
      if (!found.has(markPath('group', group))) continue
      for (const path of holds) found.add(path)
      for (const { note, rect: at } of notes) if (liesIn(at, rect)) found.add(markPath('note', note))
    }
  }
  return [...found]
}

/** Those of the scope that are chosen, each where it is now. */
export function copyMarks(drawing: Drawing, scope: string, paths: readonly string[]): ClipMarks {
  if (notesOf(drawing.layout).length + groupsOf(drawing.layout).length === 0) return {}
  const chosen = new Set(paths)
  const placed = new ScopeMeasure(drawing).scope(scope)
  const notes = placed.notes.flatMap(({ note, rect }) =>
    chosen.has(markPath('note', note)) ? [{ ...note, x: rect.x, y: rect.y }] : [],
  )
  const groups = placed.groups.flatMap(({ group, rect }) => {
    const members = group.members.filter((path) => placed.places.has(path))
    const isWhole = members.length > 0 && members.every((path) => chosen.has(path))
    return isWhole || chosen.has(markPath('group', group)) ? [{ ...group, ...rect, members }] : []
  })
  return { ...(notes.length > 0 && { notes }), ...(groups.length > 0 && { groups }) }
}

/** Out of a text from anywhere. */
export function readClipMarks({ notes, groups }: { readonly notes?: unknown; readonly groups?: unknown }): ClipMarks {
  const readable = { notes: notesOf({ notes } as ClipMarks), groups: groupsOf({ groups } as ClipMarks) }
  return {
    ...(readable.notes.length > 0 && { notes: readable.notes }),
    ...(readable.groups.length > 0 && { groups: readable.groups }),
  }
}

export interface PlacedMarks {
  readonly drawing: Drawing
  /** What they are called now. */
  readonly paths: readonly string[]
}

/** Marks in the scope, under ids that are free, moved by `shift`; they speak of steps by the paths that those have now. */
export function placeMarks(
  drawing: Drawing,
  { notes = [], groups = [] }: ClipMarks,
  scope: string,
  renamed: ReadonlyMap<string, string>,
  shift: Position,
): PlacedMarks {
  if (notes.length + groups.length === 0) return { drawing, paths: [] }
  const moved = ({ x, y }: Position) => ({ x: Math.round(x + shift.x), y: Math.round(y + shift.y) })
  const freeNote = freeIds(notesOf(drawing.layout), 'note')
  const freeGroup = freeIds(groupsOf(drawing.layout), 'group')
  const newNotes = notes.map(({ beside, ...note }): Note => {
    const step = beside && renamed.get(beside.step)
    const own = { ...note, ...moved(note), id: freeNote(), scope }
    return beside && step !== undefined ? { ...own, beside: { ...beside, step } } : own
  })
  const newGroups = groups.map(
    (group): Group => ({
      ...group,
      ...moved(group),
      id: freeGroup(),
      scope,
      members: group.members.flatMap((path) => renamed.get(path) ?? []),
    }),
  )
  const added = (kind: 'note' | 'group', list: readonly (Note | Group)[]) => [
    ...rawMarks(drawing.layout, kind),
    ...(list as unknown as readonly Json[]),
  ]
  return {
    drawing: withLayout(drawing, {
      ...(newNotes.length > 0 && { notes: added('note', newNotes) as unknown as readonly Note[] }),
      ...(newGroups.length > 0 && { groups: added('group', newGroups) as unknown as readonly Group[] }),
    }),
    paths: [...newNotes.map((note) => markPath('note', note)), ...newGroups.map((group) => markPath('group', group))],
  }
}

function freeIds(known: readonly { readonly id: string }[], wanted: string): () => string {
  const taken = new Set(known.map(({ id }) => id))
  return () => {
    const id = freeId(taken, wanted)
    taken.add(id)
    return id
  }
}
