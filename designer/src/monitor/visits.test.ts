import { expect, test } from 'vitest'
import { historyOf, iso, type LooseEvent, second, started } from './history-of.ts'
import { stepStates } from './states.ts'
import { emptyUnfolding, type Visit } from './visit.ts'
import { applyEvent, unfold } from './visits.ts'

const outline = (visits: readonly Visit[]): string[] =>
  visits.flatMap((visit) => [`${'  '.repeat(visit.depth)}${visit.path} ${visit.state}`, ...outline(visit.children)])

const scheduled = (step: string, attempt = 1) =>
  ({ type: 'TaskScheduled', step, activity: 'charge', input: { a: 1 }, attempt }) as const

test('an activity is queued, then runs, then is done, with the times that history tells', () => {
  const { visits } = unfold(
    historyOf(started, scheduled('charge'), {
      type: 'TaskCompleted',
      step: 'charge',
      task: 2,
      result: 7,
      startedAt: iso(3),
      at: 5,
    }),
  )
  const visit = visits.get('charge')
  expect(visit).toMatchObject({ state: 'completed', from: second(1), to: second(5), kind: 'activity', events: [2, 3] })
  expect(visit?.attempts).toMatchObject([
    { queuedAt: second(1), startedAt: second(3), endedAt: second(5), outcome: 'completed' },
  ])
})

test('a failed attempt with a retry waits for the next one, and all attempts are kept', () => {
  const failure = { type: 'CardDeclined', message: 'no' }
  const history = historyOf(
    started,
    scheduled('charge'),
    { type: 'TaskFailed', step: 'charge', task: 2, failure, attempt: 1, at: 2 },
    { type: 'TimerCreated', step: 'charge', dueAt: iso(10), purpose: 'retry', attempt: 2, at: 2 },
    { type: 'TimerFired', step: 'charge', timer: 4, at: 10 },
    scheduled('charge', 2),
    { type: 'TaskCompleted', step: 'charge', task: 6, result: 1, at: 12 },
  )
  expect(unfold(history.slice(0, 3)).visits.get('charge')?.state).toBe('failed')
  expect(unfold(history.slice(0, 4)).visits.get('charge')).toMatchObject({ state: 'retrying', to: null, failure: null })
  expect(unfold(history.slice(0, 6)).visits.get('charge')?.state).toBe('scheduled')
  const visit = unfold(history).visits.get('charge')
  expect(visit?.attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
    [1, 'failed'],
    [2, 'completed'],
  ])
  expect(visit?.pauses).toMatchObject([{ kind: 'backoff', from: second(2), to: second(10), outcome: 'fired' }])
  expect(visit?.state).toBe('completed')
})

test('items and branches nest under their container; the losers of a race are cancelled with all that was open in them', () => {
  const { roots } = unfold(
    historyOf(
      started,
      { type: 'ScopeEntered', step: 'race' },
      { type: 'ScopeEntered', step: 'race[work]' },
      scheduled('race[work]/charge'),
      { type: 'ScopeEntered', step: 'race[clock]' },
      { type: 'TimerCreated', step: 'race[clock]/wait', dueAt: iso(90) },
      { type: 'TaskCompleted', step: 'race[work]/charge', task: 4, result: 1 },
      { type: 'ScopeExited', step: 'race[work]', output: 1 },
      { type: 'TimerCancelled', step: 'race[clock]/wait', timer: 6 },
      { type: 'ScopeCancelled', step: 'race[clock]', reason: 'the others sufficed' },
      { type: 'ScopeExited', step: 'race' },
    ),
  )
  expect(outline(roots)).toEqual([
    'race completed',
    '  race[work] completed',
    '    race[work]/charge completed',
    '  race[clock] cancelled',
    '    race[clock]/wait cancelled',
  ])
  expect(roots[0]?.children[1]?.children[0]?.pauses).toMatchObject([{ outcome: 'cancelled' }])
})

test('a failure that nothing catches fails the containers around it and gives up what ran beside', () => {
  const failure = { type: 'Error', message: 'x', step: 'each[0]/charge' }
  const unfolding = unfold(
    historyOf(
      started,
      { type: 'ScopeEntered', step: 'each', items: [1, 2] },
      { type: 'ScopeEntered', step: 'each[0]' },
      scheduled('each[0]/charge'),
      { type: 'ScopeEntered', step: 'each[1]' },
      scheduled('each[1]/charge'),
      { type: 'TaskFailed', step: 'each[0]/charge', task: 4, failure, attempt: 1 },
      { type: 'ScopeFailed', step: 'each[0]', failure },
      { type: 'ScopeCancelled', step: 'each[1]', reason: 'another failed' },
      { type: 'ExecutionFailed', step: 'each[0]/charge', failure },
    ),
  )
  expect(outline(unfolding.roots)).toEqual([
    'each failed',
    '  each[0] failed',
    '    each[0]/charge failed',
    '  each[1] cancelled',
    '    each[1]/charge cancelled',
  ])
  expect(unfolding).toMatchObject({ status: 'Failed', failure, endedAt: second(9) })
})

test('a caught failure says where it went on', () => {
  const failure = { type: 'Timeout', message: 'late' }
  const { visits } = unfold(
    historyOf(
      started,
      scheduled('charge'),
      { type: 'TaskFailed', step: 'charge', task: 2, failure, attempt: 1 },
      { type: 'ErrorCaught', step: 'charge', failure, index: 0, next: 'refund' },
    ),
  )
  expect(visits.get('charge')).toMatchObject({ state: 'failed', caughtBy: 'refund' })
})

