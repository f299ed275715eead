import type { Json } from '@durable-canvas/schema'
import type { Drawing, Note, Position } from '../drawing.ts'
import type { Rect } from '../edge-route.ts'
import { type Edit, edit } from '../edit.ts'
import { besideAt } from '../mark-places.ts'
import {
  changedMarks,
  type MarkColour,
  markPath,
  newNote,
  noteAt,
  notesOf,
  rawMarks,
  smallestNote,
  withMarks,
} from '../marks.ts'
import { ScopeMeasure, type Size } from '../scope-measure.ts'
import { scopeOf } from '../static-path.ts'
import { freeId, scopeAt } from '../tree.ts'

export interface NewNote extends Position {
  readonly scope: string
  readonly text?: string
  readonly colour?: MarkColour
  readonly size?: Size
  /** The box that it is about, if it stands near to that one. */
  readonly about?: string | undefined
}

export function addNote(drawing: Drawing, { scope, x, y, text = '', colour, size = newNote, about }: NewNote): Edit {
  if (scopeAt(drawing.definition, scope) === undefined) return edit(drawing, drawing, 'Add a note')
  const id = freeId(new Set(notesOf(drawing.layout).map((note) => note.id)), 'note')
  const note = { id, scope, text, ...standing(drawing, scope, { x, y, ...size }, about), ...(colour && { colour }) }
  const notes = [...rawMarks(drawing.layout, 'note'), written(note)]
  return edit(drawing, withMarks(drawing, { notes }), 'Add a note', [markPath('note', note)])
}

/** What it says, and the height that the text needs, if it has to grow for it. */
export function writeNote(drawing: Drawing, path: string, text: string, height?: number): Edit {
  const note = noteAt(drawing.layout, path)
  if (note === undefined) return edit(drawing, drawing, 'Write a note')
  const grown = height === undefined ? {} : { height: Math.max(note.height, Math.ceil(height)) }
  return edit(drawing, changedNote(drawing, note.id, { text, ...grown }), 'Write a note')
}

/** Another place and size in the same scope. */
export function resizeNote(drawing: Drawing, path: string, { x, y, width, height }: Rect): Edit {
  const note = noteAt(drawing.layout, path)
  if (note === undefined) return edit(drawing, drawing, 'Resize a note')
  const rect = { x, y, width: Math.max(smallestNote.width, width), height: Math.max(smallestNote.height, height) }
  return edit(drawing, changedNote(drawing, note.id, standing(drawing, note.scope, rect)), 'Resize a note')
}

/** Into another scope; the corner counts from there. */
export function moveNoteToScope(drawing: Drawing, path: string, scope: string, { x, y }: Position): Edit {
  const note = noteAt(drawing.layout, path)
  if (note === undefined || scopeAt(drawing.definition, scope) === undefined)
    return edit(drawing, drawing, 'Move a note')
  const { width, height } = note
  const placed = standing(drawing, scope, { x, y, width, height })
  const after = changedNote(drawing, note.id, { scope, ...placed })
  return edit(drawing, after, 'Move a note', [markPath('note', { scope, id: note.id })])
}

/** Where it is in its scope, wherever that is drawn. */
export function rectOfNote(drawing: Drawing, path: string): Rect | undefined {
  const { notes } = new ScopeMeasure(drawing).scope(scopeOf(path))
  return notes.find(({ note }) => markPath('note', note) === path)?.rect
}

function standing(drawing: Drawing, scope: string, rect: Rect, about?: string) {
  const { x, y, width, height } = rect
  const whole = { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
  return { ...whole, beside: besideAt(whole, new ScopeMeasure(drawing).scope(scope).places, about) }
}

const changedNote = (drawing: Drawing, id: string, change: { readonly [field: string]: Json | undefined }) =>
  withMarks(drawing, { notes: changedMarks(drawing.layout, 'note', (one) => (one === id ? change : undefined)) })

const written = ({ beside, ...note }: Note): Json => (beside === undefined ? note : { ...note, beside })
