// The difference of two documents as data. Documents share what did not change, so only what differs is walked;
// key order is part of a document, since people read its text.
import type { Json } from '@durable-canvas/schema'
import { fromEntries, getAt, isArray, isObject, type JsonObject, type JsonPath, setAt } from './json.ts'

export type Change =
  | { readonly at: JsonPath; readonly value: Json | undefined }
  | { readonly at: JsonPath; readonly order: readonly string[] }
export type Patch = readonly Change[]

export function difference(before: Json, after: Json, at: JsonPath = []): Change[] {
  if (before === after) return []
  if (isArray(before) && isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => difference(item, after[index] as Json, [...at, index]))
  }
  if (isObject(before) && isObject(after)) return objectDifference(before, after, at)
  return [{ at, value: after }]
}

function objectDifference(before: JsonObject, after: JsonObject, at: JsonPath): Change[] {
  const changes: Change[] = []
  const kept: string[] = []
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(after, key)) {
      changes.push(...difference(before[key] as Json, after[key] as Json, [...at, key]))
      kept.push(key)
    } else changes.push({ at: [...at, key], value: undefined })
  }
  for (const key of Object.keys(after)) {
    if (Object.hasOwn(before, key)) continue
    changes.push({ at: [...at, key], value: after[key] })
    kept.push(key)
  }
  const order = Object.keys(after)
  return order.every((key, index) => key === kept[index]) ? changes : [...changes, { at, order }]
}

export function applyPatch(value: Json, patch: Patch): Json {
  return patch.reduce<Json>((current, change) => applyChange(current, change), value)
}

function applyChange(value: Json, change: Change): Json {
  if (!('order' in change)) return setAt(value, change.at, change.value) ?? null
  const object = getAt(value, change.at)
  if (!isObject(object)) return value
  const named = change.order.filter((key) => Object.hasOwn(object, key))
  const others = Object.keys(object).filter((key) => !change.order.includes(key))
  return setAt(value, change.at, fromEntries([...named, ...others].map((key) => [key, object[key] as Json]))) ?? null
}