test('a rewound instance opens the failed step and all around it again', () => {
  const failure = { type: 'Error', message: 'x', step: 'group/charge' }
  const unfolding = unfold(
    historyOf(
      started,
      { type: 'ScopeEntered', step: 'group' },
      scheduled('group/charge'),
      { type: 'TaskFailed', step: 'group/charge', task: 3, failure, attempt: 1 },
      { type: 'ScopeFailed', step: 'group', failure },
      { type: 'ExecutionFailed', step: 'group/charge', failure },
      { type: 'ExecutionRewound' },
      scheduled('group/charge'),
    ),
  )
  expect(unfolding).toMatchObject({ status: 'Running', failure: null, endedAt: null })
  expect(outline(unfolding.roots)).toEqual(['group running', '  group/charge scheduled'])
})

test('an event that was awaited is taken, or the wait times out', () => {
  const waits = (more: readonly LooseEvent[]) =>
    unfold(
      historyOf(started, { type: 'EventAwaited', step: 'approval', name: 'approved', dueAt: iso(60) }, ...more),
    ).visits.get('approval')
  expect(waits([])).toMatchObject({ state: 'waiting', to: null })
  expect(
    waits([
      { type: 'EventRaised', name: 'approved', data: true },
      { type: 'EventConsumed', step: 'approval', awaited: 2, raised: 3 },
    ]),
  ).toMatchObject({ state: 'completed', pauses: [{ outcome: 'consumed' }] })
  expect(waits([{ type: 'TimerFired', step: 'approval', timer: 2, at: 60 }])).toMatchObject({
    state: 'completed',
    pauses: [{ outcome: 'timedOut', to: second(60) }],
  })
})

test('end steps appear though no event of their own opens them', () => {
  const { visits } = unfold(
    historyOf(
      started,
      { type: 'ScopeEntered', step: 'group' },
      { type: 'ScopeExited', step: 'group', output: 1, by: 'group/stop' },
      { type: 'ExecutionCompleted', step: 'done', output: 2 },
    ),
  )
  expect(visits.get('group/stop')?.state).toBe('completed')
  expect(visits.get('done')?.state).toBe('completed')
})

test('variables and custom status are those of the latest event', () => {
  const unfolding = unfold(
    historyOf(
      started,
      { type: 'VariablesAssigned', step: 'count', variables: { tries: 1, who: 'a' } },
      { type: 'CustomStatusSet', step: 'charge', status: { progress: 0.5 } },
    ),
  )
  expect(unfolding.variables).toEqual({ tries: 1, who: 'a' })
  expect(unfolding.customStatus).toEqual({ progress: 0.5 })
})

test('suspensions are spans, and open visits end when the instance is terminated', () => {
  const unfolding = unfold(
    historyOf(
      started,
      scheduled('charge'),
      { type: 'ExecutionSuspended' },
      { type: 'ExecutionResumed', at: 9 },
      { type: 'ExecutionTerminated', reason: 'enough', at: 12 },
    ),
  )
  expect(unfolding.suspensions).toEqual([{ from: second(2), to: second(9) }])
  expect(unfolding.visits.get('charge')).toMatchObject({
    state: 'cancelled',
    to: second(12),
    attempts: [{ outcome: 'cancelled' }],
  })
})

test('compensations are attempts of the step that asked for them', () => {
  const undo = { type: 'TaskScheduled', step: 'undo', activity: 'refund', input: null, attempt: 1 } as const
  const unfolding = unfold(
    historyOf(
      started,
      { type: 'ScopeEntered', step: 'undo', compensations: [] },
      { ...undo, compensates: 'charge' },
      { type: 'TaskCompleted', step: 'undo', task: 3, result: null },
      { ...undo, compensates: 'reserve' },
    ),
  )
  expect(unfolding.visits.get('undo')).toMatchObject({
    state: 'running',
    attempts: [{ undoes: 'charge' }, { undoes: 'reserve' }],
  })
})

test('folding event by event gives what folding all at once gives', () => {
  const history = historyOf(
    started,
    { type: 'ScopeEntered', step: 'each', items: [1] },
    { type: 'ScopeEntered', step: 'each[0]' },
    scheduled('each[0]/charge'),
    { type: 'ExecutionSuspended' },
  )
  const grown = emptyUnfolding()
  for (const event of history) applyEvent(grown, event)
  expect(grown).toEqual(unfold(history))
})

test('ten thousand events fold in well under a second', () => {
  const many = historyOf(
    started,
    ...Array.from(
      { length: 3_333 },
      (_, index) =>
        [
          scheduled(index ? `poll#${index + 1}` : 'poll'),
          { type: 'TaskCompleted', step: index ? `poll#${index + 1}` : 'poll', task: 2 + 3 * index, result: 1 },
          { type: 'VariablesAssigned', step: index ? `poll#${index + 1}` : 'poll', variables: { index } },
        ] as const,
    ).flat(),
  )
  const before = performance.now()
  const unfolding = unfold(many)
  const states = stepStates(unfolding, { now: 0 })
  expect(performance.now() - before).toBeLessThan(1_000)
  expect(states.get('poll')).toMatchObject({ visits: 3_333, state: 'completed' })
})
