// Undo and redo without bound. An entry is a gesture: what happens between begin and commit is one, and so is typing
// in one field. Entries hold what leads back and what leads forth, never whole drawings; selection is none.
import type { Drawing } from './drawing.ts'
import { type Edit, patchBetween, patched } from './edit.ts'
import type { Patch } from './patch.ts'

interface Entry {
  readonly label: string
  readonly undo: Patch
  readonly redo: Patch
  /** The field that was typed in; the next entry of the same key joins this one until it is sealed. */
  readonly key: string | undefined
}

interface Stack {
  readonly top: Entry
  readonly rest: Stack | undefined
  readonly size: number
}

export interface History {
  readonly past: Stack | undefined
  readonly future: Stack | undefined
  /** The past as it was when the gesture began. */
  readonly gesture: { readonly label: string; readonly before: Stack | undefined } | undefined
}

export const emptyHistory: History = { past: undefined, future: undefined, gesture: undefined }

const push = (rest: Stack | undefined, top: Entry): Stack => ({ top, rest, size: (rest?.size ?? 0) + 1 })

/** Takes an edit in; one that changed nothing leaves no trace. */
export function record(history: History, before: Drawing, edit: Edit, key?: string): History {
  if (edit.inverse.length === 0) return history
  const entry: Entry = { label: edit.label, undo: edit.inverse, redo: patchBetween(before, edit.drawing), key }
  const last = history.past
  const joins = key !== undefined && last !== undefined && last.top.key === key && last !== history.gesture?.before
  const past = joins ? push(last.rest, joined(last.top, entry)) : push(last, entry)
  return { ...history, past, future: undefined }
}

const joined = (first: Entry, second: Entry): Entry => ({
  label: first.label,
  undo: [...second.undo, ...first.undo],
  redo: [...first.redo, ...second.redo],
  key: second.key,
})

/** What is typed next is an entry of its own, even in the same field. */
export function seal(history: History): History {
  const { past } = history
  return past?.top.key === undefined ? history : { ...history, past: push(past.rest, { ...past.top, key: undefined }) }
}

export function beginGesture(history: History, label: string): History {
  return history.gesture ? history : { ...history, gesture: { label, before: history.past } }
}

/** Makes one entry of everything since the gesture began. */
export function commitGesture(history: History): History {
  const { gesture } = history
  if (gesture === undefined) return history
  const entries: Entry[] = []
  for (let at = history.past; at !== undefined && at !== gesture.before; at = at.rest) entries.unshift(at.top)
  const [first, ...others] = entries
  if (first === undefined) return { ...history, gesture: undefined }
  const whole = { ...others.reduce(joined, first), label: gesture.label, key: undefined }
  return { ...history, past: push(gesture.before, whole), gesture: undefined }
}

export interface Step {
  readonly drawing: Drawing
  readonly history: History
}

export function undo(drawing: Drawing, history: History): Step | undefined {
  const { past, future } = commitGesture(history)
  if (past === undefined) return undefined
  return {
    drawing: patched(drawing, past.top.undo),
    history: { past: past.rest, future: push(future, { ...past.top, key: undefined }), gesture: undefined },
  }
}

export function redo(drawing: Drawing, history: History): Step | undefined {
  const { past, future } = commitGesture(history)
  if (future === undefined) return undefined
  return {
    drawing: patched(drawing, future.top.redo),
    history: { past: push(past, future.top), future: future.rest, gesture: undefined },
  }
}

export const undoLabel = (history: History): string | undefined => history.past?.top.label
export const redoLabel = (history: History): string | undefined => history.future?.top.label
