import { expect, test } from 'vitest'
import { emptyLayout, type Layout } from './drawing.ts'
import { layoutToStore } from './kept-layout.ts'
import { readLayout } from './read-layout.ts'

const stored = {
  positions: { a: { x: 1, y: 2, pinned: true }, b: { lane: 3 } },
  direction: 'radial',
  collapsed: ['each', 7],
  mocks: 'elsewhere',
  heat: { a: 0.5 },
}
const read = readLayout(stored) ?? emptyLayout

test('a layout that was not touched is stored as it was', () => {
  expect(layoutToStore({ stored, read }, read)).toBe(stored)
  expect(layoutToStore({ stored, read }, structuredClone(read))).toBe(stored)
})

test('what was edited is stored, and what is not understood stays beside it', () => {
  const now: Layout = { ...read, positions: { a: { x: 5, y: 2 }, c: { x: 0, y: 0 } }, collapsed: ['each', 'fork'] }
  expect(layoutToStore({ stored, read }, now)).toEqual({
    positions: { a: { x: 5, y: 2, pinned: true }, b: { lane: 3 }, c: { x: 0, y: 0 } },
    direction: 'radial',
    collapsed: ['each', 'fork'],
    mocks: 'elsewhere',
    heat: { a: 0.5 },
  })
})

test('a place that was not understood is filled in when the box is moved', () => {
  const now: Layout = { ...read, positions: { ...read.positions, b: { x: 7, y: 7 } } }
  expect(layoutToStore({ stored, read }, now)).toMatchObject({ positions: { b: { x: 7, y: 7, lane: 3 } } })
})

test('answers and tests are read where they are of their kind', () => {
  const kept = { positions: {}, mocks: { a: { result: 1 } }, tests: [{ name: 't', expect: {} }] }
  expect(readLayout(kept)).toEqual(kept)
  expect(readLayout({ ...kept, mocks: [], tests: {} })).toEqual({ positions: {} })
})

test('what was taken away is gone, also for the next time', () => {
  const { positions: _places, ...others } = read
  const now = layoutToStore({ stored, read }, { ...others, positions: {} })
  expect(now).toMatchObject({ positions: { b: { lane: 3 } } })
  expect(layoutToStore({ stored: now, read: { ...others, positions: {} } }, { ...others, positions: {} })).toBe(now)
})

test('where nothing was stored, or no layout, what is drawn is stored', () => {
  const now: Layout = { positions: { a: { x: 1, y: 1 } } }
  expect(layoutToStore({ stored: null, read: emptyLayout }, now)).toEqual(now)
  expect(layoutToStore({ stored: null, read: emptyLayout }, emptyLayout)).toBeNull()
  expect(layoutToStore({ stored: { heat: 1 }, read: emptyLayout }, { ...emptyLayout, direction: 'LR' })).toEqual({
    positions: {},
    direction: 'LR',
    heat: 1,
  })
  expect(layoutToStore({ stored: 'odd', read: emptyLayout }, now)).toEqual(now)
  expect(layoutToStore({ stored: 'odd', read: emptyLayout }, emptyLayout)).toBe('odd')
})
