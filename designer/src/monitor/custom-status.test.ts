import type { Json } from '@durable-canvas/schema'
import { expect, test } from 'vitest'
import { progressOf, statusWords } from './custom-status.tsx'

const given = (...statuses: Json[]) => statuses

test('progress is a share of 1, or a percentage', () => {
  expect(
    given({ progress: 0.25 }, { progress: 25 }, { percent: 50 }, { progress: 'half' }, 'text', null, {
      percent: 400,
    }).map(progressOf),
  ).toEqual([0.25, 0.25, 0.5, null, null, null, 1])
})

test('a status reads as words, without the number that is drawn as a bar', () => {
  expect(
    given('Paying', { phase: 'sending', progress: 0.2 }, { city: 'Lisbon', celsius: 25 }, null, 7, { percent: 10 }).map(
      statusWords,
    ),
  ).toEqual(['Paying', 'sending', 'city Lisbon · celsius 25', '', '7', ''])
})
