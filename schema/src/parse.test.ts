import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { checkDefinition, parseDefinition } from './parse.ts'
import type { Problem } from './problem.ts'

const end = { type: 'end' }
const documentOf = (steps: object, extra: object = {}) => ({
  dsl: '1',
  name: 'test',
  start: Object.keys(steps)[0] ?? '',
  steps,
  ...extra,
})
const briefly = (problems: readonly Problem[]) =>
  problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)

describe('parseDefinition', () => {
  it('gives a copy of a right document', () => {
    const document = documentOf({ done: end })
    const { definition, problems } = parseDefinition(document)
    expect(problems).toEqual([])
    expect(definition).toEqual(document)
    expect(definition).not.toBe(document)
  })

  it('gives the definition in spite of warnings', () => {
    const { definition, problems } = parseDefinition(documentOf({ done: end, lost: end }))
    expect(problems).toMatchObject([{ code: 'UnreachableStep', severity: 'warning' }])
    expect(definition).not.toBeNull()
  })

  it('takes properties that are undefined as absent, and objects without a prototype', () => {
    const steps = Object.assign(Object.create(null), { done: { ...end, title: undefined } })
    expect(checkDefinition(documentOf(steps, { title: undefined }))).toEqual([])
  })

  it('checks activities and definitions only when it is told which there are', () => {
    const document = documentOf({
      one: { type: 'activity', activity: 'Charge', next: 'two' },
      two: { type: 'subOrchestration', definition: 'child' },
    })
    expect(checkDefinition(document)).toEqual([])
    const problems = checkDefinition(document, { activities: new Set<string>(), definitions: [] })
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning UnknownActivity',
      'warning UnknownDefinition',
    ])
    expect(checkDefinition(document, { activities: ['Charge'], definitions: new Set(['child']) })).toEqual([])
  })
})

describe('what is no JSON', () => {
  const circular: Record<string, unknown> = {}
  circular.steps = { a: circular }
  const unreadable = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('no')
      },
    },
  )
  const throwing = {
    get dsl() {
      throw new Error('no')
    },
  }
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()

  it.each([
    ['undefined', undefined, 'WrongType'],
    ['a function', () => 1, 'WrongType'],
    ['a symbol', Symbol('x'), 'WrongType'],
    ['a bigint', { dsl: 1n }, 'WrongType'],
    ['NaN', { dsl: Number.NaN }, 'WrongType'],
    ['a date', { dsl: new Date() }, 'WrongType'],
    ['a hole in an array', { dsl: new Array(3) }, 'WrongType'],
    ['a circle', circular, 'WrongType'],
    ['a proxy that throws', unreadable, 'WrongType'],
    ['a revoked proxy', revoked.proxy, 'WrongType'],
    ['a getter that throws', throwing, 'WrongType'],
    ['__proto__ as a key', JSON.parse('{"steps": {"__proto__": {}}}'), 'ForbiddenName'],
    ['an array of a thousand million', new Array(1e9), 'DocumentTooLarge'],
    ['a megabyte of text', { title: 'x'.repeat(limits.documentSize) }, 'DocumentTooLarge'],
  ])('%s is one problem', (_name, document, code) => {
    const { definition, problems } = parseDefinition(document)
    expect(definition).toBeNull()
    expect(problems).toMatchObject([{ code, severity: 'error' }])
  })

  it('a document that shares its parts over and over is too large rather than endless', () => {
    let part: unknown[] = ['x']
    for (let level = 0; level < 60; level += 1) part = [part, part]
    expect(checkDefinition({ input: part })).toMatchObject([{ code: 'DocumentTooLarge' }])
  })

  it('nesting of ten thousand levels is too deep', () => {
    let part: unknown = 1
    for (let level = 0; level < 10_000; level += 1) part = { part }
    expect(checkDefinition({ input: part })).toMatchObject([{ code: 'NestedTooDeep' }])
  })
})

