import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkJsonSchema } from './json-schema-check.ts'

const faults = (schema: unknown) => checkJsonSchema(schema).map(({ pointer, message }) => `${pointer}: ${message}`)

describe('checkJsonSchema', { timeout: 60_000 }, () => {
  it.each([
    [true],
    [{}],
    [{ type: ['string', 'null'], minLength: 1, pattern: '^\\p{L}+$', 'x-order': 3 }],
    [{ $defs: { money: { type: 'number', multipleOf: 0.01 } }, properties: { price: { $ref: '#/$defs/money' } } }],
    [{ type: 'array', prefixItems: [{ type: 'string' }], items: false, contains: { const: null } }],
    // biome-ignore lint/suspicious/noThenProperty: the keyword's own name
    [{ if: { required: ['a'] }, then: { required: ['b'] }, else: { not: {} }, dependentRequired: { a: ['b'] } }],
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema', properties: { child: { $ref: '#' } } }],
  ])('takes %j', (schema) => {
    expect(faults(schema)).toEqual([])
  })

  it.each<[unknown, string]>([
    ['string', ': A schema must be an object, true or false'],
    [{ type: 'text' }, '/type: "text" is no type; there are array, boolean, integer, null, number, object, string'],
    [{ properties: { a: { minimum: '1' } } }, '/properties/a/minimum: must be a number'],
    [{ required: 'a' }, '/required: must be a list of property names'],
    [{ required: ['a', 'a'] }, '/required: names a property twice'],
    [{ items: [{}] }, '/items: `items` is one schema; a list of them is called `prefixItems`'],
    [{ pattern: '(' }, '/pattern: "(" is no regular expression'],
    [{ patternProperties: { '[': {} } }, '/patternProperties/[: "[" is no regular expression'],
    [{ anyOf: [] }, '/anyOf: must be a list of schemas'],
    [{ anyOf: [{}, 3] }, '/anyOf/1: A schema must be an object, true or false'],
    [{ $ref: '#/$defs/gone' }, '/$ref: #/$defs/gone leads to nothing in this schema'],
    [
      { $ref: 'http://x.test/s.json' },
      '/$ref: http://x.test/s.json lies outside: only references inside of the schema (#/…) can be followed',
    ],
    [
      { $schema: 'http://json-schema.org/draft-07/schema#' },
      '/$schema: must be https://json-schema.org/draft/2020-12/schema, or left out',
    ],
    [{ maxLength: -1 }, '/maxLength: must be a whole number from 0'],
    [{ enum: [] }, '/enum: must be a list of values'],
  ])('refuses %j', (schema, fault) => {
    expect(faults(schema)).toEqual([fault])
  })

  it('lets pass what ajv compiles, and stops what its meta-schema refuses', () => {
    const ajv = new Ajv2020({ strict: false, logger: false })
    const keyword = fc.constantFrom(
      ...[
        'type',
        'items',
        'properties',
        'required',
        'minLength',
        'enum',
        'anyOf',
        'not',
        'pattern',
        'uniqueItems',
        'multipleOf',
      ],
    )
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        'string',
        'object',
        ['string'],
        ['a', 'b'],
        ['a', 'a'],
        0,
        -1,
        1.5,
        true,
        null,
        {},
        [],
        [{}],
        { a: {} },
        '(',
      ),
    )
    fc.assert(
      fc.property(fc.dictionary(keyword, value, { maxKeys: 3 }), (schema) => {
        let isUsable = true
        try {
          ajv.compile(schema)
        } catch {
          isUsable = false
        }
        expect([schema, faults(schema).length === 0]).toEqual([schema, isUsable])
      }),
      { numRuns: 300 },
    )
  })
})
