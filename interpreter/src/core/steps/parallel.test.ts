import type { Completion, ParallelStep, Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { body, completed, failed, given, passed, raised, started } from '../../testing/scenario.ts'

const work = (activity = 'Work'): Step => ({ type: 'activity', activity })
const both = (completion?: Completion, more: Partial<ParallelStep> = {}): ParallelStep => ({
  type: 'parallel',
  branches: { a: body({ work: work() }), b: body({ work: work() }), c: body({ work: work() }) },
  ...(completion === undefined ? {} : { completion }),
  ...more,
})

describe('a parallel', () => {
  it('enters all branches, and is done when all are', () => {
    given({ both: both() })
      .when(started())
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered both',
        'ScopeEntered both[a]',
        'ScopeEntered both[b]',
        'ScopeEntered both[c]',
        'TaskScheduled both[a]/work',
        'TaskScheduled both[b]/work',
        'TaskScheduled both[c]/work',
      )
      .when(completed('both[c]/work', 3), completed('both[a]/work', 1))
      .thenFollow(
        'TaskCompleted both[c]/work',
        'ScopeExited both[c]',
        { output: 3 },
        'TaskCompleted both[a]/work',
        'ScopeExited both[a]',
      )
      .when(completed('both[b]/work', 2))
      .thenFollow('TaskCompleted both[b]/work', 'ScopeExited both[b]', 'ScopeExited both', 'ExecutionCompleted')
      .completes({ a: 1, b: 2, c: 3 })
  })

  it('gives its branches the input of its own scope, or its own input', () => {
    const branches = { a: body({ work: { type: 'activity', activity: 'Work', input: '{% $ %}' } as Step }) }
    given({ both: { type: 'parallel', branches } })
      .when(started({ n: 1 }))
      .thenFollow('ExecutionStarted', 'ScopeEntered both', 'ScopeEntered both[a]', 'TaskScheduled both[a]/work', {
        input: { n: 1 },
      })
    given({ both: { type: 'parallel', branches, input: '{% $input.n + 1 %}' } })
      .when(started({ n: 1 }))
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered both',
        { input: 2 },
        'ScopeEntered both[a]',
        'TaskScheduled both[a]/work',
        { input: 2 },
      )
  })

  it('gives its output over $result, and assigns', () => {
    given(
      {
        both: both('all', { output: '{% $result.a + $result.b %}', assign: { all: '{% $result %}' }, next: 'done' }),
        done: { type: 'end', output: ['{% $steps.both.output %}', '{% $all %}'] },
      },
      { variables: { all: null } },
    )
      .when(started(), completed('both[a]/work', 1), completed('both[b]/work', 2), completed('both[c]/work', 4))
      .completes([3, { a: 1, b: 2, c: 4 }])
  })

  it('goes through branches that wait for nothing at once', () => {
    given({
      both: {
        type: 'parallel',
        branches: { a: body({ one: { type: 'end', output: 1 } }), b: body({ two: { type: 'end' } }) },
      },
    })
      .when(started())
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered both',
        'ScopeEntered both[a]',
        'ScopeEntered both[b]',
        'ScopeExited both[a]',
        { by: 'both[a]/one', output: 1 },
        'ScopeExited both[b]',
        { by: 'both[b]/two', output: null },
        'ScopeExited both',
        'ExecutionCompleted',
      )
      .completes({ a: 1, b: null })
  })
})

