import type { Json } from '@durable-canvas/schema'
import type { Layout } from './drawing.ts'
import { getAt, isArray, isObject, textAt } from './json.ts'

const same = (a: Json | undefined, b: Json | undefined) => JSON.stringify(a) === JSON.stringify(b)

/** What differs beside the definition, in words: "answer of pay", "test completes", "places". */
export function layoutDifferences(before: Layout, after: Layout): readonly string[] {
  const old = before as unknown as Json
  const now = after as unknown as Json
  const of = (key: string) => [getAt(old, [key]), getAt(now, [key])] as const
  return [
    ...differing(...of('mocks')).map((step) => `answer of ${step}`),
    ...differing(...of('tests').map((list) => named(list, 'name'))).map((name) => `test ${name}`),
    ...(same(...of('notes')) ? [] : ['notes']),
    ...(same(...of('groups')) ? [] : ['groups']),
    ...(['positions', 'direction', 'collapsed'].every((key) => same(...of(key))) ? [] : ['places on the canvas']),
  ]
}

function differing(before?: Json, after?: Json): readonly string[] {
  const old = isObject(before) ? before : {}
  const now = isObject(after) ? after : {}
  return [...new Set([...Object.keys(now), ...Object.keys(old)])].filter((key) => !same(old[key], now[key]))
}

const named = (list: Json | undefined, by: string): Json =>
  isArray(list) ? Object.fromEntries(list.map((item) => [textAt(item, by) ?? '', item])) : {}
