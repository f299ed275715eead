import type { Json } from '@durable-canvas/schema'

export type JsonObject = { readonly [key: string]: Json }
export type JsonPath = readonly (string | number)[]

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

export function getAt(value: Json | undefined, path: JsonPath): Json | undefined {
  let found = value
  for (const key of path) {
    if (isArray(found)) found = typeof key === 'number' ? found[key] : undefined
    else if (isObject(found)) found = Object.hasOwn(found, key) ? found[String(key)] : undefined
    else return undefined
  }
  return found
}

/**
 * A copy with the value at the path set; undefined takes the key away (an array closes the gap). What is missing on
 * the way is made; keys keep their order. Gives the same object where nothing changes, so that sharing shows equality.
 */
export function setAt(value: Json | undefined, path: JsonPath, next: Json | undefined): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return next
  if (next === undefined && !isArray(value) && !isObject(value)) return value
  if (typeof key === 'number') return setItem(isArray(value) ? value : [], key, rest, next)
  return setKey(isObject(value) ? value : {}, key, rest, next)
}

function setItem(items: readonly Json[], index: number, rest: JsonPath, next: Json | undefined): Json {
  const before = items[index]
  const after = setAt(before, rest, next)
  if (after === before) return items
  if (after === undefined) return items.filter((_, at) => at !== index)
  return index < items.length ? items.map((item, at) => (at === index ? after : item)) : [...items, after]
}

function setKey(object: JsonObject, key: string, rest: JsonPath, next: Json | undefined): Json {
  const before = Object.hasOwn(object, key) ? object[key] : undefined
  const after = setAt(before, rest, next)
  if (after === before) return object
  if (after === undefined) return fromEntries(Object.entries(object).filter(([name]) => name !== key))
  if (!Object.hasOwn(object, key)) return fromEntries([...Object.entries(object), [key, after]])
  return fromEntries(Object.entries(object).map(([name, item]) => [name, name === key ? after : item]))
}

/** A key under a new name, in its old place. */
export function renameKey(object: JsonObject, from: string, to: string): JsonObject {
  return fromEntries(Object.entries(object).map(([name, item]) => [name === from ? to : name, item]))
}

/** Own properties only, also for a key such as `__proto__`. */
export function fromEntries(entries: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries(entries)
}

export function textAt(value: Json | undefined, key: string): string | undefined {
  const found = getAt(value, [key])
  return typeof found === 'string' ? found : undefined
}

/** A JSON Pointer, as problems carry it. */
export function toPointer(path: JsonPath): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

export function fromPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
