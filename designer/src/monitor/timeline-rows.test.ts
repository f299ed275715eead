import { expect, test } from 'vitest'
import { historyOf, iso, type LooseEvent, second, started } from './history-of.ts'
import { barsOf, itemText, timelineRows, workOf } from './timeline-rows.ts'
import { unfold } from './visits.ts'

const task = (step: string, attempt = 1) =>
  ({ type: 'TaskScheduled', step, activity: 'charge', input: null, attempt }) as const
const bars = (path: string, ...events: readonly LooseEvent[]) => {
  const visit = unfold(historyOf(started, ...events)).visits.get(path)
  return visit
    ? barsOf(visit).map(({ kind, from, to, outcome }) => [
        kind,
        (from - second(0)) / 1_000,
        to === null ? null : (to - second(0)) / 1_000,
        outcome,
      ])
    : []
}

test('an attempt is a light bar while queued and a solid one while it runs', () => {
  expect(
    bars('a', task('a'), { type: 'TaskCompleted', step: 'a', task: 2, result: 1, startedAt: iso(3), at: 5 }),
  ).toEqual([
    ['queue', 1, 3, 'completed'],
    ['run', 3, 5, 'completed'],
  ])
})

test('an open attempt is queued until a worker is known to be at it', () => {
  const visit = unfold(historyOf(started, task('a'))).visits.get('a')
  expect([visit && barsOf(visit).map((bar) => bar.kind), visit && barsOf(visit, true).map((bar) => bar.kind)]).toEqual([
    ['queue'],
    ['run'],
  ])
})

test('between attempts stands the pause', () => {
  const failed = {
    type: 'TaskFailed',
    step: 'a',
    task: 2,
    failure: { type: 'E', message: '' },
    attempt: 1,
    at: 2,
  } as const
  expect(
    bars('a', task('a'), failed, {
      type: 'TimerCreated',
      step: 'a',
      dueAt: iso(9),
      purpose: 'retry',
      attempt: 2,
      at: 2,
    }).map(([kind, , , outcome]) => [kind, outcome]),
  ).toEqual([
    ['run', 'failed'],
    ['backoff', 'open'],
  ])
})

test('what takes no time is a mark, containers are brackets', () => {
  expect(bars('c', { type: 'ChoiceTaken', step: 'c', port: 0, next: 'd' })).toEqual([['instant', 1, 1, 'completed']])
  expect(bars('s', { type: 'ScopeEntered', step: 's' })).toEqual([['scope', 1, null, 'open']])
})

test('many items are folded away until asked for', () => {
  const items = Array.from({ length: 30 }, (_, index) => ({ type: 'ScopeEntered', step: `each[${index}]` }) as const)
  const unfolding = unfold(
    historyOf(started, { type: 'ScopeEntered', step: 'each', items: items.map((_, index) => `c${index}`) }, ...items),
  )
  expect(timelineRows(unfolding, new Map())).toHaveLength(1)
  const rows = timelineRows(unfolding, new Map([['each', true]]))
  expect(rows).toHaveLength(31)
  expect(rows[3] && itemText(rows[3].visit)).toBe('c2')
})

test('only what a worker does is work; waiting for a child is not', () => {
  const child = {
    type: 'SubOrchestrationInstanceCreated',
    step: 'b',
    instanceId: 'x',
    definition: 'd',
    input: null,
    mode: 'wait',
    onParentEnd: 'terminate',
    attempt: 1,
  } as const
  expect(workOf(unfold(historyOf(started, task('a'), child)), second(9))).toEqual([{ from: second(1), to: second(9) }])
})
