// Where two values differ, for people who expected another one.
import type { Json } from '@durable-canvas/schema'

export interface JsonDifference {
  /** JSON Pointer. */
  readonly path: string
  /** Undefined: it should not be there. */
  readonly expected: Json | undefined
  /** Undefined: it is not there. */
  readonly actual: Json | undefined
}

type JsonObject = { readonly [key: string]: Json }

export function jsonDifferences(expected: Json | undefined, actual: Json | undefined, path = ''): JsonDifference[] {
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...keys].flatMap((key) =>
      jsonDifferences(
        own(expected, key),
        own(actual, key),
        `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ),
    )
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length)
    return Array.from({ length }, (_, index) =>
      jsonDifferences(expected[index], actual[index], `${path}/${index}`),
    ).flat()
  }
  return expected === actual ? [] : [{ path, expected, actual }]
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined
