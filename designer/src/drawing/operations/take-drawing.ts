import type { Drawing } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'

/** Another drawing as a whole: one entry of the history, so that what was drawn here is one undo away. */
export function takeDrawing(drawing: Drawing, other: Drawing, label: string): Edit {
  return edit(drawing, other, label)
}
