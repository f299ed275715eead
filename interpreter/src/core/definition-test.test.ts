import { readFileSync } from 'node:fs'
import type { Definition, Json, Step } from '@durable-canvas/schema'
import { expect, test } from 'vitest'
import { type DefinitionTest, runTest } from './definition-test.ts'
import { jsonDifferences } from './json-difference.ts'
import { compileProgram } from './program.ts'
import { readMocks, readTests } from './read-tests.ts'

const programOf = (steps: Readonly<Record<string, Step>>, more: Partial<Definition> = {}) =>
  compileProgram({ dsl: '1', name: 'tested', start: Object.keys(steps)[0] ?? '', steps, ...more })

const example = (name: string) =>
  compileProgram(JSON.parse(readFileSync(new URL(`../../../schema/examples/${name}.json`, import.meta.url), 'utf8')))

const run = (program: ReturnType<typeof programOf>, one: Partial<DefinitionTest>) =>
  runTest(program, { name: 'a test', expect: {}, ...one })

const work: Step = { type: 'activity', activity: 'Work', input: '{% $input %}' }

test('results, errors and delays come from the mocks; one that has none gives null after a second', () => {
  const program = programOf({ one: { ...work, next: 'two' }, two: work })
  const { actual, durationMs, unmocked } = run(program, { mocks: { two: { result: 2, delay: 'PT5S' } } })
  expect([actual.output, durationMs, unmocked]).toEqual([2, 6_000, ['one']])
  const failed = run(program, {
    mocks: { one: { error: { type: 'Broken', message: 'no', details: 1, nonRetryable: true } } },
  })
  expect(failed.actual).toMatchObject({
    status: 'Failed',
    failure: { type: 'Broken', message: 'no', step: 'one' },
    steps: [],
  })
})

test('a made-up answer stays within the limit of its step', () => {
  const program = programOf({ one: { ...work, timeout: 'PT0.5S' } })
  expect(run(program, {})).toMatchObject({ durationMs: 250, actual: { status: 'Completed' } })
  expect(run(program, { mocks: { one: { delay: 'PT1S' } } }).actual.failure).toMatchObject({ type: 'Timeout' })
  expect(run(program, { mocks: { one: { silent: true } } }).actual.failure).toMatchObject({ type: 'Timeout' })
})

test('a sequence answers call by call, its last answer stays', () => {
  const program = programOf({
    each: { type: 'forEach', items: '{% [1, 2, 3] %}', maxConcurrency: 1, body: { start: 'work', steps: { work } } },
  })
  const mocks = { 'each/work': { sequence: [{ result: 'a' }, { result: 'b' }] } }
  expect(run(program, { mocks }).actual.output).toEqual(['a', 'b', 'b'])
})

test('attempts take the sequence in turn, so that a retry can be tried', () => {
  const program = programOf({ work: { ...work, retry: { maxNumberOfAttempts: 3, firstRetryInterval: 'PT10S' } } })
  const mocks = { work: { sequence: [{ error: { type: 'Busy' } }, { error: { type: 'Busy' } }, { result: 'ok' }] } }
  expect(run(program, { mocks })).toMatchObject({ durationMs: 23_000, actual: { output: 'ok' } })
})

test('a result may be made of what the step was called with', () => {
  const mocks = { work: { result: { doubled: '{% $input.n * 2 %}', attempt: '{% $attempt %}' } } }
  expect(run(programOf({ work }), { input: { n: 4 }, mocks }).actual.output).toEqual({ doubled: 8, attempt: 1 })
  const wrong = run(programOf({ work }), { input: 'x', mocks: { work: { result: '{% $input * 2 %}' } } })
  expect(wrong.actual.failure).toMatchObject({
    type: 'ExpressionError',
    message: expect.stringContaining('The mock of work'),
  })
})

test('the undoing of a step is mocked with the step', () => {
  const program = programOf({
    book: { ...work, compensate: { activity: 'Cancel' }, next: 'undo' },
    undo: { type: 'compensate', next: 'end' },
    end: { type: 'end' },
  })
  expect(run(program, { mocks: { book: { compensate: { delay: 'PT1M' } } } })).toMatchObject({ durationMs: 61_000 })
  const failed = run(program, { mocks: { book: { result: 1, compensate: { error: { type: 'Gone' } } } } })
  expect(failed.actual).toMatchObject({ failure: { type: 'Gone', message: '' }, steps: ['book'] })
})

