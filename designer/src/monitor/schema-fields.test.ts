import { expect, test } from 'vitest'
import { schemaFields, typeText } from './schema-fields.ts'

test('fields are listed with their paths, types and whether they must be there', () => {
  const fields = schemaFields({
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', minLength: 1, title: 'Order number' },
      items: {
        type: 'array',
        items: {
          type: 'object',
          required: ['sku'],
          properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
        },
      },
      payment: { type: 'object', properties: { amount: { type: 'number' } } },
    },
  })
  expect(fields.map(({ path, type, isRequired }) => `${path}${isRequired ? '!' : ''}: ${type}`)).toEqual([
    'id!: string',
    'items: list of object',
    'items[].sku!: string',
    'items[].quantity: integer',
    'payment: object',
    'payment.amount: number',
  ])
  expect(fields[0]?.notes).toEqual(['Order number', 'not empty'])
})

test('a schema that is no object is one field', () => {
  expect(schemaFields({ type: 'string', format: 'email' })).toEqual([
    { path: '', type: 'string (email)', isRequired: true, notes: [] },
  ])
  expect(schemaFields(true)).toHaveLength(1)
})

test('types read as words', () => {
  expect([
    typeText({ enum: ['a', 'b'] }),
    typeText({ const: 1 }),
    typeText({ type: ['string', 'null'] }),
    typeText({ oneOf: [{ type: 'string' }, { type: 'number' }] }),
    typeText({}),
  ]).toEqual(['"a" | "b"', '1', 'string or null', 'string or number', 'anything'])
})

test('a schema that holds itself many levels deep ends', () => {
  let schema: object = { type: 'string' }
  for (let depth = 0; depth < 40; depth += 1) schema = { type: 'object', properties: { child: schema } }
  expect(schemaFields(schema as never).length).toBeLessThan(10)
})
