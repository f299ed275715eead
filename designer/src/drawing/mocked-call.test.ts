import { compileProgram, type DefinitionTest, type Mock, runTest } from '@durable-canvas/interpreter/core'
import { type Json, parseDefinition } from '@durable-canvas/schema'
import { expect, test } from 'vitest'
import type { Drawing, Layout } from './drawing.ts'
import { patched } from './edit.ts'
import { answerCall } from './extract/mocked-call.ts'
import { planExtraction } from './extract/plan.ts'
import { isRefusal } from './extract/region.ts'
import type { JsonObject } from './json.ts'
import { mocksOf } from './mocks.ts'
import { extractSteps } from './operations/extract-steps.ts'

const activity = (next: string | undefined, more: JsonObject = {}): JsonObject => ({
  type: 'activity',
  activity: 'Echo',
  ...(next && { next }),
  ...more,
})

const order = (steps: JsonObject, start = 'check'): JsonObject => ({ dsl: '1', name: 'order', start, steps })

const simple = order({
  check: activity('pay'),
  pay: activity('book', { input: { amount: '{% $steps.check.output.total %}' } }),
  book: activity('done', { input: '{% $steps.pay.output %}' }),
  done: { type: 'end', output: { paid: '{% $steps.pay.output %}', booked: '{% $steps.book.output %}' } },
})

const resultOf = ({ name }: { readonly name: string }): Json => `what ${name} gives`

function extracted(definition: JsonObject, layout: Omit<Layout, 'positions'>, paths = ['pay', 'book']) {
  const drawing: Drawing = { definition, layout: { positions: {}, ...layout } }
  const plan = planExtraction(definition, paths)
  if (isRefusal(plan)) throw new Error(plan.reason)
  const bare = extractSteps(drawing, plan, 'money')
  const { edit, child } = answerCall(drawing, bare, { input: null, resultOf })
  expect(patched(edit.drawing, edit.inverse)).toEqual(drawing)
  return { layout: edit.drawing.layout, definition: edit.drawing.definition, child, call: bare.call }
}

const callMock = (definition: JsonObject, mocks: { readonly [path: string]: Mock }, paths?: string[]) => {
  const { layout, call } = extracted(definition, { mocks }, paths)
  return layout.mocks?.[call]
}

test('the new step answers what the steps came to, after as long as they took', () => {
  const mocks = {
    check: { result: { total: 12 } },
    pay: { result: '{% $input.amount * 2 %}' },
    book: { result: '{% "of " & $string($input) %}', delay: 'PT3S' },
  }
  const { layout, child } = extracted(simple, { mocks })
  expect(layout.mocks).toEqual({
    check: mocks.check,
    money: { result: { pay: 24, book: 'of 24' }, delay: 'PT4S' },
  })
  expect(child.layout.mocks).toEqual({ pay: mocks.pay, book: mocks.book })
})

test('steps without a mock give what the catalogue says; without any mock nothing is made up', () => {
  expect(callMock(simple, { pay: { result: 1 } })).toEqual({
    result: { pay: 1, book: 'what Echo gives' },
    delay: 'PT2S',
  })
  expect(callMock(simple, { check: { result: { total: 1 } } })).toMatchObject({ result: { pay: 'what Echo gives' } })
  expect(extracted(simple, {}).layout).toEqual({ positions: {} })
})

test('what failed inside fails, and what took a second says nothing about it', () => {
  expect(callMock(simple, { pay: { error: { type: 'Refused', message: 'no' } } })).toEqual({
    error: { type: 'SubOrchestrationFailed', message: expect.stringContaining('no') },
  })
})

test('calls that come to different ends are answered one after the other', () => {
  const each = order({
    check: {
      type: 'forEach',
      items: [1, 2, 2],
      item: 'n',
      maxConcurrency: 1,
      body: {
        start: 'a',
        steps: { a: activity('b', { input: '{% $n %}' }), b: activity(undefined, { input: '{% $steps.a.output %}' }) },
      },
    },
  })
  expect(callMock(each, { 'check/a': { result: '{% $input %}' }, elsewhere: { result: 1 } }, ['check/a'])).toEqual({
    sequence: [{ result: { a: 1 } }, { result: { a: 2 } }],
  })
})

