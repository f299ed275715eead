import type { Json, Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { completedSteps } from './completed-steps.ts'
import { runTest, startOf, usualStart } from './definition-test.ts'
import { type MockOptions, type Mocks, mockFakes } from './mocks.ts'
import { compileProgram } from './program.ts'
import { readTests } from './read-tests.ts'

const programOf = (step: object) =>
  compileProgram({
    dsl: '1',
    name: 'tested',
    start: 'work',
    steps: { work: { type: 'activity', activity: 'Work', ...step } as Step },
  })

const answerTo = (step: string, mocks: Mocks, program = programOf({}), options: MockOptions = {}) =>
  mockFakes(program, () => mocks, options)({ kind: 'activity', name: 'Work', input: 3, attempt: 1, step, earlier: 0 })

describe('a mock', () => {
  it('draws the same every time', () => {
    expect(answerTo('work', { work: { result: '{% $random() * $input %}' } })).toMatchObject({ result: 1.5 })
  })

  it('that is no JSON is a fault of the test, not a failure of the step', () => {
    const circle: Json[] = []
    circle.push('{% $input %}', circle)
    expect(() => answerTo('work', { work: { result: circle } })).toThrow()
  })

  it('is halved to the limits of its step that are known; a limit that is an expression is not', () => {
    const limited = programOf({ timeout: 'PT0.8S', heartbeatTimeout: '{% $input %}' })
    expect(answerTo('work', {}, limited)).toEqual({ result: null, delay: 400 })
  })

  it('answers for a step that the definition does not have as well', () => {
    expect(answerTo('gone', {})).toEqual({ result: null, delay: 1_000 })
  })
})

describe('a test of a definition', () => {
  it('takes results where no mock gives one from whoever knows better, and still counts them as not mocked', () => {
    const tried = { name: 'a test', expect: {} }
    expect(runTest(programOf({}), tried, ({ name }) => `a sample of ${name}`)).toMatchObject({
      actual: { output: 'a sample of Work' },
      unmocked: ['work'],
    })
  })

  it('starts when it says, else at the usual instant', () => {
    expect(startOf('2024-01-01T00:00:00Z')).toBe(Date.UTC(2024, 0, 1))
    expect(startOf(undefined)).toBe(Date.parse(usualStart))
    expect(startOf('noon')).toBe(Date.parse(usualStart))
  })

  it('may have any value as an input, a result or details', () => {
    const tests = [
      {
        name: 'a',
        mocks: { work: { result: [null, { a: 1 }], error: { type: 'E', message: 'm', details: 5 } } },
        input: true,
        expect: { output: [] },
      },
    ]
    expect(readTests(tests as unknown as Json)).toEqual({ value: tests })
  })
})

describe('the steps that completed', () => {
  it('are not told by a custom status that no step set', () => {
    const at = usualStart
    expect(completedSteps(programOf({}), [{ seq: 1, at, type: 'CustomStatusSet', status: 'by hand' }])).toEqual([])
  })
})