describe('a race', () => {
  it('is won by the first that completes; the losers are cancelled, timers by name', () => {
    given({
      race: {
        type: 'parallel',
        completion: 'any',
        branches: {
          work: body({ work: work() }),
          time: body({ nap: { type: 'timer', delay: 'PT9S' } }),
          deep: body({
            inner: {
              type: 'parallel',
              branches: {
                x: body({ nap: { type: 'timer', delay: 'PT9S' } }),
                y: body({
                  try: { type: 'scope', timeout: 'PT8S', body: body({ wait: { type: 'waitForEvent', event: 'go' } }) },
                }),
              },
            },
          }),
        },
      },
    })
      .when(started(), completed('race[work]/work', 'won'))
      .thenAmongOthers(
        'ScopeExited race[work]',
        'TimerCancelled race[time]/nap',
        'ScopeCancelled race[time]',
        'TimerCancelled race[deep]/inner[x]/nap',
        'ScopeCancelled race[deep]',
        'ScopeExited race',
        'ExecutionCompleted',
      )
      .completes({ work: 'won' })
      .when(passed('PT1H'))
      .thenNothing()
  })

  it('leaves nothing open of its losers, and late answers change nothing', () => {
    const scenario = given({ race: both('any', { next: 'nap' }), nap: { type: 'timer', delay: 'PT1S' } })
    scenario.when(started(), completed('race[a]/work'))
    expect([...scenario.state.tasks.values()].map(({ path }) => path)).toEqual(['nap'])
    scenario.when((simulation) => simulation.send({ type: 'activityCompleted', task: 7, result: 'late' })).thenNothing()
  })

  it('lets branches fail as long as one may still win', () => {
    given({ race: both('any') })
      .when(started(), failed('race[a]/work', { type: 'First' }), failed('race[b]/work', { type: 'Second' }))
      .thenAmongOthers('ScopeFailed race[a]', 'ScopeFailed race[b]')
      .when(completed('race[c]/work', 'won'))
      .completes({ c: 'won' })
    given({ race: both('any') })
      .when(started(), failed('race[a]/work'), failed('race[b]/work'), failed('race[c]/work', { type: 'Last' }))
      .fails({ type: 'Last', step: 'race[c]/work' })
  })

  it('is decided within one turn where branches need not wait', () => {
    given({
      race: {
        type: 'parallel',
        completion: 'any',
        branches: { a: body({ one: { type: 'end', output: 1 } }), b: body({ two: { type: 'end', output: 2 } }) },
      },
    })
      .when(started())
      .thenAmongOthers('ScopeExited race[a]', 'ScopeCancelled race[b]', 'ScopeExited race')
      .completes({ a: 1 })
  })
})

describe('a quorum', () => {
  it('is reached by so many, and only those are in the result', () => {
    given({ ask: both({ atLeast: 2 }) })
      .when(started(), completed('ask[c]/work', 3), completed('ask[a]/work', 1))
      .thenAmongOthers('ScopeExited ask[c]', 'ScopeExited ask[a]', 'ScopeCancelled ask[b]', 'ScopeExited ask')
      .completes({ a: 1, c: 3 })
  })

  it('fails once it is out of reach, and cancels the rest', () => {
    given({ ask: both({ atLeast: 2 }) })
      .when(started(), failed('ask[a]/work'))
      .thenAmongOthers('ScopeFailed ask[a]')
      .when(failed('ask[b]/work', { type: 'Second' }))
      .thenFollow(
        'TaskFailed ask[b]/work',
        'ScopeFailed ask[b]',
        'ScopeCancelled ask[c]',
        { reason: 'another failed' },
        'ExecutionFailed ask[b]/work',
      )
      .fails({ type: 'Second' })
  })

  it('of more than there are branches means all of them', () => {
    given({ ask: both({ atLeast: 7 }) }, { unchecked: true })
      .when(started(), completed('ask[a]/work', 1), completed('ask[b]/work', 2), completed('ask[c]/work', 3))
      .completes({ a: 1, b: 2, c: 3 })
  })
})

describe('a failing branch', () => {
  it('fails the parallel, cancels the others and can be caught', () => {
    given({
      both: both('all', { catch: [{ errors: ['Broken'], next: 'done' }] }),
      done: { type: 'end', output: '{% $error %}' },
    })
      .when(started(), failed('both[b]/work', { type: 'Broken' }))
      .thenAmongOthers('ScopeFailed both[b]', 'ScopeCancelled both[a]', 'ScopeCancelled both[c]', 'ErrorCaught both')
      .completes({ type: 'Broken', message: 'it broke', details: null, step: 'both[b]/work', attempt: 1 })
  })

  it('is no failure of the parallel when it is caught inside', () => {
    given({
      both: {
        type: 'parallel',
        branches: {
          a: body({
            work: { type: 'activity', activity: 'Work', catch: [{ errors: ['*'], next: 'plan-b' }], next: 'plan-b' },
            'plan-b': { type: 'end', output: 'plan b' },
          }),
          b: body({ wait: { type: 'waitForEvent', event: 'go' } }),
        },
      },
    })
      .when(started(), failed('both[a]/work'), raised('go', 'gone'))
      .completes({ a: 'plan b', b: 'gone' })
  })

  it('fails on its input before any branch is entered', () => {
    given({ both: both('all', { input: '{% 1 + $input %}' }) })
      .when(started('a'))
      .thenFollow('ExecutionStarted', 'StepFailed both', 'ExecutionFailed both')
  })
})
