import type { ActivityStep, Json, RetryPolicy } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { at, completed, failed, given, passed, resumed, rewound, started, suspended } from '../../testing/scenario.ts'

const charge = (more: Partial<ActivityStep> = {}): ActivityStep => ({ type: 'activity', activity: 'Charge', ...more })
const retried = (retry: Partial<RetryPolicy>, more: Partial<ActivityStep> = {}) =>
  given({ charge: charge({ retry: { maxNumberOfAttempts: 3, ...retry }, ...more }) }).when(started())

describe('an activity', () => {
  it('is scheduled with its evaluated input, and its result is the output', () => {
    given({ charge: charge({ input: { amount: '{% $input.total * 2 %}', currency: 'EUR' } }) })
      .when(started({ total: 4 }))
      .thenFollow('ExecutionStarted', { semantics: 1, version: 1 }, 'TaskScheduled charge', {
        activity: 'Charge',
        input: { amount: 8, currency: 'EUR' },
        attempt: 1,
      })
      .when(completed('charge', { id: 'x' }, { startedAt: at('PT1S') }))
      .thenFollow('TaskCompleted charge', { task: 2, result: { id: 'x' }, startedAt: at('PT1S') }, 'ExecutionCompleted')
      .completes({ id: 'x' })
  })

  it('gets null when it has no input', () => {
    given({ charge: charge() })
      .when(started({ n: 1 }))
      .thenFollow('ExecutionStarted', 'TaskScheduled charge', { input: null })
  })

  it('carries its limits, its queue and its priority', () => {
    const scenario = given({
      charge: charge({
        timeout: 'PT10S',
        scheduleToStartTimeout: '{% $input.patience %}',
        heartbeatTimeout: 'PT0.5S',
        queue: 'slow',
        priority: 7,
      }),
    })
    scenario.when(started({ patience: 'PT1M' })).thenFollow('ExecutionStarted', 'TaskScheduled charge', {
      dueAt: at('PT10S'),
      startBy: at('PT1M'),
      heartbeat: 500,
      queue: 'slow',
      priority: 7,
    })
  })

  it('gives its output expression over $result, and assigns variables over it', () => {
    given(
      {
        charge: charge({
          output: { id: '{% $result.id %}' },
          assign: { paid: '{% $paid + $result.amount %}', last: '{% $result.id %}' },
          next: 'done',
        }),
        done: { type: 'end', output: ['{% $steps.charge.output.id %}', '{% $paid %}', '{% $last %}'] },
      },
      { variables: { paid: 1 } },
    )
      .when(started(), completed('charge', { id: 'x', amount: 3 }))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskCompleted charge',
        { result: { id: 'x', amount: 3 }, output: { id: 'x' } },
        'VariablesAssigned charge',
        { variables: { paid: 4, last: 'x' } },
        'ExecutionCompleted done',
      )
      .completes(['x', 4, 'x'])
  })

  it('fails its step, not its completion, when the output expression fails', () => {
    given({ charge: charge({ output: '{% $result + "a" %}' }) })
      .when(started(), completed('charge', 5))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskCompleted charge',
        { result: 5 },
        'StepFailed charge',
        { failure: { type: 'ExpressionError', step: 'charge', details: { code: 'T2002' } } },
        'ExecutionFailed charge',
      )
      .fails({ type: 'ExpressionError' })
  })

  it('keeps its compensation when its output expression fails: what was done can still be undone', () => {
    given({
      charge: charge({
        compensate: { activity: 'Refund', input: '{% $result %}' },
        output: '{% $result + "a" %}',
        catch: [{ errors: ['*'], next: 'undo' }],
        next: 'undo',
      }),
      undo: { type: 'compensate' },
    })
      .when(started(), completed('charge', 5))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskCompleted charge',
        { compensation: { activity: 'Refund', input: 5 } },
        'StepFailed charge',
        'ErrorCaught charge',
        'ScopeEntered undo',
        'TaskScheduled undo',
        { activity: 'Refund', input: 5, compensates: 'charge' },
      )
  })

  it('fails its step when the input expression fails, before anything is scheduled', () => {
    given({ charge: charge({ input: '{% 1 + $input.text %}' }) })
      .when(started({ text: 'a' }))
      .thenFollow('ExecutionStarted', 'StepFailed charge', 'ExecutionFailed charge')
      .fails({ type: 'ExpressionError', step: 'charge' })
  })

  it('fails its step when a time limit is no duration', () => {
    given({ charge: charge({ timeout: '{% $input.limit %}' }) })
      .when(started({ limit: 'soon' }))
      .fails({ type: 'ExpressionError', message: '"soon" is no ISO 8601 duration' })
  })

  it('records its compensation, with the input evaluated when it completes', () => {
    given({
      charge: charge({ compensate: { activity: 'Refund', input: { of: '{% $result.id %}' } }, next: 'ship' }),
      ship: charge({ activity: 'Ship', compensate: { activity: 'Recall' } }),
    })
      .when(started(), completed('charge', { id: 'x' }), completed('ship'))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskCompleted charge',
        { compensation: { activity: 'Refund', input: { of: 'x' } } },
        'TaskScheduled ship',
        'TaskCompleted ship',
        { compensation: { activity: 'Recall', input: null } },
        'ExecutionCompleted',
      )
  })

  it('fails with the failure of its last attempt, which tells step and attempt', () => {
    given({ charge: charge() })
      .when(started(), failed('charge', { type: 'Declined', details: { code: 7 } }, { startedAt: at('PT1S') }))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskFailed charge',
        { attempt: 1, startedAt: at('PT1S'), failure: { type: 'Declined', details: { code: 7 } } },
        'ExecutionFailed charge',
      )
      .fails({ type: 'Declined', message: 'it broke', step: 'charge', attempt: 1 })
  })
})