test('events come at their time, after a step, or at once', () => {
  const program = programOf({
    first: { type: 'waitForEvent', event: 'a', next: 'pause' },
    pause: { type: 'timer', delay: 'PT1M', next: 'second' },
    second: { type: 'waitForEvent', event: 'b', next: 'third' },
    third: { type: 'waitForEvent', event: 'c' },
  })
  const events = [{ name: 'a' }, { name: 'b', at: 'PT2M' }, { name: 'c', after: 'second', data: 3 }]
  expect(run(program, { events })).toMatchObject({
    durationMs: 120_000,
    actual: { status: 'Completed', output: 3, steps: ['first', 'pause', 'second', 'third'] },
  })
  expect(run(program, {}).actual.status).toBe('Running')
})

test('a test passes where all that it expects has come, and says what differs', () => {
  const program = programOf({
    work: { ...work, next: 'end' },
    end: { type: 'end', output: { total: '{% $steps.work.output %}' } },
  })
  const mocks = { work: { result: 41 } }
  const good = run(program, {
    mocks,
    expect: { status: 'Completed', output: { total: 41 }, steps: ['end', 'work'], customStatus: null },
  })
  expect([good.passed, good.differences]).toEqual([true, []])
  const bad = run(program, {
    mocks,
    expect: { status: 'Failed', failure: 'Broken', output: { total: 42 }, steps: ['work', 'mail'] },
  })
  expect(bad.passed).toBe(false)
  expect(bad.differences).toEqual([
    { what: 'status', path: '', expected: 'Failed', actual: 'Completed' },
    { what: 'failure', path: '', expected: { type: 'Broken' }, actual: undefined },
    { what: 'output', path: '/total', expected: 42, actual: 41 },
    { what: 'steps', path: '/mail', expected: 'completed', actual: undefined },
    { what: 'steps', path: '/end', expected: undefined, actual: 'completed' },
  ])
})

test('of a failure only what is named is compared', () => {
  const program = programOf({ work })
  const mocks = { work: { error: { type: 'Broken', message: 'no' } } }
  const expected = (failure: NonNullable<DefinitionTest['expect']['failure']>) =>
    run(program, { mocks, expect: { failure } })
  expect(expected('Broken').passed).toBe(true)
  expect(expected({ type: 'Broken', step: 'work' }).passed).toBe(true)
  expect(expected({ message: 'yes' }).differences).toEqual([
    { what: 'failure', path: '/message', expected: 'yes', actual: 'no' },
  ])
})

test('a run that never ends fails its test, and so does an input that is refused', () => {
  const loop: Record<string, Step> = { wait: { type: 'timer', delay: 'PT1S', next: 'wait' } }
  expect(run(programOf(loop), { expect: { status: 'Completed' } }).differences).toMatchObject([
    { what: 'status', expected: 'Completed' },
  ])
  const strict = compileProgram(
    { dsl: '1', name: 'strict', input: { type: 'object' }, start: 'work', steps: { work } },
    { compileSchema: () => (value: Json) => (value === null ? 'it is null' : null) },
  )
  expect(run(strict, { expect: { status: 'Completed' } }).differences).toMatchObject([
    { what: 'input', actual: 'it is null' },
  ])
})

test.each(['choice', 'fan-out-fan-in', 'nested', 'monitor'])('the example %s runs on made-up answers', (name) => {
  const program = example(name)
  const [input] = (program.definition.input as { examples?: Json[] } | undefined)?.examples ?? [null]
  expect(run(program, { input: input ?? null }).actual.status).not.toBe('Pending')
})

