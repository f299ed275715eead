// Renaming a step renames it wherever an expression speaks of it: `$steps.charge` and `$steps.`a-b``, outside of
// string literals and comments. The text around it stays as it was typed.
import { isExpression, type Json } from '@durable-canvas/schema'
import { fromEntries, isArray, isObject } from './json.ts'

const token =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|(\$steps\s*\.\s*)(?:`([^`]*)`|([A-Za-z_][A-Za-z0-9_]*))/g
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

export function renameStepInExpression(source: string, from: string, to: string): string {
  return source.replace(token, (whole, lead?: string, quoted?: string, bare?: string) => {
    if (lead === undefined || (quoted ?? bare) !== from) return whole
    return `${lead}${plainName.test(to) ? to : `\`${to}\``}`
  })
}

/** In every expression of the value; gives the same value where nothing is renamed. */
export function renameStepReferences(value: Json, from: string, to: string): Json {
  if (isExpression(value)) return renameStepInExpression(value, from, to)
  if (isArray(value)) {
    const items = value.map((item) => renameStepReferences(item, from, to))
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, item]) => [key, renameStepReferences(item, from, to)] as const)
  return entries.every(([key, item]) => item === value[key]) ? value : fromEntries(entries)
}
