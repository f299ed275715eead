import { expect, test } from 'vitest'
import { describeEvent } from './describe-event.ts'
import { historyOf, iso, type LooseEvent, started } from './history-of.ts'

const line = (event: LooseEvent) => historyOf(event).map(describeEvent)[0]

test('events read as sentences', () => {
  expect(line(started)).toBe('Started order version 2')
  const { instanceId } = historyOf(started)[0] as { readonly instanceId?: string }
  const again = { ...started, continuedFrom: 'e-0', restartOf: instanceId, by: 'ann', reason: 'wrong price' }
  expect(line(again)).toBe('Started order version 2, restarted by ann: wrong price')
  expect(line({ ...started, restartOf: 'o-0' })).toBe('Started order version 2, a restart of o-0')
  expect(line({ type: 'TaskScheduled', step: 'a', activity: 'charge', input: 1, attempt: 2 })).toBe(
    'Asked for charge, attempt 2',
  )
  expect(line({ type: 'TaskCompleted', step: 'a', task: 1, result: { ok: true }, startedAt: iso(0), at: 2 })).toBe(
    'Completed after 2 s with {"ok":true}',
  )
  expect(line({ type: 'TimerCreated', step: 'a', dueAt: iso(5), purpose: 'retry', attempt: 3 })).toBe(
    'Waits 5 s before attempt 3',
  )
  expect(line({ type: 'ChoiceTaken', step: 'a', port: -1, next: 'b' })).toBe('Otherwise: on to b')
  expect(line({ type: 'ChoiceTaken', step: 'a', port: 1, next: 'b' })).toBe('Condition 2 holds: on to b')
  expect(line({ type: 'ExecutionTerminated', reason: 'wrong order', by: 'ann' })).toBe('Terminated by ann: wrong order')
  expect(line({ type: 'ScopeEntered', step: 'each', items: [1] })).toBe('Began with 1 item')
})

test('long values are shortened', () => {
  expect(line({ type: 'EventRaised', name: 'e', data: 'x'.repeat(500) })).toHaveLength(
    'Event e arrived with '.length + 80,
  )
})