describe('problems of shape', () => {
  it.each<[string, object, string]>([
    ['a missing activity', { a: { type: 'activity' } }, 'MissingProperty /steps/a: `activity` is missing'],
    ['a missing type', { a: {} }, 'MissingProperty /steps/a: `type` is missing'],
    [
      'a misspelled property',
      { a: { type: 'activity', activity: 'X', nxt: 'b' } },
      'UnknownProperty /steps/a/nxt: Unknown property `nxt`; did you mean `next`?',
    ],
    [
      'a misspelled property of a part',
      { a: { type: 'activity', activity: 'X', retry: { maxNumberOfAttempts: 2, jiter: 'full' } } },
      'UnknownProperty /steps/a/retry/jiter: Unknown property `jiter`; did you mean `jitter`?',
    ],
    ['a type that is no text', { a: { type: 3 } }, 'WrongType /steps/a/type: `type` must be a string, not a number'],
    ['a step that is no object', { a: null }, 'WrongType /steps/a: Step `a` must be an object, not null'],
    [
      'a condition without its brackets',
      { a: { type: 'choice', choices: [{ when: '$x', next: 'b' }], otherwise: 'b' }, b: end },
      'InvalidValue /steps/a/choices/0/when: `when` must be an expression between {% and %}, true or false',
    ],
    [
      'a completion of its own',
      { a: { type: 'parallel', completion: 'some', branches: { l: { start: 'x', steps: { x: end } } } } },
      'InvalidValue /steps/a/completion: `completion` must be "all", "any" or {"atLeast": n} with n from 1',
    ],
    [
      'attempts out of range',
      { a: { type: 'activity', activity: 'X', retry: { maxNumberOfAttempts: 0 } } },
      'RetryOutOfRange /steps/a/retry/maxNumberOfAttempts: `maxNumberOfAttempts` must be at least 1, not 0',
    ],
    [
      'a step id that is none',
      { a: { ...end }, '1b': end },
      'InvalidName /steps/1b: `1b` is no name: letters, digits, `_` and `-`, no digit first, at most 63',
    ],
  ])('%s is told in one sentence', (_name, steps, expected) => {
    const warnings = ['UnreachableStep']
    expect(briefly(checkDefinition(documentOf(steps)).filter(({ code }) => !warnings.includes(code)))).toEqual([
      expected,
    ])
  })

  it('names all types when none is near', () => {
    const [first] = checkDefinition(documentOf({ a: { type: 'bogus' } }))
    expect(first?.message).toMatch(/^Unknown step type `bogus`; there are activity, .*, fail$/)
  })

  it('does not keep the rules from looking at the rest', () => {
    const problems = checkDefinition(
      documentOf({ a: { type: 'activity', next: 'b' }, b: { ...end, output: '{% $x %}' } }),
    )
    expect(problems.map(({ code, step }) => `${code} ${step}`)).toEqual(['MissingProperty a', 'UnknownVariable b'])
  })

  it('tells the step by its path, however deep', () => {
    const body = { start: 'in', steps: { in: { type: 'activity' } } }
    const fork = {
      type: 'parallel',
      branches: { left: { start: 'each', steps: { each: { type: 'forEach', items: [], body } } } },
    }
    expect(checkDefinition(documentOf({ fork }))).toMatchObject([
      { code: 'MissingProperty', step: 'fork[left]/each/in' },
    ])
  })
})

describe('checkDefinition never throws', { timeout: 60_000 }, () => {
  const folder = new URL('../examples/', import.meta.url)
  const examples = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))

  it('on anything', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
        (value) => {
          expect(Array.isArray(checkDefinition(value))).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('on objects that use the words of the language', () => {
    const words = fc.constantFrom(
      ...[
        'dsl',
        'name',
        'start',
        'steps',
        'type',
        'next',
        'body',
        'branches',
        'catch',
        'choices',
        'when',
        'retry',
        'a',
      ],
      ...[
        'items',
        'item',
        'assign',
        'variables',
        'completion',
        'atLeast',
        'compensate',
        'error',
        'errors',
        'input',
        'schema',
      ],
    )
    const texts = fc.constantFrom(
      'activity',
      'parallel',
      'forEach',
      'scope',
      'compensate',
      'choice',
      'a',
      '{% $ %}',
      '{% ( %}',
      'PT',
    )
    const { document } = fc.letrec((tie) => ({
      document: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        texts,
        fc.constantFrom(null, true, 1, []),
        fc.dictionary(words, tie('document'), { maxKeys: 6 }),
        fc.array(tie('document'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(words, document), (value) => {
        expect(Array.isArray(checkDefinition(value, { activities: [], definitions: [] }))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('on steps inside of one whose type is none', () => {
    const inner = { start: 'a', steps: { a: { type: 'choice', choices: false } } }
    const document = { dsl: '1', name: 'x', start: 'outer', steps: { outer: { type: 0, items: [], body: inner } } }
    expect(checkDefinition(document)).toMatchObject([{ code: 'WrongType', path: '/steps/outer/type' }])
  })

  it('on examples of which some part was replaced or taken away', () => {
    const part = fc.oneof(
      fc.constantFrom<unknown>(null, 0, '', 'next', [], {}, '{% $x[ %}', 'constructor', undefined, { type: 'scope' }),
      fc.jsonValue({ maxDepth: 2 }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.array(fc.tuple(fc.nat(), part), { minLength: 1, maxLength: 4 }),
        (example, cuts) => {
          const document = cuts.reduce<unknown>((mutated, [at, value]) => replaceNth(mutated, at, value), example)
          const { definition, problems } = parseDefinition(document)
          expect(definition === null).toBe(problems.some(({ severity }) => severity === 'error'))
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** A copy in which the n-th value, counted through the whole document, is another one. */
function replaceNth(document: unknown, at: number, replacement: unknown): unknown {
  let left = at % countValues(document)
  const copy = (value: unknown): unknown => {
    if (left-- === 0) return replacement
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
  }
  return copy(document)
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1)
}
