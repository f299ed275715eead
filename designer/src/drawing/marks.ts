// Notes and groups, as they are kept in the layout. They may have been written by another version of the product or by
// hand: what cannot be read is passed over here and stays where it is. On the canvas, and in a selection, a note or group
// is named like a box: by the scope that it stands in and a name that no step can have.
import type { Json } from '@durable-canvas/schema'
import type { Drawing, Group, Layout, Note, Room } from './drawing.ts'
import { isArray, isObject, type JsonObject } from './json.ts'
import { idOf, rootScope, scopeOf, startPath, stepPath } from './static-path.ts'

/** Names of colours that the theme has; the first is that of a new note, the second that of a new group. */
export const markColours = ['amber', 'blue', 'violet', 'teal', 'grey', 'red'] as const
export type MarkColour = (typeof markColours)[number]

export const colourOf = (colour: string | undefined, other: MarkColour): MarkColour =>
  markColours.find((known) => known === colour) ?? other

export type MarkKind = 'note' | 'group'

const markName = /^@(note|group):/

/** Joins what is typed into a note, or into the title of a group, to one entry of the history. */
export const markTyping = (path: string): string => `mark:${path}`

export const isMarkTyping = (key: string): boolean => key.startsWith('mark:')

export function markPath(kind: MarkKind, { scope, id }: { readonly scope: string; readonly id: string }): string {
  const name = `@${kind}:${stepPath(rootScope, id)}`
  return scope === rootScope ? name : `${scope}/${name}`
}

export interface MarkName {
  readonly kind: MarkKind
  readonly scope: string
  readonly id: string
}

/** What the path names, if it is no box. */
export function markOf(path: string): MarkName | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const kind = markName.exec(name)?.[1]
  if (kind === undefined) return undefined
  const id = idOf(name.slice(kind.length + 2))
  return { kind: kind === 'note' ? 'note' : 'group', scope: scopeOf(path), id }
}

export const isMarkPath = (path: string): boolean => markName.test(path.slice(path.lastIndexOf('/') + 1))

export function noteAt(layout: Layout, path: string): Note | undefined {
  const name = markOf(path)
  if (name?.kind !== 'note') return undefined
  return notesOf(layout).find(({ id, scope }) => id === name.id && scope === name.scope)
}

export function groupAt(layout: Layout, path: string): Group | undefined {
  const name = markOf(path)
  if (name?.kind !== 'group') return undefined
  return groupsOf(layout).find(({ id, scope }) => id === name.id && scope === name.scope)
}

export const isMarkThere = (layout: Layout, path: string): boolean =>
  noteAt(layout, path) !== undefined || groupAt(layout, path) !== undefined

export const notesOf = ({ notes }: Pick<Layout, 'notes'>): readonly Note[] => readAll(notes, readNote)
export const groupsOf = ({ groups }: Pick<Layout, 'groups'>): readonly Group[] => readAll(groups, readGroup)

const lists = new WeakMap<object, readonly unknown[]>()
const items = new WeakMap<object, unknown>()

/** The same objects for the same entries, so that sharing shows equality. Of two with one id the first is meant. */
function readAll<T extends { readonly id: string }>(
  list: unknown,
  read: (value: JsonObject) => T | undefined,
): readonly T[] {
  if (!isArray(list)) return none
  const known = lists.get(list)
  if (known !== undefined) return known as readonly T[]
  const ids = new Set<string>()
  const found = list.flatMap((value) => {
    if (!isObject(value)) return []
    const before = items.get(value) as T | undefined
    const item = before ?? read(value)
    if (item === undefined || ids.has(item.id)) return []
    items.set(value, item)
    ids.add(item.id)
    return [item]
  })
  lists.set(list, found)
  return found
}

const none: readonly never[] = []

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function readNote({ id, scope, text, x, y, width, height, colour, beside }: JsonObject): Note | undefined {
  if (!isText(id) || !isText(text) || !isNumber(x) || !isNumber(y)) return undefined
  return {
    id,
    scope: isText(scope) ? scope : rootScope,
    text,
    x,
    y,
    width: isNumber(width) ? Math.max(smallestNote.width, width) : newNote.width,
    height: isNumber(height) ? Math.max(smallestNote.height, height) : newNote.height,
    ...(isText(colour) && { colour }),
    ...(isObject(beside) &&
      isText(beside.step) &&
      isNumber(beside.x) &&
      isNumber(beside.y) && { beside: { step: beside.step, x: beside.x, y: beside.y } }),
  }
}

function readGroup({ id, scope, title, members, room, x, y, width, height, colour }: JsonObject): Group | undefined {
  if (!isText(id) || !isArray(members)) return undefined
  const paths = members.filter(isText)
  const own = isText(scope) ? scope : scopeOf(paths[0] ?? '')
  return {
    id,
    scope: own,
    title: isText(title) ? title : '',
    members: paths.filter((path) => scopeOf(path) === own),
    x: isNumber(x) ? x : 0,
    y: isNumber(y) ? y : 0,
    width: isNumber(width) ? width : 0,
    height: isNumber(height) ? height : 0,
    ...(isText(colour) && { colour }),
    ...(isRoom(room) && { room }),
  }
}

