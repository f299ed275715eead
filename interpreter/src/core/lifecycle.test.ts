// The instance as a whole: start, delay, timeout, termination, limits, migration, loops, what is nested.
import type { Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import {
  at,
  beginning,
  body,
  completed,
  failed,
  given,
  passed,
  raised,
  resumed,
  rewound,
  sent,
  started,
  suspended,
  terminated,
} from '../testing/scenario.ts'
import { semantics } from './program.ts'
import { replayProgram } from './replay.ts'

const work: Step = { type: 'activity', activity: 'Work' }

describe('the start of an instance', () => {
  it('records who it is, what it runs and by which meaning of the language', () => {
    const parent = { instanceId: 'p', executionId: 'e', task: 3, step: 'ship', mode: 'wait' } as const
    given({ work }, { version: 4, hash: 'abc', name: 'order' })
      .when(started({ n: 1 }, { parent, by: 'ada', continuedFrom: 'e-0' }))
      .thenFollow(
        'ExecutionStarted',
        {
          instanceId: 'i-1',
          executionId: 'e-1',
          definition: 'order',
          version: 4,
          hash: 'abc',
          semantics,
          input: { n: 1 },
          variables: {},
          parent,
          by: 'ada',
          continuedFrom: 'e-0',
          at: at('PT0S'),
        },
        'TaskScheduled work',
      )
  })

  it('records whose restart it is, and why', () => {
    const again = { restartOf: 'i-0', reason: 'wrong price', by: 'ada', continuedFrom: 'e-0' }
    given({ work }).when(started(null, again)).thenFollow('ExecutionStarted', again, 'TaskScheduled work')
  })

  it('evaluates variables over $input, with the context in sight', () => {
    const scenario = given(
      { work },
      {
        variables: {
          n: '{% $input.n + 1 %}',
          id: '{% $context.instanceId %}',
          plain: [1],
          by: '{% $context.parentInstanceId %}',
        },
      },
    )
    scenario.when(started({ n: 1 }, { parent: { instanceId: 'p', executionId: 'e', task: 1 } }))
    expect(scenario.state.variables).toEqual({ n: 2, id: 'i-1', plain: [1], by: 'p' })
  })

  it('fails where a variable or the timeout cannot be evaluated; a rewind fails the same way', () => {
    given({ work }, { variables: { n: '{% 1 + "a" %}' } })
      .when(started())
      .thenFollow('ExecutionStarted', { variables: {} }, 'ExecutionFailed')
      .fails({ type: 'ExpressionError' })
      .when(rewound())
      .thenFollow('ExecutionRewound', 'ExecutionFailed')
      .fails({ type: 'ExpressionError' })
    given({ work }, { timeout: '{% $input %}' })
      .when(started('soon'))
      .fails({ type: 'ExpressionError', message: '"soon" is no ISO 8601 duration' })
  })

  it('happens once: a second start changes nothing, and nothing comes before it', () => {
    given({ work })
      .when(raised('go'))
      .thenNothing()
      .when(started(1), started(2))
      .thenFollow('ExecutionStarted', { input: 1 }, 'TaskScheduled work')
  })

  it('can be put off: Pending until then, with the instance timeout counted from then', () => {
    const scenario = given({ work }, { timeout: 'PT1M' })
    scenario
      .when(started(null, { startAt: beginning + 60_000 }))
      .thenFollow('ExecutionStarted', { startAt: at('PT1M'), dueAt: at('PT2M') })
    expect(scenario.state.status).toBe('Pending')
    scenario
      .when(raised('go'))
      .thenFollow('EventRaised')
      .when(passed('PT1M'))
      .thenFollow('TimerFired', { timer: 1 }, 'TaskScheduled work')
    expect(scenario.state.status).toBe('Running')
  })

  it('is at once where the instant to start has passed', () => {
    given({ work })
      .when(started(null, { startAt: beginning - 1 }))
      .thenFollow('ExecutionStarted', 'TaskScheduled work')
  })
})

describe('the timeout of an instance', () => {
  it('fails it with Timeout, whatever is open', () => {
    const scenario = given({ nap: { type: 'timer', delay: 'PT1H' } }, { timeout: 'PT1M' })
    scenario
      .when(started())
      .thenFollow('ExecutionStarted', { dueAt: at('PT1M') }, 'TimerCreated nap')
      .when(passed('PT2H'))
      .thenFollow('ExecutionFailed', { at: at('PT1M') })
      .fails({ type: 'Timeout', message: 'the instance timed out' })
    scenario.when(rewound()).thenFollow('ExecutionRewound', 'TimerCreated nap').when(passed('PT1H')).completes(null)
  })

  it('is no more once it has ended', () => {
    given({ work }, { timeout: 'PT1M' })
      .when(started(), completed('work', 1), passed('PT1H'))
      .thenFollow('ExecutionStarted', 'TaskScheduled work', 'TaskCompleted work', 'ExecutionCompleted')
  })
})

describe('a terminated instance', () => {
  it('says by whom and why, and answers nothing any more', () => {
    const scenario = given({ work }).when(started(), terminated({ reason: 'a mistake', by: 'ada' }))
    scenario.thenFollow('ExecutionStarted', 'TaskScheduled work', 'ExecutionTerminated', {
      reason: 'a mistake',
      by: 'ada',
    })
    expect(scenario.state).toMatchObject({
      status: 'Terminated',
      failure: { type: 'Terminated', message: 'a mistake' },
      completedAt: at('PT0S'),
    })
    scenario
      .when((simulation) => simulation.send({ type: 'activityCompleted', task: 2, result: 1 }))
      .thenNothing()
      .when(raised('go'), terminated(), suspended(), rewound())
      .thenNothing()
  })

  it('needs no reason', () => {
    const scenario = given({ work }).when(started(), terminated())
    expect(scenario.state.failure).toEqual({ type: 'Terminated', message: 'terminated' })
  })
})

describe('an operation', () => {
  it('that is delivered a second time changes nothing', () => {
    given({ work })
      .when(started(), suspended({ by: 'ada', messageId: 'm-1' }), resumed({ messageId: 'm-2' }))
      .when(suspended({ by: 'ada', messageId: 'm-1' }), resumed({ messageId: 'm-2' }))
      .thenNothing()
      .when(suspended({ messageId: 'm-3' }))
      .thenFollow('ExecutionSuspended', { messageId: 'm-3' })
  })
})

describe('rewind', () => {
  it('is for failed instances only', () => {
    given({ work }).when(started()).when(rewound()).thenNothing().when(completed('work')).when(rewound()).thenNothing()
  })

  it('says by whom and why, keeps what was done, and runs the failed step anew at the same path', () => {
    const scenario = given({ first: { ...work, next: 'second' }, second: work } as Record<string, Step>)
    scenario
      .when(started(), completed('first', 'kept'), failed('second'))
      .when(rewound({ reason: 'fixed', by: 'ada' }))
      .thenFollow('ExecutionRewound', { reason: 'fixed', by: 'ada' }, 'TaskScheduled second', { attempt: 1 })
    expect(scenario.state).toMatchObject({ status: 'Running', failure: null, completedAt: null })
    scenario.when(completed('second', 'now')).completes('now')
  })

  it('runs the failed branch again, keeps the done one, and the cancelled one goes on', () => {
    given({
      both: {
        type: 'parallel',
        branches: {
          done: body({ work }),
          failing: body({ work }),
          waiting: body({ wait: { type: 'waitForEvent', event: 'go' } }),
        },
      },
    })
      .when(started(), completed('both[done]/work', 1), failed('both[failing]/work'))
      .thenAmongOthers(
        'ScopeFailed both[failing]',
        'ScopeCancelled both[waiting]',
        'ExecutionFailed both[failing]/work',
      )
      .when(rewound())
      .thenFollow('ExecutionRewound', 'TaskScheduled both[failing]/work', 'EventAwaited both[waiting]/wait')
      .when(completed('both[failing]/work', 2), raised('go', 3))
      .completes({ done: 1, failing: 2, waiting: 3 })
  })

  it('stands a scope up again with what failed in it, however deep', () => {
    given({
      outer: {
        type: 'scope',
        timeout: 'PT1H',
        body: body({
          each: {
            type: 'forEach',
            items: [1, 2],
            maxConcurrency: 1,
            body: body({ inner: { type: 'scope', body: body({ work }) } }),
          },
        }),
      },
    })
      .when(started(), failed('outer/each[0]/inner/work'))
      .fails({ type: 'Error' })
      .when(rewound())
      .thenFollow('ExecutionRewound', 'TaskScheduled outer/each[0]/inner/work')
      .when(completed('outer/each[0]/inner/work', 1), completed('outer/each[1]/inner/work', 2))
      .completes([1, 2])
  })

  it('stands up what was open inside of a cancelled branch as well', () => {
    given({
      both: {
        type: 'parallel',
        branches: {
          failing: body({ work }),
          waiting: body({
            inner: {
              type: 'parallel',
              branches: {
                a: body({ nap: { type: 'timer', delay: 'PT1H' } }),
                b: body({ try: { type: 'scope', body: body({ wait: { type: 'waitForEvent', event: 'go' } }) } }),
              },
            },
          }),
        },
      },
    })
      .when(started(), failed('both[failing]/work'))
      .fails({ type: 'Error' })
      .when(rewound())
      .thenFollow(
        'ExecutionRewound',
        'TaskScheduled both[failing]/work',
        'TimerCreated both[waiting]/inner[a]/nap',
        'EventAwaited both[waiting]/inner[b]/try/wait',
      )
      .when(completed('both[failing]/work', 1), raised('go', 2), passed('PT1H'))
      .completes({ failing: 1, waiting: { a: null, b: 2 } })
  })

  it('enters no branch any more once another has failed again', () => {
    given({
      both: {
        type: 'parallel',
        branches: {
          stopping: body({ work: { ...work, next: 'stop' } as Step, stop: { type: 'fail', error: { type: 'Stop' } } }),
          waiting: body({ wait: { type: 'waitForEvent', event: 'go' } }),
        },
      },
    })
      .when(started(), completed('both[stopping]/work'))
      .fails({ type: 'Stop' })
      .when(rewound())
      .thenFollow(
        'ExecutionRewound',
        'StepFailed both[stopping]/stop',
        'ScopeFailed both[stopping]',
        'ScopeCancelled both[waiting]',
        'ExecutionFailed both[stopping]/stop',
      )
  })

  it('leads to the same failure where the step fails in the same way', () => {
    const scenario = given({ stop: { type: 'fail', error: { type: 'Stop' } } }).when(started())
    scenario
      .when(rewound())
      .thenFollow('ExecutionRewound', 'StepFailed stop', 'ExecutionFailed stop')
      .when(rewound())
      .thenFollow('ExecutionRewound', 'StepFailed stop', 'ExecutionFailed stop')
  })

  it('forgets failures that were caught before', () => {
    given({
      try: { type: 'scope', body: body({ work }), catch: [{ errors: ['*'], next: 'after' }], next: 'after' },
      after: work,
    } as Record<string, Step>)
      .when(started(), failed('try/work', { type: 'Caught' }), failed('after', { type: 'Real' }))
      .fails({ type: 'Real' })
      .when(rewound())
      .thenFollow('ExecutionRewound', 'TaskScheduled after')
  })
})

describe('migration', () => {
  it('records the version that the instance goes on with', () => {
    const scenario = given({ work }).when(started())
    scenario
      .when((simulation) => simulation.send({ type: 'migrate', version: 9 }))
      .thenFollow('ExecutionMigrated', { version: 9 })
    expect(scenario.state.version).toBe(9)
  })

  it('is for a failed instance too, before it is rewound, and for no other that is over', () => {
    const migrated = sent({ type: 'migrate', version: 9 })
    given({ work })
      .when(started(), failed('work'))
      .when(migrated)
      .thenFollow('ExecutionMigrated', { version: 9 })
      .when(rewound())
      .thenFollow('ExecutionRewound', 'TaskScheduled work')
      .when(completed('work'))
      .when(migrated)
      .thenNothing()
  })

  it('is decided again by the program of each version, and found out where another has gone on', () => {
    const wait: Step = { type: 'waitForEvent', event: 'go', next: 'work' }
    const first = given({ wait, work })
    const second = given({ wait, work: { type: 'activity', activity: 'Other' } })
    const before = first.when(started(), sent({ type: 'migrate', version: 9 })).history
    const after = second.when(started(), sent({ type: 'migrate', version: 9 }), raised('go')).history
    const history = [...before, ...after.slice(before.length)]
    expect(replayProgram(first.program, history, () => second.program).deviation).toBeNull()
    expect(replayProgram(first.program, history).deviation?.recorded).toMatchObject({ activity: 'Other' })
  })

  it('of the language to another meaning is no difference by itself', () => {
    const { program, history } = given({ work }).when(started(), completed('work'))
    const older = history.map((event) => (event.type === 'ExecutionStarted' ? { ...event, semantics: 0 } : event))
    expect(replayProgram(program, older).deviation).toBeNull()
  })
})

describe('the limits', () => {
  it('end a loop that never waits with LimitExceeded', () => {
    given(
      {
        a: { type: 'assign', variables: { n: '{% $n + 1 %}' }, next: 'b' },
        b: { type: 'choice', choices: [{ when: '{% $n < 0 %}', next: 'out' }], otherwise: 'a' },
        out: { type: 'end' },
      },
      { variables: { n: 0 }, limits: { maxInstantSteps: 20 }, unchecked: true },
    )
      .when(started())
      .fails({ type: 'LimitExceeded', message: '20 steps without a wait or an activity: the workflow spins' })
  })

  it('count anew at every message', () => {
    given(
      {
        nap: { type: 'timer', delay: 'PT1S', next: 'count' },
        count: { type: 'assign', variables: { n: '{% $n + 1 %}' }, next: 'nap' },
      },
      { variables: { n: 0 }, limits: { maxInstantSteps: 3 } },
    )
      .when(started(), passed('PT20S'))
      .when(terminated())
      .thenFollow('ExecutionTerminated')
  })

  it('end an execution whose history grew too long', () => {
    const scenario = given({ nap: { type: 'timer', delay: 'PT1S', next: 'nap' } }, { limits: { maxHistoryEvents: 9 } })
    scenario.when(started(), passed('PT1M')).fails({
      type: 'LimitExceeded',
      message: 'the history has more than 9 events; use continueAsNew to begin a new one',
    })
    expect(scenario.history.length).toBe(11)
  })

  it('end it at its start, too', () => {
    given({ work }, { limits: { maxHistoryEvents: 1 } })
      .when(started())
      .fails({ type: 'LimitExceeded' })
  })

  it('let an execution end that reaches them with its last step', () => {
    given({ work }, { limits: { maxHistoryEvents: 3 } })
      .when(started(), completed('work', 1))
      .completes(1)
  })
})

describe('a loop', () => {
  it('numbers its visits, and `$steps` gives the latest', () => {
    given({
      poll: { ...work, next: 'more' } as Step,
      more: { type: 'choice', choices: [{ when: '{% $steps.poll.output < 3 %}', next: 'poll' }], otherwise: 'out' },
      out: { type: 'end', output: '{% $steps.poll.output %}' },
    })
      .when(started(), completed('poll', 1), completed('poll#2', 2), completed('poll#3', 3))
      .thenAmongOthers('TaskScheduled poll', 'TaskScheduled poll#2', 'TaskScheduled poll#3', 'ExecutionCompleted out')
      .completes(3)
  })
})

describe('scopes within scopes', () => {
  it('have paths of their own: a forEach in a loop in a parallel in a scope', () => {
    const scenario = given(
      {
        try: {
          type: 'scope',
          body: body({
            both: {
              type: 'parallel',
              branches: {
                left: body({
                  each: { type: 'forEach', items: [1, 2], body: body({ work }), next: 'more' },
                  more: { type: 'choice', choices: [{ when: '{% $rounds < 1 %}', next: 'count' }], otherwise: 'out' },
                  count: { type: 'assign', variables: { rounds: '{% $rounds + 1 %}' }, next: 'each' },
                  out: { type: 'end', output: '{% $steps.each.output %}' },
                }),
                right: body({ work }),
              },
            },
          }),
        },
      },
      { variables: { rounds: 0 } },
    )
    scenario
      .when(started(), completed('try/both[left]/each[1]/work', 'b'), completed('try/both[left]/each[0]/work', 'a'))
      .thenAmongOthers('ScopeExited try/both[left]/each', 'ScopeEntered try/both[left]/each#2')
      .when(
        completed('try/both[right]/work', 'r'),
        completed('try/both[left]/each#2[0]/work', 'c'),
        completed('try/both[left]/each#2[1]/work', 'd'),
      )
      .completes({ left: ['c', 'd'], right: 'r' })
  })
})
