import { expect, test } from 'vitest'
import type { JsonObject } from '../../drawing/json.ts'
import { caughtBy, evaluateField, outcomeOf } from './evaluate-step.ts'

const sample = { input: { n: 2 }, bindings: { input: { n: 2 }, total: 10 } }

test('the input is what its expressions make of the data', () => {
  expect(evaluateField({ a: '{% $input.n * 2 %}', b: '{% $total %}' }, sample)).toEqual({ value: { a: 4, b: 10 } })
  expect(evaluateField('{% $input.missing %}', sample)).toEqual({ value: null })
  expect(evaluateField(undefined, sample)).toBeUndefined()
  expect(evaluateField('{% $input.n + "x" %}', sample)).toMatchObject({ fault: expect.stringMatching(/\+/) })
})

test('output and assignments see the result, without an output the result passes as it is', () => {
  const step = { output: '{% $result.id %}', assign: { total: '{% $total + $result.price %}' } }
  expect(outcomeOf(step, sample, { id: 7, price: 5 })).toEqual({
    output: { value: 7 },
    assigned: { value: { total: 15 } },
  })
  expect(outcomeOf({}, sample, 3)).toEqual({ output: { value: 3 }, assigned: undefined })
  expect(outcomeOf({ output: '{% $number("x") %}' }, sample, 3).output).toHaveProperty('fault')
})

test('a failure goes to the first catch that takes it', () => {
  const step: JsonObject = {
    catch: [
      { errors: ['Declined'], when: '{% $error.message = "later" %}', next: 'wait' },
      { errors: ['Declined'], assign: { why: '{% $error.message %}' }, next: 'reject' },
      { errors: ['*'], when: true, next: 'any' },
    ],
  }
  expect(caughtBy(step, sample, { type: 'Declined', message: 'later' })).toMatchObject({ next: 'wait' })
  expect(caughtBy(step, sample, { type: 'Declined', message: 'no' })).toEqual({
    next: 'reject',
    assigned: { value: { why: 'no' } },
  })
  expect(caughtBy(step, sample, { type: 'Other', message: '' })).toMatchObject({ next: 'any' })
  expect(caughtBy({}, sample, { type: 'Other', message: '' })).toBeUndefined()
  expect(
    caughtBy({ catch: [{ errors: ['*'], when: '{% $number("x") %}', next: 'a' }] }, sample, { type: 'E', message: '' }),
  ).toHaveProperty('fault')
})
