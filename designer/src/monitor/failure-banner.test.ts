// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { triedText } from './failure-banner.tsx'
import { historyOf, iso, started } from './history-of.ts'
import { unfold } from './visits.ts'

const failure = { type: 'Declined', message: 'no' }
const attempt = (number: number, at: number) =>
  ({ type: 'TaskScheduled', step: 'pay', activity: 'pay', input: null, attempt: number, at }) as const
const failed = (task: number, number: number, at: number) =>
  ({ type: 'TaskFailed', step: 'pay', task, failure, attempt: number, at }) as const

test('it says how often it was tried, for how long and with which pauses', () => {
  const { visits } = unfold(
    historyOf(
      started,
      attempt(1, 1),
      failed(2, 1, 2),
      { type: 'TimerCreated', step: 'pay', dueAt: iso(7), purpose: 'retry', attempt: 2, at: 2 },
      { type: 'TimerFired', step: 'pay', timer: 4, at: 7 },
      attempt(2, 7),
      failed(6, 2, 8),
    ),
  )
  expect(triedText(visits.get('pay'), failure, 2)).toBe(
    'It was tried 2 times in 7 s, with 5 s between. A rewind runs it again and keeps the rest.',
  )
})

test('it says why not all attempts were used', () => {
  const { visits } = unfold(historyOf(started, attempt(1, 1), failed(2, 1, 2)))
  expect(triedText(visits.get('pay'), { nonRetryable: true }, 4)).toContain(
    'It was tried 1 of 4 times in 1 s: the error is marked as not worth retrying.',
  )
})

test('a step that calls nothing was not tried', () => {
  expect(triedText(undefined, failure)).toBe('A rewind runs it again and keeps the rest.')
})
