import type { Drawing, Layout } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import type { JsonObject } from '../json.ts'

/** The definition as the code view has it; boxes keep their places. */
export function replaceDefinition(drawing: Drawing, definition: JsonObject, layout: Layout = drawing.layout): Edit {
  return edit(drawing, { definition, layout }, 'Edit the code')
}
