import { expect, test } from 'vitest'
import { diagramOf } from './diagram.ts'
import type { Direction, Drawing, Positions } from './drawing.ts'
import { makeRoom, placeBeside } from './make-room.ts'

const definition = {
  dsl: '1',
  name: 'room',
  start: 'a',
  steps: {
    a: { type: 'activity', activity: 'A', next: 'b' },
    b: { type: 'activity', activity: 'B', next: 'c' },
    c: { type: 'activity', activity: 'C', next: 'a' },
  },
}

const drawn = (positions: Positions, direction: Direction): Drawing => ({
  definition,
  layout: { positions, direction },
})

const down = drawn({ '@start': { x: 36, y: 0 }, a: { x: 0, y: 100 }, b: { x: 0, y: 220 }, c: { x: 300, y: 220 } }, 'TB')
const across = drawn(
  { '@start': { x: 0, y: 12 }, a: { x: 200, y: 0 }, b: { x: 500, y: 0 }, c: { x: 800, y: 90 } },
  'LR',
)

test('a step put into a chain stands under the one before it, and all from there on make room', () => {
  const { at, moved } = makeRoom(diagramOf(down), '', 'a', 'b')
  expect(at).toEqual({ x: 0, y: 216 })
  expect(moved).toEqual({ b: { x: 0, y: 336 }, c: { x: 300, y: 336 } })
})

test('in a flow from left to right room is made to the right', () => {
  const { at, moved } = makeRoom(diagramOf(across), '', 'a', 'b')
  expect(at).toEqual({ x: 480, y: 0 })
  expect(moved).toEqual({ b: { x: 780, y: 0 }, c: { x: 1080, y: 90 } })
})

test('behind the last one, and on an edge that leads back, nobody has to move', () => {
  expect(makeRoom(diagramOf(down), '', 'c', undefined)).toEqual({ at: { x: 300, y: 336 }, moved: {} })
  expect(makeRoom(diagramOf(down), '', 'c', 'a')).toEqual({ at: { x: 300, y: 336 }, moved: {} })
  expect(makeRoom(diagramOf(across), '', 'c', 'a')).toEqual({ at: { x: 1080, y: 90 }, moved: {} })
})

test('behind a box that is not there it stands where the scope begins', () => {
  expect(makeRoom(diagramOf(down), '', 'nobody', undefined)).toEqual({ at: { x: 0, y: 116 }, moved: {} })
  expect(makeRoom(diagramOf(across), '', 'nobody', undefined)).toEqual({ at: { x: 280, y: 0 }, moved: {} })
})

test('copies stand beside what they are copied from, clear of everything in the scope', () => {
  expect(placeBeside(diagramOf(down), '', ['a'])).toEqual({ x: 256, y: 100 })
  // Beside b stands c.
  expect(placeBeside(diagramOf(down), '', ['b'])).toEqual({ x: 556, y: 220 })
  expect(placeBeside(diagramOf(down), '', ['a', 'b'])).toEqual({ x: 556, y: 100 })
  expect(placeBeside(diagramOf(across), '', ['b'])).toEqual({ x: 500, y: 92 })
  expect(placeBeside(diagramOf(across), '', ['@note:gone'])).toBeUndefined()
})
