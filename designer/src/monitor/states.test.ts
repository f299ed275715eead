import { expect, test } from 'vitest'
import { historyOf, iso, second, started } from './history-of.ts'
import { stepStates } from './states.ts'
import { unfold } from './visits.ts'

const task = (step: string, attempt = 1) =>
  ({ type: 'TaskScheduled', step, activity: 'charge', input: null, attempt }) as const

test('an activity is scheduled until the summary says that it runs', () => {
  const unfolding = unfold(historyOf(started, task('charge')))
  expect(stepStates(unfolding, { now: second(2) }).get('charge')).toEqual({
    state: 'scheduled',
    since: iso(1),
    visits: 1,
    attempt: 1,
  })
  expect(stepStates(unfolding, { now: second(2), running: new Set(['charge']) }).get('charge')?.state).toBe('running')
})

test('a retry counts down to its next attempt', () => {
  const unfolding = unfold(
    historyOf(
      started,
      task('charge'),
      { type: 'TaskFailed', step: 'charge', task: 2, failure: { type: 'E', message: '' }, attempt: 1 },
      { type: 'TimerCreated', step: 'charge', dueAt: iso(20), purpose: 'retry', attempt: 2 },
    ),
  )
  expect(stepStates(unfolding, { now: second(12), maxAttempts: () => 3 }).get('charge')).toMatchObject({
    state: 'retrying',
    label: '2 of 3, next in 8 s',
  })
  expect(stepStates(unfolding, { now: second(30) }).get('charge')).toMatchObject({ label: '2, next now' })
})

test('items side by side count together, and the container says how many are done', () => {
  const item = (index: number) =>
    [{ type: 'ScopeEntered', step: `each[${index}]` }, task(`each[${index}]/charge`)] as const
  const states = stepStates(
    unfold(
      historyOf(
        started,
        { type: 'ScopeEntered', step: 'each', items: [1, 2, 3] },
        ...item(0),
        ...item(1),
        { type: 'TaskCompleted', step: 'each[0]/charge', task: 4, result: 1 },
        { type: 'ScopeExited', step: 'each[0]', output: 1 },
      ),
    ),
    { now: second(9) },
  )
  expect(states.get('each')).toMatchObject({ state: 'running', label: '1 of 3 done' })
  expect(states.get('each/charge')).toMatchObject({ state: 'scheduled', label: '1 of 2 done', visits: 2 })
})

test('of a loop the latest visit counts', () => {
  const states = stepStates(
    unfold(
      historyOf(
        started,
        task('poll'),
        { type: 'TaskFailed', step: 'poll', task: 2, failure: { type: 'E', message: '' }, attempt: 1 },
        { type: 'ErrorCaught', step: 'poll', failure: { type: 'E', message: '' }, index: 0, next: 'poll' },
        task('poll#2'),
        { type: 'TaskCompleted', step: 'poll#2', task: 5, result: 1 },
      ),
    ),
    { now: 0 },
  )
  expect(states.get('poll')).toMatchObject({ state: 'completed', visits: 2 })
})

test('branches are boxes of their own', () => {
  const states = stepStates(
    unfold(
      historyOf(
        started,
        { type: 'ScopeEntered', step: 'fork' },
        { type: 'ScopeEntered', step: 'fork[left]' },
        { type: 'EventAwaited', step: 'fork[left]/wait', name: 'go' },
      ),
    ),
    { now: 0 },
  )
  expect([...states.keys()]).toEqual(['fork', 'fork[left]', 'fork[left]/wait'])
  expect(states.get('fork[left]/wait')).toMatchObject({ state: 'waiting', label: 'for go' })
})

test('what did not change is the same object as before', () => {
  const unfolding = unfold(historyOf(started, task('charge')))
  const before = stepStates(unfolding, { now: 0 })
  expect(stepStates(unfolding, { now: 1 }, before).get('charge')).toBe(before.get('charge'))
})