describe('the retry of an activity', () => {
  it('comes at once without an interval, until the attempts are used up', () => {
    retried({ maxNumberOfAttempts: 2 }, { input: 5 })
      .when(failed('charge'))
      .thenFollow('TaskFailed charge', { attempt: 1 }, 'TaskScheduled charge', { attempt: 2, input: 5 })
      .when(failed('charge'))
      .thenFollow('TaskFailed charge', { attempt: 2 }, 'ExecutionFailed charge')
      .fails({ attempt: 2 })
  })

  it('waits first · coefficient^(k−1), at most max', () => {
    const scenario = retried({
      maxNumberOfAttempts: 5,
      firstRetryInterval: 'PT1S',
      backoffCoefficient: 3,
      maxRetryInterval: 'PT5S',
    })
    scenario
      .when(failed('charge'))
      .thenFollow('TaskFailed charge', 'TimerCreated charge', { purpose: 'retry', attempt: 2, dueAt: at('PT1S') })
      .when(passed('PT1S'))
      .thenFollow('TimerFired charge', 'TaskScheduled charge', { attempt: 2 })
      .when(failed('charge'))
      .thenFollow('TaskFailed charge', 'TimerCreated charge', { attempt: 3, dueAt: at('PT4S') })
      .when(passed('PT3S'), failed('charge'))
      .thenAmongOthers('TimerFired charge', 'TaskFailed charge', 'TimerCreated charge')
    expect(scenario.history.at(-1)).toMatchObject({ type: 'TimerCreated', dueAt: at('PT9S') })
  })

  it('draws full jitter once, records it, and draws the same again on replay', () => {
    const scenario = retried({ firstRetryInterval: 'PT10S', jitter: 'full' }).when(failed('charge'))
    const timer = scenario.history.at(-1)
    if (timer?.type !== 'TimerCreated') throw new Error('no retry was set')
    const drawn = Date.parse(timer.dueAt) - Date.parse(timer.at)
    expect(drawn).toBeGreaterThan(0)
    expect(drawn).toBeLessThan(10_000)
    expect(scenario.state.tasks.get(timer.seq)?.dueAt).toBe(timer.dueAt)
  })

  it('ends when the next attempt would begin after retryTimeout, counted from the first attempt', () => {
    retried({ maxNumberOfAttempts: 9, firstRetryInterval: 'PT4S', retryTimeout: 'PT10S' })
      .when(failed('charge'), passed('PT4S'), failed('charge'))
      .thenAmongOthers('TimerCreated charge', 'TimerCreated charge')
      .when(passed('PT4S'), failed('charge'))
      .thenFollow(
        'TimerFired charge',
        'TaskScheduled charge',
        { attempt: 3 },
        'TaskFailed charge',
        'ExecutionFailed charge',
      )
  })

  it.each([
    ['retryOn that does not name it', { retryOn: ['Flaky'] }, 'Broken', false],
    ['retryOn that names it', { retryOn: ['Flaky'] }, 'Flaky', true],
    ['retryOn for every type', { retryOn: ['*'] }, 'Broken', true],
    ['abortOn that names it', { abortOn: ['Broken'] }, 'Broken', false],
    ['abortOn that does not name it', { abortOn: ['Broken'] }, 'Flaky', true],
    ['both, where abortOn wins', { retryOn: ['*'], abortOn: ['Broken'] }, 'Broken', false],
  ] as const)('%s', (_name, policy, type, again) => {
    const retry = JSON.parse(JSON.stringify(policy)) as Partial<RetryPolicy>
    const scenario = retried(retry).when(failed('charge', { type }))
    if (again) scenario.thenFollow('TaskFailed charge', 'TaskScheduled charge')
    else scenario.thenFollow('TaskFailed charge', 'ExecutionFailed charge').fails({ type })
  })

  it('is refused by an error that says nonRetryable', () => {
    retried({})
      .when(failed('charge', { nonRetryable: true }))
      .thenFollow('TaskFailed charge', 'ExecutionFailed charge')
  })

  it('comes when the error says so by retryAfter, at most after a hundred years', () => {
    retried({ firstRetryInterval: 'PT1S' })
      .when(failed('charge', { retryAfter: 30_000 }))
      .thenFollow('TaskFailed charge', 'TimerCreated charge', { dueAt: at('PT30S') })
    retried({ firstRetryInterval: 'PT1S' })
      .when(failed('charge', { retryAfter: 1e15 }))
      .thenFollow('TaskFailed charge', 'TimerCreated charge', { dueAt: at('P36500D') })
  })

  it('has intervals from expressions; one that is no duration fails the step', () => {
    given({ charge: charge({ retry: { maxNumberOfAttempts: 2, firstRetryInterval: '{% $input.pause %}' } }) })
      .when(started({ pause: 'PT7S' }), failed('charge'))
      .thenAmongOthers('TimerCreated charge')
    given({ charge: charge({ retry: { maxNumberOfAttempts: 2, firstRetryInterval: '{% $input.pause %}' } }) })
      .when(started({ pause: 7 }), failed('charge'))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskFailed charge',
        'StepFailed charge',
        'ExecutionFailed charge',
      )
      .fails({ type: 'ExpressionError', message: '7 is no ISO 8601 duration' })
  })

  it('asks for the first input again, whatever the variables are by then', () => {
    given(
      {
        both: {
          type: 'parallel',
          branches: {
            a: { start: 'charge', steps: { charge: charge({ input: '{% $n %}', retry: { maxNumberOfAttempts: 2 } }) } },
            b: { start: 'set', steps: { set: charge({ activity: 'Set', assign: { n: 2 } }) } },
          },
        },
      },
      { variables: { n: 1 } },
    )
      .when(started(), completed('both[b]/set'))
      .when(failed('both[a]/charge'))
      .thenFollow('TaskFailed both[a]/charge', 'TaskScheduled both[a]/charge', { input: 1, attempt: 2 })
  })
})

