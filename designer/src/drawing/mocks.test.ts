import type { DefinitionTest, Mocks } from '@durable-canvas/interpreter/core'
import type { Json } from '@durable-canvas/schema'
import { expect, test } from 'vitest'
import { newDrawing } from './drawing.ts'
import { patched } from './edit.ts'
import { expectationFault, mockOfAnswers, mocksOf, relabelTests, testsOf } from './mocks.ts'
import { renameStep } from './operations/rename-step.ts'
import { setMock } from './operations/set-mock.ts'
import { removeTest, renameTest, saveTest, setExpectation } from './operations/set-tests.ts'

const asMocks = (value: Json) => value as Mocks
const one: DefinitionTest = { name: 'one', expect: { status: 'Completed' } }

test('mocks that cannot be read are passed over, the others count', () => {
  const mocks = asMocks({ a: { result: 1 }, b: { delay: 'soon' }, c: 3 })
  expect(mocksOf({ mocks })).toEqual({ a: { result: 1 } })
  expect(mocksOf({ mocks })).toBe(mocksOf({ mocks }))
  expect(mocksOf({})).toEqual({})
})

test('a test that cannot be read says why and keeps its name', () => {
  const tests = [one, { name: 'two', expect: { state: 'x' } }, 3] as unknown as DefinitionTest[]
  expect(testsOf({ tests })).toMatchObject([
    { name: 'one', test: one },
    { name: 'two', test: { fault: expect.stringContaining('"state" is not known here') } },
    { name: 'Test 3', test: { fault: expect.stringContaining('must be an object') } },
  ])
  expect(testsOf({})).toEqual([])
})

test('answers become the shortest mock that answers so again', () => {
  const [a, b] = [{ result: 1 }, { result: 2 }]
  expect(mockOfAnswers([])).toEqual({})
  expect(mockOfAnswers([a, a])).toEqual(a)
  expect(mockOfAnswers([a, b, b, b])).toEqual({ sequence: [a, b] })
  expect(mockOfAnswers([a, b, a])).toEqual({ sequence: [a, b, a] })
})

test('mocks and tests are set by edits that lead back', () => {
  const empty = newDrawing('x')
  const mocked = setMock(empty, 'a', { result: 1 })
  expect(mocked.drawing.layout.mocks).toEqual({ a: { result: 1 } })
  expect(patched(mocked.drawing, mocked.inverse)).toEqual(empty)
  expect(setMock(mocked.drawing, 'a', undefined).drawing).toEqual(empty)

  const saved = saveTest(empty, one).drawing
  expect(saveTest(saved, { ...one, input: 2 }).drawing.layout.tests).toEqual([{ ...one, input: 2 }])
  const two = saveTest(saved, { ...one, name: 'two' }).drawing
  expect(renameTest(two, 1, 'three').drawing.layout.tests?.map(({ name }) => name)).toEqual(['one', 'three'])
  expect(removeTest(two, 0).drawing.layout.tests).toEqual([{ ...one, name: 'two' }])
  expect(removeTest(saved, 0).drawing).toEqual(empty)
})

test('what a test expects is changed by itself, and what could not be expected is told', () => {
  const { drawing } = saveTest({ definition: {}, layout: { positions: {} } }, { ...one, input: 3 })
  const changed = setExpectation(drawing, 0, { status: 'Completed', output: 6 })
  expect(changed.drawing.layout.tests).toEqual([{ ...one, input: 3, expect: { status: 'Completed', output: 6 } }])
  expect(changed.label).toBe('Edit the test "one"')
  expect(patched(changed.drawing, changed.inverse)).toEqual(drawing)
  expect(setExpectation({ definition: {}, layout: { positions: {} } }, 0, {}).label).toBe('Edit the test ""')
  expect(expectationFault({ output: null })).toBeUndefined()
  expect(expectationFault({})).toBe('expects nothing, so it could not fail; name a status or an output')
  expect(expectationFault({ status: 'Done', failure: { code: 1 } })).toMatch(
    /^status must be one of .*; failure\/code "code" is not known here; there are type, message, step$/,
  )
})

test('mocks and tests follow a step to its new name', () => {
  const drawing = {
    definition: { dsl: '1', name: 'x', start: 'a', steps: { a: { type: 'timer', delay: 'PT1S' } } },
    layout: {
      positions: {},
      mocks: { a: { result: 1 } },
      tests: [
        {
          name: 't',
          mocks: { a: { result: 1 } },
          events: [{ name: 'e', after: 'a' }, { name: 'f' }],
          expect: { steps: ['a'] },
        },
      ],
    },
  }
  const { layout } = renameStep(drawing, 'a', 'b').drawing
  expect(layout.mocks).toEqual({ b: { result: 1 } })
  expect(layout.tests).toEqual([
    {
      name: 't',
      mocks: { b: { result: 1 } },
      events: [{ name: 'e', after: 'b' }, { name: 'f' }],
      expect: { steps: ['b'] },
    },
  ])
})

test('a failure that a test expects follows its step through items, visits and branches', () => {
  const expecting = (step: string) =>
    [{ name: 'x', expect: { status: 'Failed', failure: { type: 'T', step } } }] as unknown as DefinitionTest[]
  const relabelled = (step: string, rename: (path: string) => string | undefined) =>
    relabelTests(expecting(step), rename)[0]?.expect.failure
  expect(relabelled('each#2[3]/pay#4', () => 'all/charge')).toEqual({ type: 'T', step: 'all#2[3]/charge#4' })
  expect(relabelled('fork#2[left]/pay', () => 'split[right]/pay')).toEqual({ type: 'T', step: 'split#2[right]/pay' })
  expect(relabelled('pay', () => undefined)).toEqual({ type: 'T', step: 'pay' })
  expect(relabelled('each[3]/pay', () => 'pay')).toEqual({ type: 'T', step: 'each[3]/pay' })
  const typeOnly = [
    { name: 'x', expect: { failure: 'T' } },
    { name: 'y', expect: { failure: { type: 'T' } } },
  ]
  expect(relabelTests(typeOnly, () => 'other')).toEqual(typeOnly)
})

test('a step that is gone leaves tests, and what is no test stays as it is', () => {
  const odd = [
    3,
    { name: 'x', mocks: { a: {}, b: {} }, events: [4, { name: 'e', after: 'a' }], expect: { steps: ['a', 'b'] } },
  ]
  expect(relabelTests(odd as unknown as DefinitionTest[], (path) => (path === 'a' ? undefined : path))).toEqual([
    3,
    { name: 'x', mocks: { b: {} }, events: [4, { name: 'e', after: 'a' }], expect: { steps: ['b'] } },
  ])
  expect(relabelTests('x' as unknown as DefinitionTest[], (path) => path)).toBe('x')
})
