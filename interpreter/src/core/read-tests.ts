// Tests and mocks as they come out of a file or a drawing: anything. What is not understood is told with its place; a
// misspelt expectation that was passed over would be a test that cannot fail.
import { type Json, parseDuration, parseInstant } from '@durable-canvas/schema'
import type { DefinitionTest } from './definition-test.ts'
import type { Mocks } from './mocks.ts'

export interface Fault {
  /** JSON Pointer. */
  readonly path: string
  readonly message: string
}

export type Read<T> = { readonly value: T } | { readonly faults: readonly Fault[] }

type Check = (value: Json, path: string) => Fault[]
type JsonObject = { readonly [key: string]: Json }

export const readTests = (value: Json): Read<readonly DefinitionTest[]> => read(value, listOf(test))

export const readMocks = (value: Json): Read<Mocks> => read(value, recordOf(mock))

function read<T>(value: Json, check: Check): Read<T> {
  const faults = check(value, '')
  return faults.length > 0 ? { faults } : { value: value as T }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const anything: Check = () => []

const that =
  (holds: (value: Json) => boolean, message: string): Check =>
  (value, path) =>
    holds(value) ? [] : [{ path, message: `must be ${message}` }]

const text = that((value) => typeof value === 'string', 'a text')
const word = that((value) => typeof value === 'string' && value !== '', 'a text that is not empty')
const flag = that((value) => typeof value === 'boolean', 'true or false')
const duration = that(
  (value) => typeof value === 'string' && parseDuration(value) !== undefined,
  'an ISO 8601 duration such as "PT2S"',
)
const instant = that(
  (value) => typeof value === 'string' && parseInstant(value) !== undefined,
  'an ISO 8601 instant such as "2026-01-01T09:00:00Z"',
)
const statuses = ['Pending', 'Running', 'Suspended', 'Completed', 'Failed', 'Terminated']
const status = that((value) => statuses.includes(String(value)), `one of ${statuses.join(', ')}`)

const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${path}/${index}`))
      : [{ path, message: 'must be a list' }]

const pointer = (path: string, key: string) => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

const recordOf =
  (check: Check): Check =>
  (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => check(item, pointer(path, key)))
      : [{ path, message: 'must be an object' }]

const object =
  (fields: { readonly [name: string]: Check }, required: readonly string[] = []): Check =>
  (value, path) => {
    if (!isObject(value)) return [{ path, message: 'must be an object' }]
    const missing = required.filter((name) => !Object.hasOwn(value, name))
    return [
      ...missing.map((name) => ({ path, message: `"${name}" is missing` })),
      ...Object.entries(value).flatMap(([name, field]) => {
        const check = Object.hasOwn(fields, name) ? fields[name] : undefined
        const known = Object.keys(fields).join(', ')
        return check
          ? check(field, pointer(path, name))
          : [{ path: pointer(path, name), message: `"${name}" is not known here; there are ${known}` }]
      }),
    ]
  }

const either =
  (first: Check, isFirst: (value: Json) => boolean, second: Check): Check =>
  (value, path) =>
    isFirst(value) ? first(value, path) : second(value, path)

const answerFields = {
  result: anything,
  error: object({ type: word, message: text, details: anything, nonRetryable: flag }, ['type']),
  delay: duration,
  silent: flag,
}
const answers = { ...answerFields, sequence: listOf(object(answerFields)) }
const mock = object({ ...answers, compensate: object(answers) })

const event = object({ name: word, data: anything, at: duration, after: word }, ['name'])

const somethingExpected: Check = (value, path) =>
  isObject(value) && Object.keys(value).length === 0
    ? [{ path, message: 'expects nothing, so it could not fail; name a status or an output' }]
    : expectation(value, path)

const expectation = object({
  status,
  output: anything,
  failure: either(word, (value) => typeof value === 'string', object({ type: word, message: text, step: word })),
  customStatus: anything,
  steps: listOf(word),
})

const test = object(
  {
    name: word,
    input: anything,
    mocks: recordOf(mock),
    events: listOf(event),
    startAt: instant,
    expect: somethingExpected,
  },
  ['name', 'expect'],
)
