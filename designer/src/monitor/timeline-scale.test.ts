import { expect, test } from 'vitest'
import { panned, pieces, ticks, timeScale, viewport, zoomed } from './timeline-scale.ts'

const hour = 3_600_000

test('a long wait between short work is folded, the work is not', () => {
  const cuts = pieces([0, 1_000, 2_000, 2_000 + hour, 3_000 + hour], 0, 4_000 + hour)
  expect(cuts).toEqual([
    { from: 0, to: 2_000, isFolded: false },
    { from: 2_000, to: 2_000 + hour, isFolded: true },
    { from: 2_000 + hour, to: 4_000 + hour, isFolded: false },
  ])
})

test('even waits are not folded: there is nothing else to see', () => {
  expect(pieces([0, 20_000, 40_000], 0, 60_000)).toEqual([{ from: 0, to: 60_000, isFolded: false }])
  expect(pieces([0], 0, hour)).toEqual([{ from: 0, to: hour, isFolded: false }])
})

test('a stretch in which a worker is at it is never folded', () => {
  const cuts = pieces([0, 1_000, 1_000 + hour], 0, 2_000 + hour, [{ from: 1_000, to: 1_000 + hour }])
  expect(cuts.map((cut) => cut.isFolded)).toEqual([false])
})

test('a folded gap takes a narrow strip and places go back to times', () => {
  const scale = timeScale(pieces([0, 1_000, 1_000 + hour], 0, 2_000 + hour))
  expect(scale.place(1_000)).toBeCloseTo(0.47, 2)
  expect(scale.place(1_000 + hour)).toBeCloseTo(0.53, 2)
  expect(scale.place.invert(scale.place(500))).toBeCloseTo(500)
})

test('zooming keeps what is under the cursor under the cursor', () => {
  const scale = timeScale(pieces([], 0, 10_000))
  const window = zoomed(scale, null, 0.5, 0.25)
  expect(viewport(scale, window, 100).at(25)).toBeCloseTo(2_500)
  expect(zoomed(scale, window, 4, 0.5)).toBeNull()
})

test('panning stops at the ends', () => {
  const scale = timeScale(pieces([], 0, 10_000))
  expect(panned(scale, [2_000, 4_000], 0.5)?.map(Math.round)).toEqual([3_000, 5_000])
  expect(panned(scale, [2_000, 4_000], -5)?.map(Math.round)).toEqual([0, 2_000])
  expect(panned(scale, null, 1)).toBeNull()
})

test('ticks stand on round distances from the start', () => {
  const scale = timeScale(pieces([], 5_000, 25_000))
  expect(ticks(scale, viewport(scale, null, 400), 5_000).map(({ at }) => at - 5_000)).toEqual([
    0, 5_000, 10_000, 15_000, 20_000,
  ])
})