test('a step counts as completed only if it did so itself', () => {
  const program = programOf(
    {
      early: { type: 'assign', variables: { n: 1 }, next: 'told' },
      told: { type: 'setCustomStatus', status: 'half', next: 'sent' },
      sent: { type: 'raiseEvent', instanceId: 'other', event: 'x', next: 'child' },
      child: { type: 'subOrchestration', definition: 'c', next: 'limited' },
      limited: { type: 'waitForEvent', event: 'e', timeout: 'PT1S', onTimeout: 'strict' },
      strict: {
        type: 'waitForEvent',
        event: 'e',
        timeout: 'PT1S',
        catch: [{ errors: ['Timeout'], assign: { n: 2 }, next: 'bad' }],
      },
      bad: {
        type: 'activity',
        activity: 'Work',
        status: 'x',
        output: '{% $error() %}',
        catch: [{ errors: ['*'], next: 'group' }],
      },
      group: { type: 'scope', body: { start: 'inner', steps: { inner: { type: 'end' } } }, next: 'both' },
      both: {
        type: 'parallel',
        branches: {
          left: { start: 'l', steps: { l: work } },
          right: {
            start: 'r',
            steps: { r: { ...work, retry: { maxNumberOfAttempts: 2, firstRetryInterval: 'PT1S' } } },
          },
        },
        next: 'again',
      },
      again: { type: 'choice', choices: [{ when: '{% $input = null %}', next: 'anew' }], otherwise: 'end' },
      anew: { type: 'continueAsNew', input: 1 },
      end: { type: 'end' },
    },
    { variables: { n: 0 } },
  )
  const mocks = { 'both[right]/r': { sequence: [{ error: { type: 'Busy' } }, { result: 1 }] } }
  expect(run(program, { mocks }).actual).toMatchObject({
    status: 'Completed',
    steps: [
      'early',
      'told',
      'sent',
      'child',
      'limited',
      'group/inner',
      'group',
      'both[left]/l',
      'both[right]/r',
      'both',
      'again',
      'anew',
      'end',
    ],
  })
})

test('differences have their place', () => {
  expect(jsonDifferences({ a: [1, 2], 'b/c': 1 }, { a: [1, 3, 4], d: null })).toEqual([
    { path: '/a/1', expected: 2, actual: 3 },
    { path: '/a/2', expected: undefined, actual: 4 },
    { path: '/b~1c', expected: 1, actual: undefined },
    { path: '/d', expected: undefined, actual: null },
  ])
  expect(jsonDifferences([1], { 0: 1 })).toHaveLength(1)
})

test('tests and mocks are read strictly, every fault with its place', () => {
  const good = [
    {
      name: 'x',
      input: 1,
      mocks: { a: { result: 1, compensate: { delay: 'PT1S' } } },
      events: [{ name: 'e', at: 'PT1S' }],
      startAt: '2026-01-01T00:00:00Z',
      expect: { status: 'Completed', failure: { type: 'X' } },
    },
  ]
  expect(readTests(good)).toEqual({ value: good })
  const bad: unknown = [
    {
      name: '',
      mocks: { 'a/b': { eror: 1, delay: 'soon', error: {}, silent: 1, sequence: [3] } },
      events: {},
      startAt: 'now',
      expect: { state: 'Done', status: 'Done', failure: '' },
    },
    { expect: {} },
    4,
  ]
  const read = readTests(bad as Json)
  expect('faults' in read ? read.faults.map(({ path, message }) => `${path}: ${message}`) : []).toEqual([
    '/0/name: must be a text that is not empty',
    '/0/mocks/a~1b/eror: "eror" is not known here; there are result, error, delay, silent, sequence, compensate',
    '/0/mocks/a~1b/delay: must be an ISO 8601 duration such as "PT2S"',
    '/0/mocks/a~1b/error: "type" is missing',
    '/0/mocks/a~1b/silent: must be true or false',
    '/0/mocks/a~1b/sequence/0: must be an object',
    '/0/events: must be a list',
    '/0/startAt: must be an ISO 8601 instant such as "2026-01-01T09:00:00Z"',
    '/0/expect/state: "state" is not known here; there are status, output, failure, customStatus, steps',
    '/0/expect/status: must be one of Pending, Running, Suspended, Completed, Failed, Terminated',
    '/0/expect/failure: must be a text that is not empty',
    '/1: "name" is missing',
    '/1/expect: expects nothing, so it could not fail; name a status or an output',
    '/2: must be an object',
  ])
  expect(readMocks([])).toEqual({ faults: [{ path: '', message: 'must be an object' }] })
})
