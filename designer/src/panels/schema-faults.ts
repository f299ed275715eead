// Data against a JSON Schema, without eval: the browser's policy forbids it.
import { Validator } from '@cfworker/json-schema'
import type { Json, JsonSchema } from '@durable-canvas/schema'
import { fromPointer, getAt, isObject } from '../drawing/json.ts'

/** By JSON Pointer into the data, what is wrong there; the innermost messages only. */
export function faultsOf(schema: JsonSchema | undefined, value: Json): Map<string, string> {
  const faults = new Map<string, string>()
  if (!isObject(schema)) return faults
  const { valid, errors } = new Validator(schema as object, '2020-12', false).validate(value)
  if (valid) return faults
  for (const { keyword, instanceLocation, error } of errors) {
    if (['properties', 'items', 'allOf', 'anyOf', '$ref'].includes(keyword)) continue
    const at = instanceLocation.replace(/^#/, '')
    const missing = keyword === 'required' ? /"([^"]+)"/.exec(error)?.[1] : undefined
    const pointer = missing === undefined ? at : `${at}/${missing.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const isEmpty = keyword === 'minLength' && getAt(value, fromPointer(pointer)) === ''
    if (!faults.has(pointer)) faults.set(pointer, missing === undefined && !isEmpty ? error : 'This is required.')
  }
  return faults
}
