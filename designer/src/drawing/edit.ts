// What every operation gives: the drawing after it, and what leads back. Nothing is changed in place.
import type { Json } from '@durable-canvas/schema'
import type { Drawing, Layout } from './drawing.ts'
import { isObject, type JsonObject, type JsonPath, setAt } from './json.ts'
import { applyPatch, difference, type Patch } from './patch.ts'

export interface Edit {
  readonly drawing: Drawing
  readonly inverse: Patch
  /** What was done, as the undo button says it: "Add charge". */
  readonly label: string
  /** The boxes that the eye should be on afterwards; undefined leaves the selection as it is. */
  readonly select?: readonly string[]
}

const asJson = (drawing: Drawing) => drawing as unknown as Json

export function edit(before: Drawing, after: Drawing, label: string, select?: readonly string[]): Edit {
  const inverse = difference(asJson(after), asJson(before))
  return select === undefined ? { drawing: after, inverse, label } : { drawing: after, inverse, label, select }
}

export function patchBetween(before: Drawing, after: Drawing): Patch {
  return difference(asJson(before), asJson(after))
}

export function patched(drawing: Drawing, patch: Patch): Drawing {
  return applyPatch(asJson(drawing), patch) as unknown as Drawing
}

export function withDefinition(drawing: Drawing, definition: Json | undefined): Drawing {
  return definition === drawing.definition || !isObject(definition) ? drawing : { ...drawing, definition }
}

export function setInDefinition(definition: JsonObject, path: JsonPath, value: Json | undefined): JsonObject {
  const changed = setAt(definition, path, value)
  return isObject(changed) ? changed : definition
}

export function withLayout(drawing: Drawing, change: Partial<Layout>): Drawing {
  return { ...drawing, layout: { ...drawing.layout, ...change } }
}
