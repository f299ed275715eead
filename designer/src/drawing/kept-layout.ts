// A layout that another version of the product wrote may hold what is not understood here. It is not shown and not
// edited, and it is not lost: what is stored is what was read, with the edits of this session in it.
import type { Json } from '@durable-canvas/schema'
import type { Layout } from './drawing.ts'
import { fromEntries, isObject, type JsonObject } from './json.ts'

/** The layout as it was stored, and what was understood of it. */
export interface OpenedLayout {
  readonly stored: Json
  readonly read: Layout
}

export function layoutToStore({ stored, read }: OpenedLayout, now: Layout): Json {
  return merged(stored, read as unknown as Json, now as unknown as Json)
}

/** Where nothing was edited the stored value stands, however it was read. */
function merged(stored: Json | undefined, read: Json | undefined, now: Json): Json {
  if (stored === undefined) return now
  if (same(read, now)) return stored
  if (!isObject(stored) || !isObject(now)) return now
  const known = isObject(read) ? read : {}
  const own = Object.entries(now).map(([key, value]): [string, Json] => [
    key,
    merged(at(stored, key), at(known, key), value),
  ])
  const unread = Object.entries(stored).filter(([key]) => at(known, key) === undefined && at(now, key) === undefined)
  return fromEntries([...own, ...unread])
}

const at = (object: JsonObject, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined)

const same = (a: Json | undefined, b: Json | undefined) => a === b || JSON.stringify(a) === JSON.stringify(b)
