import { expect, test } from 'vitest'
import { fieldAt, fieldsAt, stepTypeNames } from './code-schema.ts'

const document = {
  steps: {
    a: { type: 'activity', retry: {}, catch: [{ errors: ['*'] }] },
    f: { type: 'parallel', branches: { left: { steps: { w: { type: 'timer', delay: 'PT1S' } } } } },
    u: {},
  },
}

test('a property is told by its own words, its kind and its limits', () => {
  expect(fieldAt(['steps', 'a', 'retry', 'maxNumberOfAttempts'], document)).toEqual({
    name: 'maxNumberOfAttempts',
    isRequired: true,
    kind: 'integer',
    meaning: 'Counts the first attempt.',
    limits: 'from 1 to 1000000',
    choices: [],
  })
  expect(fieldAt(['steps', 'a', 'retry', 'jitter'], document)).toMatchObject({ choices: ['none', 'full'] })
  expect(fieldAt(['steps', 'a', 'catch', '0', 'errors'], document)).toMatchObject({ kind: 'array of strings' })
  expect(fieldAt(['steps', 'a', 'timeout'], document)?.meaning).toMatch(/^Per attempt\. An ISO 8601 duration/)
})

test('a step is what its type says, in every scope', () => {
  expect(fieldAt(['steps', 'f', 'branches', 'left', 'steps', 'w', 'delay'], document)?.kind).toBe('string')
  expect(fieldAt(['steps', 'f', 'branches', 'left', 'steps', 'w'], document)?.meaning).toMatch(/durable timer/)
  expect(fieldAt(['steps', 'a', 'delay'], document)).toBeUndefined()
  expect(fieldAt(['steps', 'u', 'type'], document)?.choices).toEqual(stepTypeNames)
  expect(stepTypeNames).toHaveLength(15)
})

test('where the author is free the schema says nothing', () => {
  expect(fieldsAt(['steps', 'a', 'input'], document)).toEqual([])
  expect(fieldAt(['nothing', 'of', 'the', 'kind'], document)).toBeUndefined()
  expect(fieldAt([], document)).toBeUndefined()
})
