// What an activity or a caller gives becomes plain JSON here, once, so that the live state and a replayed one cannot differ.
import type { Json } from '@durable-canvas/schema'

export type PlainJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string }

/** A copy of the value as JSON has it: undefined is null, dates are text, functions are left out. Cycles, BigInts and more than `maxBytes` are refused. */
export function plainJson(value: unknown, maxBytes: number): PlainJson {
  if (value === undefined || value === null) return { ok: true, value: null }
  if (typeof value === 'boolean') return { ok: true, value }
  if (typeof value === 'number' && Number.isFinite(value)) return { ok: true, value }
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (error) {
    return { ok: false, reason: `it is no JSON: ${error instanceof Error ? firstLine(error.message) : String(error)}` }
  }
  if (text === undefined) return { ok: true, value: null }
  const bytes = text.length > maxBytes ? text.length : text.length * 3 > maxBytes ? utf8Length(text) : text.length
  if (bytes > maxBytes) return { ok: false, reason: `it has ${bytes} bytes of JSON; the limit is ${maxBytes}` }
  return { ok: true, value: JSON.parse(text) as Json }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text

const encoder = new TextEncoder()
const utf8Length = (text: string): number => encoder.encode(text).length