test('a call that the run never makes is tried with a sample', () => {
  const waits = order({
    check: { type: 'waitForEvent', event: 'go', next: 'pay' },
    pay: activity('done', { input: '{% $steps.check.output %}' }),
    done: { type: 'end', output: '{% $steps.pay.output %}' },
  })
  expect(callMock(waits, { pay: { result: { id: 7 } } }, ['pay'])).toEqual({ result: { pay: { id: 7 } } })
  const broken = order({ ...(simple.steps as JsonObject), check: { type: 'activity', activity: '', next: 'pay' } })
  expect(callMock(broken, { pay: { result: 1 } })).toMatchObject({ result: { pay: 1 } })
  const without = order({ ...(simple.steps as JsonObject), pay: { type: 'activity', activity: '', next: 'book' } })
  expect(callMock(without, { book: { result: 1 } })).toEqual({ result: { pay: null, book: null } })
})

test('where the child comes to no end its ends tell the shape', () => {
  const waits = order({
    check: activity('pay'),
    pay: activity('book'),
    book: { type: 'waitForEvent', event: 'booked', correlationKey: 'k', next: 'done' },
    done: { type: 'end', output: '{% $steps.pay.output.id & $steps.book.output.id %}' },
  })
  expect(callMock(waits, { pay: { result: { id: 7 } } })).toEqual({ result: { pay: null, book: null } })
  const silent = order({ check: activity('pay'), pay: activity('done'), done: { type: 'end' } })
  expect(callMock(silent, { pay: { silent: true } }, ['pay'])).toBeUndefined()
  const round = order({ check: activity('pay'), pay: activity('pay'), done: { type: 'end' } })
  expect(callMock(round, { pay: { result: 1 } }, ['pay'])).toBeUndefined()
})

test('a workflow that goes round without a rest is no reason to fail', () => {
  const round = order({
    check: { type: 'choice', choices: [{ when: '{% $input.go %}', next: 'pay' }], otherwise: 'again' },
    again: { type: 'continueAsNew' },
    pay: activity(undefined),
  })
  expect(callMock(round, { pay: { result: 1 } }, ['pay'])).toEqual({ result: 1 })
})

test('saved tests pass as they did, with answers of their own where those differ', () => {
  const waits = order({
    check: activity('pay'),
    pay: activity('book', { input: '{% $steps.check.output %}' }),
    book: { type: 'waitForEvent', event: 'booked', correlationKey: 'k', next: 'done' },
    done: { type: 'end', output: '{% $steps.pay.output + $steps.book.output %}' },
  })
  const steps = ['check', 'pay', 'book', 'done']
  const tests = [
    {
      name: 'usual',
      events: [{ name: 'booked', data: 5, after: 'pay' }],
      mocks: { check: { result: 3 } },
      expect: { status: 'Completed', output: 8, steps },
    },
    {
      name: 'at a time, steps not looked at',
      events: [{ name: 'booked', data: 6, at: 'PT1M' }],
      mocks: { check: { result: 1 }, pay: { result: 2 } },
      expect: { status: 'Completed', output: 8 },
    },
    {
      name: 'never gets there',
      mocks: { check: { error: { type: 'T', message: '' } } },
      expect: { status: 'Failed', steps: [] },
    },
    {
      name: 'fails inside',
      mocks: { check: { result: 1 }, pay: { error: { type: 'T', message: '' } } },
      expect: { status: 'Failed', steps: ['check'] },
    },
    { name: 'asks nobody', events: [{ name: 'booked', data: 5, at: 'PT1M' }], expect: { output: null } },
  ] as unknown as readonly DefinitionTest[]
  const odd = { name: 'of a later version' } as unknown as DefinitionTest
  const layout = { mocks: { pay: { result: '{% $input %}' } }, tests: [...tests, odd] }
  const passes = (definition: JsonObject, { mocks, tests: kept }: Pick<Layout, 'mocks' | 'tests'>) =>
    (kept ?? []).slice(0, tests.length).map((one) => {
      const { definition: parsed } = parseDefinition(definition)
      if (parsed === null) throw new Error('it has problems')
      const program = compileProgram(parsed, { version: 1 })
      return runTest(program, { ...one, mocks: { ...mocksOf({ ...(mocks && { mocks }) }), ...one.mocks } }).differences
    })
  expect(passes(waits, layout)).toEqual([[], [], [], [], []])
  const after = extracted(waits, layout)
  expect(passes(after.definition, after.layout)).toEqual([[], [], [], [], []])
  expect(after.layout.tests?.[5]).toEqual(odd)
  expect(after.layout.tests?.[2]).toEqual(tests[2])
  expect(after.layout.tests?.[0]?.expect.steps).toEqual(['check', 'done', 'money'])
})
