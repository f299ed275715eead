import type { Json } from '@durable-canvas/schema'
import type { Drawing } from '../drawing.ts'
import { type Edit, edit, setInDefinition, withDefinition } from '../edit.ts'
import { type JsonPath, setAt } from '../json.ts'
import { idOf, stepPointer } from '../static-path.ts'
import { stepAt } from '../tree.ts'

/** Sets a field of a step (or of the document, without a step); undefined takes it away. */
export function setField(drawing: Drawing, step: string | undefined, field: JsonPath, value: Json | undefined): Edit {
  const label = `Change ${String(field[0] ?? 'everything')}${step === undefined ? '' : ` of ${idOf(step)}`}`
  if (step !== undefined && stepAt(drawing.definition, step) === undefined) return edit(drawing, drawing, label)
  const path = step === undefined ? field : [...stepPointer(step), ...field]
  if (path.length === 0) return edit(drawing, withDefinition(drawing, value), label)
  return edit(drawing, { ...drawing, definition: setInDefinition(drawing.definition, path, value) }, label)
}

/** Takes away a field, and the object around it if nothing else is left in it. */
export function clearField(drawing: Drawing, step: string, field: JsonPath): Edit {
  const cleared = setAt(stepAt(drawing.definition, step), field, undefined)
  const parent = field.slice(0, -1)
  let holder: Json | undefined = cleared
  for (const key of parent) holder = (holder as { [key: string]: Json } | undefined)?.[String(key)]
  const isEmpty = parent.length > 0 && holder !== undefined && Object.keys(holder as object).length === 0
  return setField(drawing, step, isEmpty ? parent : field, undefined)
}
