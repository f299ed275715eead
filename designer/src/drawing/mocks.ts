// Made-up answers and tests, as they are kept in the layout. They may have been written by another version of the product
// or by hand: what cannot be read is passed over here and stays where it is.
import {
  type DefinitionTest,
  type Mock,
  type MockAnswer,
  type Mocks,
  readMocks,
  readTests,
  staticPath,
} from '@durable-canvas/interpreter/core'
import type { Json } from '@durable-canvas/schema'
import type { Layout } from './drawing.ts'
import { isArray, isObject } from './json.ts'

const known = new WeakMap<object, Mocks>()

/** The same object for the same layout entry, so that sharing shows equality. */
export function mocksOf({ mocks }: Pick<Layout, 'mocks'>): Mocks {
  if (!isObject(mocks)) return {}
  const before = known.get(mocks)
  if (before !== undefined) return before
  const read = Object.fromEntries(
    Object.entries(mocks as { readonly [step: string]: Json }).flatMap(([step, mock]) => {
      const one = readMocks({ [step]: mock })
      return 'value' in one ? Object.entries(one.value) : []
    }),
  )
  known.set(mocks, read)
  return read
}

export interface KeptTest {
  readonly name: string
  /** Or what is wrong with it. */
  readonly test: DefinitionTest | { readonly fault: string }
}

export function testsOf({ tests }: Pick<Layout, 'tests'>): readonly KeptTest[] {
  if (!isArray(tests)) return []
  return tests.map((kept: Json, index) => {
    const read = readTests([kept])
    const name = isObject(kept) && typeof kept.name === 'string' ? kept.name : `Test ${index + 1}`
    if ('value' in read && read.value[0]) return { name, test: read.value[0] }
    const faults = 'faults' in read ? read.faults : []
    return { name, test: { fault: faults.map(({ path, message }) => `${path.slice(2) || '/'} ${message}`).join('; ') } }
  })
}

/** What keeps it from being one. */
export function expectationFault(expect: Json): string | undefined {
  const read = readTests([{ name: 'any', expect }])
  if ('value' in read) return undefined
  return read.faults.map(({ path, message }) => `${path.slice('/0/expect/'.length)} ${message}`.trim()).join('; ')
}

/** Calls were answered like this, one after the other: the mock that answers so again. */
export function mockOfAnswers(answers: readonly MockAnswer[]): Mock {
  const [first] = answers
  if (first === undefined) return {}
  const text = JSON.stringify(first)
  if (answers.every((answer) => JSON.stringify(answer) === text)) return first
  // The last answer stays, so that what is said at the end need not be said again.
  const last = JSON.stringify(answers.at(-1))
  const end = answers.findLastIndex((answer) => JSON.stringify(answer) !== last)
  return { sequence: answers.slice(0, end + 2) }
}

/** Tests speak of steps by their paths; undefined for one that is gone. */
export function relabelTests(
  tests: readonly DefinitionTest[],
  rename: (path: string) => string | undefined,
): readonly DefinitionTest[] {
  if (!Array.isArray(tests)) return tests
  return tests.map((test) => {
    if (!isObject(test)) return test
    const { mocks, events, expect } = test
    return {
      ...test,
      ...(isObject(mocks) && { mocks: relabelMocks(mocks as Mocks, rename) }),
      ...(Array.isArray(events) && { events: events.map((event: Event) => relabelAfter(event, rename)) }),
      ...(isObject(expect) && { expect: relabelExpected(expect, rename) }),
    }
  })
}

type Expected = DefinitionTest['expect']

function relabelExpected(expect: Expected, rename: (path: string) => string | undefined): Expected {
  const { steps, failure } = expect
  return {
    ...expect,
    ...(Array.isArray(steps) && { steps: steps.flatMap((path: string) => rename(path) ?? []) }),
    ...(isObject(failure) &&
      typeof failure.step === 'string' && { failure: { ...failure, step: relabelVisit(failure.step, rename) } }),
  }
}

/** A failure speaks of an execution, `each[3]/charge#2`: its numbers stay. */
function relabelVisit(visit: string, rename: (path: string) => string | undefined): string {
  const from = staticPath(visit)
  const to = rename(from)?.split('/')
  const parts = visit.split('/')
  if (to === undefined || to.length !== parts.length) return visit
  const marks = (part: string | undefined, mark: RegExp) => mark.exec(String(part))?.[0] ?? ''
  return to.map((id, at) => id.replace(/(?=\[|$)/, marks(parts[at], /#\d+/)) + marks(parts[at], /\[\d+\]$/)).join('/')
}

type Event = NonNullable<DefinitionTest['events']>[number]

function relabelAfter(event: Event, rename: (path: string) => string | undefined): Event {
  if (!isObject(event) || typeof event.after !== 'string') return event
  return { ...event, after: rename(event.after) ?? event.after }
}

function relabelMocks(mocks: Mocks, rename: (path: string) => string | undefined): Mocks {
  return Object.fromEntries(
    Object.entries(mocks).flatMap(([path, mock]) => {
      const renamed = rename(path)
      return renamed === undefined ? [] : [[renamed, mock]]
    }),
  )
}
