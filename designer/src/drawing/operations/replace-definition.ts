import type { Drawing } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import type { JsonObject } from '../json.ts'
import { pathAfter, renamedSteps } from '../renamed-steps.ts'
import { relabelLayout } from '../retarget.ts'

/** The definition as the code view has it; boxes keep their places, also under a name that is typed anew. */
export function replaceDefinition(drawing: Drawing, definition: JsonObject): Edit {
  const after = { ...drawing, definition }
  const renames = renamedSteps(drawing.definition, definition)
  const followed = renames.size === 0 ? after : relabelLayout(after, (path) => pathAfter(renames, path))
  return edit(drawing, followed, 'Edit the code')
}