describe('the time limit of an attempt', () => {
  it('fails the attempt with Timeout, and a late answer changes nothing', () => {
    given({ charge: charge({ timeout: 'PT10S' }) })
      .when(started(), passed('PT10S'))
      .thenFollow('ExecutionStarted', 'TaskScheduled charge', 'TaskFailed charge', 'ExecutionFailed charge')
      .fails({ type: 'Timeout', step: 'charge', attempt: 1 })
  })

  it('is the next attempt’s own again', () => {
    const scenario = retried({ maxNumberOfAttempts: 2 }, { timeout: 'PT10S' })
    scenario
      .when(passed('PT10S'))
      .thenFollow('TaskFailed charge', { failure: { type: 'Timeout' } }, 'TaskScheduled charge', { dueAt: at('PT20S') })
    const [late] = scenario.history.filter((event) => event.type === 'TaskScheduled')
    scenario
      .when((simulation) => simulation.send({ type: 'activityCompleted', task: late?.seq ?? 0, result: 'late' }))
      .thenNothing()
  })

  it('does not come early', () => {
    given({ charge: charge({ timeout: 'PT10S' }) })
      .when(started())
      .when((simulation) => simulation.send({ type: 'due', task: 2 }))
      .thenNothing()
  })
})

describe('the catch of an activity', () => {
  const catching = (errors: string[], more: object = {}) => [{ errors, next: 'handler', ...more }]
  const handler: ActivityStep = { type: 'activity', activity: 'Report', input: '{% $error %}' }

  it('leads on, and the handler sees $error', () => {
    given({ charge: charge({ catch: catching(['Declined']) }), handler })
      .when(started(), failed('charge', { type: 'Declined', details: [1] }))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskFailed charge',
        'ErrorCaught charge',
        { index: 0, next: 'handler', failure: { type: 'Declined' } },
        'TaskScheduled handler',
        { input: { type: 'Declined', message: 'it broke', details: [1], step: 'charge', attempt: 1 } },
      )
  })

  it('takes the first that matches in type and condition, and assigns', () => {
    given(
      {
        charge: charge({
          catch: [
            { errors: ['Other'], next: 'no' },
            { errors: ['*'], when: '{% $error.attempt > 1 %}', next: 'no' },
            { errors: ['Declined', 'Refused'], assign: { why: '{% $error.message %}' }, next: 'handler' },
            { errors: ['*'], next: 'no' },
          ],
        }),
        no: { type: 'fail', error: { type: 'WrongWay' } },
        handler: { type: 'end', output: '{% $why %}' },
      },
      { variables: { why: '' } },
    )
      .when(started(), failed('charge', { type: 'Refused', message: 'too poor' }))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskFailed charge',
        'ErrorCaught charge',
        { index: 2 },
        'VariablesAssigned charge',
        { variables: { why: 'too poor' } },
        'ExecutionCompleted handler',
      )
      .completes('too poor')
  })

  it('takes nothing that it does not name', () => {
    given({ charge: charge({ catch: catching(['Declined']) }), handler })
      .when(started(), failed('charge', { type: 'Broken' }))
      .fails({ type: 'Broken' })
  })

  it('fails with its own error when its condition or assignment fails', () => {
    given(
      {
        charge: charge({
          catch: [
            { errors: ['*'], assign: { n: '{% 1 + $error.type %}' }, next: 'handler' },
            { errors: ['*'], next: 'handler' },
          ],
        }),
        handler,
      },
      { variables: { n: 0 } },
    )
      .when(started(), failed('charge', { type: 'Declined' }))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskFailed charge',
        'StepFailed charge',
        'ExecutionFailed charge',
      )
      .fails({ type: 'ExpressionError', step: 'charge' })
  })

  it('may lead back to the step, which is then visited anew', () => {
    given({ charge: charge({ catch: [{ errors: ['*'], next: 'charge' }] }) })
      .when(started(), failed('charge'))
      .thenFollow(
        'ExecutionStarted',
        'TaskScheduled charge',
        'TaskFailed charge',
        'ErrorCaught charge',
        'TaskScheduled charge#2',
        {
          attempt: 1,
        },
      )
      .when(completed('charge#2', 'at last'))
      .completes('at last')
  })
})

