import type { Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import {
  body,
  completed,
  failed,
  given,
  passed,
  raised,
  resumed,
  rewound,
  started,
  suspended,
  taskAt,
  terminated,
} from '../testing/scenario.ts'
import { openTasks } from './tasks.ts'

const work: Step = { type: 'activity', activity: 'Work' }
const wait = (more: object = {}): Step => ({ type: 'waitForEvent', event: 'go', ...more })

describe('a suspended instance', () => {
  it('says who suspended it and why, once', () => {
    given({ work })
      .when(started(), suspended({ reason: 'audit', by: 'ada' }))
      .thenFollow('ExecutionStarted', 'TaskScheduled work', 'ExecutionSuspended', { reason: 'audit', by: 'ada' })
      .when(suspended({ by: 'bob' }))
      .thenNothing()
  })

  it('keeps what arrives, and applies it in order on resume', () => {
    const scenario = given({ work: { ...work, next: 'wait' }, wait: wait({ next: 'second' }), second: wait() })
    scenario
      .when(started(), suspended(), raised('go', 1), completed('work', 'done'), raised('go', 2))
      .thenAmongOthers('MessageDeferred', 'MessageDeferred', 'MessageDeferred')
    expect(scenario.state.status).toBe('Suspended')
    scenario
      .when(resumed({ by: 'ada' }))
      .thenFollow(
        'ExecutionResumed',
        { by: 'ada' },
        'EventRaised',
        { data: 1 },
        'EventRaised',
        { data: 2 },
        'TaskCompleted work',
        'EventAwaited wait',
        'EventConsumed wait',
        'EventAwaited second',
        'EventConsumed second',
        'ExecutionCompleted',
      )
      .completes(2)
  })

  it('keeps the first of two answers, and one event of a message id', () => {
    const scenario = given({ work: { ...work, next: 'wait' }, wait: wait() })
    scenario.when(started(), raised('go', 0, { messageId: 'm-0' }), suspended())
    scenario.when(completed('work', 'first'), completed('work', 'second')).thenFollow('MessageDeferred')
    scenario
      .when(raised('go', 1, { messageId: 'm-1' }), raised('go', 1, { messageId: 'm-1' }))
      .thenFollow('MessageDeferred')
      .when(raised('go', 0, { messageId: 'm-0' }))
      .thenNothing()
      .when(raised('go', 2), raised('go', 2))
      .thenFollow('MessageDeferred', 'MessageDeferred')
    expect(openTasks(scenario.state)).toEqual([])
    scenario.when(resumed()).completes(0)
    expect(scenario.state.raised.map(({ data }) => data)).toEqual([1, 2, 2])
  })

  it('takes no answer of a task that is not open, nor a second start or a rewind', () => {
    given({ work })
      .when(started(), suspended())
      .when(
        (simulation) => simulation.send({ type: 'activityCompleted', task: 99, result: 1 }),
        started('again'),
        rewound(),
      )
      .thenNothing()
  })

  it('lets its timers wait, and they fire after the resume', () => {
    given({ nap: { type: 'timer', delay: 'PT5S' } })
      .when(started(), suspended(), passed('PT1M'))
      .thenFollow('ExecutionStarted', 'TimerCreated nap', 'ExecutionSuspended')
      .when(resumed())
      .thenFollow('ExecutionResumed')
      .when(passed('PT0S'))
      .thenFollow('TimerFired nap', 'ExecutionCompleted')
  })

  it('keeps a timer that was told to be due, in its place among the rest', () => {
    const scenario = given({ nap: { type: 'timer', delay: 'PT5S', next: 'wait' }, wait: wait() })
    scenario.when(started(), suspended(), passed('PT5S'), raised('go', 'a'))
    scenario
      .when((simulation) => simulation.send({ type: 'due', task: taskAt(simulation.state, 'nap', 'timer').id }))
      .thenFollow('MessageDeferred')
      .when(resumed())
      .completes('a')
  })

  it('can be terminated', () => {
    given({ work })
      .when(started(), suspended(), raised('go'), terminated({ reason: 'enough', by: 'ada' }))
      .thenAmongOthers('ExecutionSuspended', 'MessageDeferred', 'ExecutionTerminated')
      .when(resumed())
      .thenNothing()
  })

  it('migrates without being resumed', () => {
    const scenario = given({ work }).when(started(), suspended())
    scenario
      .when((simulation) =>
        simulation.send({ type: 'migrate', version: 2, hash: 'abc', reason: 'repaired', by: 'ada' }),
      )
      .thenFollow('ExecutionMigrated', { version: 2, hash: 'abc', reason: 'repaired', by: 'ada' })
    expect(scenario.state).toMatchObject({ status: 'Suspended', version: 2 })
  })

  it('is resumed once; one that is not suspended is not resumed', () => {
    given({ work })
      .when(started())
      .when(resumed())
      .thenNothing()
      .when(suspended(), resumed())
      .thenFollow('ExecutionSuspended', 'ExecutionResumed')
      .when(resumed())
      .thenNothing()
  })

  it('is Pending again where its start was still to come', () => {
    const scenario = given({ work }).when((simulation) =>
      simulation.send({
        type: 'start',
        instanceId: 'i-1',
        executionId: 'e-1',
        input: null,
        startAt: simulation.now + 60_000,
      }),
    )
    scenario.when(suspended(), resumed())
    expect(scenario.state.status).toBe('Pending')
    scenario.when(passed('PT1M')).thenFollow('TimerFired', 'TaskScheduled work')
  })
})

describe('events that arrived while suspended', () => {
  it('are there for the rewind, when an answer before them fails the execution', () => {
    given({ work: { ...work, next: 'wait' }, wait: wait() })
      .when(started(), suspended(), failed('work'), raised('go', 'kept', { messageId: 'm-1', by: 'ada' }), resumed())
      .thenAmongOthers('ExecutionResumed', 'EventRaised', 'TaskFailed work', 'ExecutionFailed work')
      .when(raised('go', 'kept', { messageId: 'm-1' }))
      .thenNothing()
      .when(rewound(), completed('work'))
      .completes('kept')
  })

  it('go along with continue-as-new, when an answer before them leads there', () => {
    const scenario = given({
      choose: { type: 'choice', choices: [{ when: '{% $input = 2 %}', next: 'wait' }], otherwise: 'work' },
      work: { ...work, next: 'again' },
      again: { type: 'continueAsNew', input: 2 },
      wait: wait(),
    })
    scenario
      .when(started(1), suspended(), completed('work'), raised('go', 'kept', { messageId: 'm-1' }), resumed())
      .thenAmongOthers('ContinueAsNew again', 'EventConsumed wait')
      .completes('kept')
  })

  it('lose a race to an answer that came before them', () => {
    given({
      race: {
        type: 'parallel',
        completion: 'any',
        branches: { a: body({ work }), b: body({ wait: wait() }) },
      },
    })
      .when(started(), suspended(), completed('race[a]/work', 1), raised('go', 2), resumed())
      .completes({ a: 1 })
  })
})
