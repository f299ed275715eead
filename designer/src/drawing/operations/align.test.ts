import { expect, test } from 'vitest'
import { diagramOf } from '../diagram.ts'
import type { Drawing } from '../drawing.ts'
import { type Alignment, align, distribute } from './align.ts'

const end = { type: 'end' }
const drawing: Drawing = {
  definition: {
    dsl: '1',
    name: 'crooked',
    start: 'a',
    steps: { a: end, b: end, c: end, big: { type: 'scope', body: { start: 'x', steps: { x: end } } } },
  },
  layout: {
    positions: {
      '@start': { x: 0, y: 0 },
      a: { x: 10, y: 100 },
      b: { x: 300, y: 130 },
      c: { x: 900, y: 400 },
      big: { x: 50, y: 600 },
    },
  },
}
const diagram = diagramOf(drawing)
const big = diagram.boxes.find(({ path }) => path === 'big') ?? { width: 0, height: 0 }

function placesAfter(paths: readonly string[], to: Alignment) {
  const { positions } = align(drawing, diagram, paths, to).drawing.layout
  return paths.map((path) => positions[path])
}

test('a side of the outermost box is the side of all of them', () => {
  expect(placesAfter(['a', 'b'], 'left')).toEqual([
    { x: 10, y: 100 },
    { x: 10, y: 130 },
  ])
  expect(placesAfter(['a', 'b'], 'right')).toEqual([
    { x: 300, y: 100 },
    { x: 300, y: 130 },
  ])
  expect(placesAfter(['a', 'b'], 'top')).toEqual([
    { x: 10, y: 100 },
    { x: 300, y: 100 },
  ])
  expect(placesAfter(['a', 'b'], 'bottom')).toEqual([
    { x: 10, y: 130 },
    { x: 300, y: 130 },
  ])
})

test('boxes of different sizes have their middles in one line', () => {
  const [a, outer] = placesAfter(['a', 'big'], 'centre')
  expect((a?.x ?? 0) + 110).toBe((outer?.x ?? 0) + big.width / 2)
  const [b, tall] = placesAfter(['b', 'big'], 'middle')
  expect((b?.y ?? 0) + 28).toBe((tall?.y ?? 0) + big.height / 2)
})

test('the room between boxes is made the same, down as across; the outermost stay', () => {
  const { positions } = distribute(drawing, diagram, ['c', 'a', 'b'], 'down').drawing.layout
  expect([positions.a?.y, positions.b?.y, positions.c?.y]).toEqual([100, 250, 400])
  const across = distribute(drawing, diagram, ['c', 'a', 'b'], 'across').drawing.layout.positions
  expect([across.a?.x, across.b?.x, across.c?.x]).toEqual([10, 455, 900])
})
