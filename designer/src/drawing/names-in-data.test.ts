import { expect, test } from 'vitest'
import { withDataFields } from './names-in-data.ts'

const sample = {
  input: null,
  bindings: {
    input: { id: 1, 'a-b': { c: [{ d: true }] } },
    steps: { pay: { output: { tx: 't' } }, none: { output: null } },
    count: 3,
    context: { instanceId: 'x' },
  },
  unknown: {},
  source: 'o-1',
}

test('fields of the data come behind the names that are known, each once', () => {
  const known = [{ text: '$input.id', detail: 'integer, The number' }]
  expect(withDataFields(known, sample)).toEqual([
    known[0],
    { text: '$input.`a-b`', detail: 'object in o-1' },
    { text: '$input.`a-b`.c', detail: 'array in o-1' },
    { text: '$input.`a-b`.c.d', detail: 'boolean in o-1' },
    { text: '$steps.pay.output.tx', detail: 'string in o-1' },
  ])
})

test('data that is deep or wide is not told to its end', () => {
  const deep = { a: { b: { c: { d: { e: 1 } } } } }
  const wide = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`k${index}`, index]))
  const texts = withDataFields([], { input: null, bindings: { deep, wide }, unknown: {} }).map(({ text }) => text)
  expect(texts).toContain('$deep.a.b.c.d')
  expect(texts).not.toContain('$deep.a.b.c.d.e')
  expect(texts.filter((text) => text.startsWith('$wide.'))).toHaveLength(50)
})