const isRoom = (value: unknown): value is Room =>
  isObject(value) && [value.left, value.top, value.right, value.bottom].every(isNumber)

export const newNote = { width: 200, height: 72 }
export const smallestNote = { width: 72, height: 32 }
export const newGroup = { width: 320, height: 200 }
export const smallestGroup = { width: 96, height: 64 }

export interface Marks {
  readonly notes?: readonly Json[] | undefined
  readonly groups?: readonly Json[] | undefined
}

/** What stands in the layout under the name, whatever it is. */
export const rawMarks = (layout: Layout, kind: MarkKind): readonly Json[] => {
  const list: unknown = kind === 'note' ? layout.notes : layout.groups
  return isArray(list) ? list : []
}

/** A list that is empty is not kept. */
export function withMarks(drawing: Drawing, { notes, groups }: Marks): Drawing {
  const { notes: oldNotes, groups: oldGroups, ...others } = drawing.layout
  const kept = (list: readonly Json[] | undefined, old: unknown) =>
    list === undefined ? old : list.length > 0 ? list : undefined
  const nextNotes = kept(notes, oldNotes)
  const nextGroups = kept(groups, oldGroups)
  const layout = {
    ...others,
    ...(nextNotes !== undefined && { notes: nextNotes }),
    ...(nextGroups !== undefined && { groups: nextGroups }),
  }
  return { ...drawing, layout: layout as Layout }
}

/** Changes the readable entries that `change` has something for; undefined takes a field away. */
export function changedMarks(
  layout: Layout,
  kind: MarkKind,
  change: (id: string) => { readonly [field: string]: Json | undefined } | undefined,
): readonly Json[] {
  const readable = new Set<unknown>(
    kind === 'note' ? notesOf(layout).map(({ id }) => id) : groupsOf(layout).map(({ id }) => id),
  )
  return rawMarks(layout, kind).map((value) => {
    if (!isObject(value) || !readable.delete(value.id)) return value
    const changes = change(String(value.id))
    if (changes === undefined) return value
    const whole = Object.entries({ ...value, ...changes })
    return Object.fromEntries(whole.flatMap(([key, field]) => (field === undefined ? [] : [[key, field]])))
  })
}

/**
 * Notes and groups when paths change. They go with their scope; a note whose box is gone stays where it last was; a group
 * goes with the last of its members.
 */
export function relabelMarks(layout: Layout, rename: Renaming): Partial<Layout> {
  // A scope is where its start marker is: that path has the scope's name for certain.
  const scopeAfter = (scope: string) => {
    if (scope === rootScope) return scope
    const start = rename(startPath(scope))
    return start === undefined ? undefined : scopeOf(start)
  }
  const notes = new Map(notesOf(layout).map((note) => [note.id, relabelledNote(note, scopeAfter, rename)]))
  const groups = new Map(groupsOf(layout).map((group) => [group.id, relabelledGroup(group, scopeAfter, rename)]))
  const after = (kind: MarkKind, changes: ReadonlyMap<string, MarkChange>) => {
    const gone = new Set([...changes].flatMap(([id, change]) => (change === 'gone' ? [id] : [])))
    const changed = changedMarks(layout, kind, (id) => {
      const change = changes.get(id)
      return change === 'gone' ? undefined : change
    })
    return gone.size === 0 ? changed : changed.filter((value) => !isObject(value) || !gone.has(String(value.id)))
  }
  return {
    ...(layout.notes !== undefined &&
      isArray(layout.notes) && { notes: after('note', notes) as unknown as readonly Note[] }),
    ...(layout.groups !== undefined &&
      isArray(layout.groups) && { groups: after('group', groups) as unknown as readonly Group[] }),
  }
}

type Renaming = (path: string) => string | undefined
type MarkChange = { readonly [field: string]: Json | undefined } | 'gone'

function relabelledNote(note: Note, scopeAfter: Renaming, rename: Renaming): MarkChange {
  const scope = scopeAfter(note.scope)
  if (scope === undefined) return 'gone'
  if (note.beside === undefined) return { scope }
  const step = rename(note.beside.step)
  return { scope, beside: step === undefined || scopeOf(step) !== scope ? undefined : { ...note.beside, step } }
}

function relabelledGroup(group: Group, scopeAfter: Renaming, rename: Renaming): MarkChange {
  const scope = scopeAfter(group.scope)
  const members = group.members.flatMap((path) => rename(path) ?? []).filter((path) => scopeOf(path) === scope)
  return scope === undefined || (members.length === 0 && group.members.length > 0) ? 'gone' : { scope, members }
}
