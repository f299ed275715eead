import { expect, test } from 'vitest'
import { durationText, relativeText, tickingText } from './duration-text.ts'

test('durations name two units at most', () => {
  expect([0, 84, 999, 1_000, 8_430, 59_999, 72_000, 60_000, 11_100_000, 187_200_000].map(durationText)).toEqual([
    '0 ms',
    '84 ms',
    '999 ms',
    '1 s',
    '8.4 s',
    '59 s',
    '1 m 12 s',
    '1 m',
    '3 h 5 m',
    '2 d 4 h',
  ])
})

test('what ticks shows whole seconds', () => {
  expect([0, 400, 8_930, 61_500].map(tickingText)).toEqual(['0 s', '0 s', '8 s', '1 m 1 s'])
})

test('relative times look both ways', () => {
  expect([0, -8_400, 300, 12_000, 200_000, 8_000_000].map((gap) => relativeText(1e12 - gap, 1e12))).toEqual([
    'just now',
    'in 8 s',
    'just now',
    '12 s ago',
    '3 m ago',
    '2 h ago',
  ])
})