describe('answers to an activity', () => {
  it('count once: the second changes nothing', () => {
    const scenario = given({ charge: charge({ next: 'ship' }), ship: charge() }).when(started(), completed('charge', 1))
    const again = (result: Json) =>
      scenario.when((simulation) => simulation.send({ type: 'activityCompleted', task: 2, result })).thenNothing()
    again(1)
    again(2)
    scenario
      .when((simulation) =>
        simulation.send({ type: 'activityFailed', task: 2, failure: { type: 'Error', message: 'late' } }),
      )
      .thenNothing()
  })

  it('are not those of a child or of a timer', () => {
    given({ nap: { type: 'timer', delay: 'PT1S' } })
      .when(started())
      .when((simulation) => simulation.send({ type: 'activityCompleted', task: 2, result: 1 }))
      .thenNothing()
      .when((simulation) => simulation.send({ type: 'childCompleted', task: 2, result: 1 }))
      .thenNothing()
  })

  it('wait while the instance is suspended; the attempt goes on after a rewind', () => {
    given({ charge: charge() })
      .when(started(), suspended(), failed('charge'))
      .thenFollow('ExecutionStarted', 'TaskScheduled charge', 'ExecutionSuspended', 'MessageDeferred')
      .when(resumed())
      .thenFollow('ExecutionResumed', 'TaskFailed charge', 'ExecutionFailed charge')
      .when(rewound())
      .thenFollow('ExecutionRewound', 'TaskScheduled charge', { attempt: 1 })
      .when(completed('charge', 'second time'))
      .completes('second time')
  })
})
