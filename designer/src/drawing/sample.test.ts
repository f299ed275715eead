import { Validator } from '@cfworker/json-schema'
import type { Json } from '@durable-canvas/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isArray, isObject } from './json.ts'
import { sampleOf, schemaOf } from './sample.ts'

const isValid = (schema: Json, value: Json) => new Validator(schema as object, '2020-12', false).validate(value).valid
const plainKey = fc.stringMatching(/^[a-z]{1,4}$/)
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(plainKey, tie('value'), { maxKeys: 4 }),
  ),
})).value

test('a sample fits the schema that was made from it', () => {
  fc.assert(
    fc.property(json, (sample) => {
      expect(isValid(schemaOf(sample), sample)).toBe(true)
    }),
  )
})

test('so does each item of an array by itself, and nothing of another kind', () => {
  fc.assert(
    fc.property(fc.array(json, { minLength: 1, maxLength: 4 }), (items) => {
      const schema = schemaOf(items)
      const inner = isObject(schema) ? (schema.items ?? {}) : {}
      expect(items.every((item) => isValid(inner, item))).toBe(true)
      expect(isValid(schema, 'no array')).toBe(false)
    }),
  )
})

test('items that differ: what some lack is not required, what differs in kind may be either', () => {
  expect(
    schemaOf([
      { sku: 'a', n: 1, note: null },
      { sku: 'b', n: 1.5, gift: true },
    ]),
  ).toEqual({
    type: 'array',
    items: {
      type: 'object',
      properties: { sku: { type: 'string' }, n: { type: 'number' }, note: {}, gift: { type: 'boolean' } },
      required: ['sku', 'n'],
    },
  })
  expect(schemaOf([1, 'a', null])).toEqual({ type: 'array', items: { type: ['integer', 'string', 'null'] } })
  expect(schemaOf([[], [1]])).toEqual({ type: 'array', items: { type: 'array', items: { type: 'integer' } } })
  expect(schemaOf([{ a: 1 }, 2])).toEqual({
    type: 'array',
    items: { type: ['object', 'integer'], properties: { a: { type: 'integer' } }, required: ['a'] },
  })
  expect(schemaOf(null)).toEqual({})
})

test('a made-up value is of the kind that the schema asks for', () => {
  fc.assert(
    fc.property(json, (sample) => {
      const made = sampleOf(schemaOf(sample))
      if (isObject(sample)) expect(Object.keys(made as object)).toEqual(Object.keys(sample))
      else if (isArray(sample)) expect(isArray(made)).toBe(true)
    }),
  )
})
