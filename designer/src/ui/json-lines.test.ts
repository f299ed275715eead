import { expect, test } from 'vitest'
import { jsonLines, preview } from './json-lines.ts'

const shape = (value: Parameters<typeof jsonLines>[0], options = {}) =>
  jsonLines(value, options).map((line) => `${line.pointer}${line.hidden ? ` +${line.hidden}` : ''}`)

test('the first level is unfolded, deeper ones on request', () => {
  const value = { a: { b: 1 }, c: [] }
  expect(shape(value)).toEqual(['', '/a', '/c'])
  expect(shape(value, { folds: new Map([['/a', true]]) })).toEqual(['', '/a', '/a/b', '/c'])
  expect(shape(value, { folds: new Map([['', false]]) })).toEqual([''])
})

test('a long list starts folded and shows a hundred entries at a time', () => {
  const list = Array.from({ length: 250 }, (_, index) => index)
  expect(shape(list)).toEqual([''])
  expect(shape(list, { folds: new Map([['', true]]) })).toHaveLength(102)
  expect(shape(list, { folds: new Map([['', true]]) }).at(-1)).toBe('/… +150')
  expect(shape(list, { folds: new Map([['', true]]), shown: new Map([['', 300]]) })).toHaveLength(251)
})

test('names that hold slashes are escaped as JSON Pointer says', () => {
  expect(shape({ 'a/b~c': 1 })).toEqual(['', '/a~1b~0c'])
})

test('previews name a few members', () => {
  expect([
    preview({ id: 1, total: 2 }),
    preview([1, 2]),
    preview([]),
    preview({}),
    preview({ a: 1, b: 1, c: 1, d: 1, e: 1 }),
  ]).toEqual(['{ id, total }', '[2 items]', '[]', '{}', '{ a, b, c, d, … }'])
})
