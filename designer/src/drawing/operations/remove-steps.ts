import type { Drawing } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import { forgetInLayout, takeOut } from '../retarget.ts'
import { idOf, isWithin, scopeOf } from '../static-path.ts'
import { stepAt } from '../tree.ts'

/** Takes steps out, with what stands inside of them; the chains around them close. */
export function removeSteps(drawing: Drawing, paths: readonly string[]): Edit {
  const present = paths.filter((path) => stepAt(drawing.definition, path) !== undefined)
  const outer = present.filter((path) => !present.some((other) => isWithin(path, other)))
  let definition = drawing.definition
  for (const scope of new Set(outer.map(scopeOf))) {
    definition = takeOut(definition, scope, outer.filter((path) => scopeOf(path) === scope).map(idOf))
  }
  const first = outer[0]
  const label = outer.length === 1 && first !== undefined ? `Delete ${idOf(first)}` : `Delete ${outer.length} steps`
  return edit(drawing, forgetInLayout({ ...drawing, definition }, outer), label, [])
}
