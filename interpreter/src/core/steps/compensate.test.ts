import type { ActivityStep, CompensateStep, Step } from '@durable-canvas/schema'
import { describe, it } from 'vitest'
import { at, body, completed, failed, given, passed, rewound, started } from '../../testing/scenario.ts'

const book = (name: string, more: Partial<ActivityStep> = {}): ActivityStep => ({
  type: 'activity',
  activity: `Book${name}`,
  compensate: { activity: `Cancel${name}`, input: '{% $result %}' },
  ...more,
})
const undo: CompensateStep = { type: 'compensate' }

/** A trip: flight and hotel are booked, the car fails, and what is inside the scope is undone. */
const trip = (more: Readonly<Record<string, Step>> = {}, flight: Partial<ActivityStep> = {}) =>
  given({
    insurance: book('Insurance', { next: 'trip' }),
    trip: {
      type: 'scope',
      body: body({
        flight: book('Flight', { next: 'hotel', ...flight }),
        hotel: book('Hotel', { next: 'car' }),
        car: { type: 'activity', activity: 'BookCar' },
      }),
      catch: [{ errors: ['*'], next: 'undo' }],
    },
    undo: { ...undo, scope: 'trip' },
    ...more,
  }).when(
    started(),
    completed('insurance', 'i'),
    completed('trip/flight', 'f'),
    completed('trip/hotel', 'h'),
    failed('trip/car'),
  )

describe('compensate', () => {
  it('undoes what completed in its scope, last first, one after the other', () => {
    trip()
      .thenAmongOthers('ScopeFailed trip', 'ErrorCaught trip', 'ScopeEntered undo', 'TaskScheduled undo')
      .when(completed('undo', null, { startedAt: at('PT0S') }))
      .thenFollow('TaskCompleted undo', { startedAt: at('PT0S') }, 'TaskScheduled undo', {
        activity: 'CancelFlight',
        input: 'f',
        compensates: 'trip/flight',
        attempt: 1,
      })
      .when(completed('undo'))
      .thenFollow('TaskCompleted undo', 'ScopeExited undo', { output: null }, 'ExecutionCompleted')
      .completes(null)
  })

  it('records at its beginning what it will undo', () => {
    const scenario = trip()
    const entered = scenario.history.find((event) => event.type === 'ScopeEntered' && event.step === 'undo')
    if (entered?.type !== 'ScopeEntered') throw new Error('nothing was undone')
    const steps = (entered.compensations ?? []).map(({ step, activity, input }) => [step, activity, input])
    if (JSON.stringify(steps) !== '[["trip/hotel","CancelHotel","h"],["trip/flight","CancelFlight","f"]]')
      throw new Error(`undoes ${JSON.stringify(steps)}`)
  })

  it('undoes everything of the instance without a scope, and nothing twice', () => {
    trip({ undo: { ...undo, next: 'again' }, again: undo })
      .when(completed('undo'), completed('undo'))
      .thenAmongOthers('TaskScheduled undo', 'TaskScheduled undo')
      .when(completed('undo'))
      .thenFollow(
        'TaskCompleted undo',
        'ScopeExited undo',
        'ScopeEntered again',
        { compensations: [] },
        'ScopeExited again',
        'ExecutionCompleted',
      )
  })

  it('has output and assign like any other step', () => {
    given(
      { a: book('A', { next: 'undo' }), undo: { ...undo, output: 'undone', assign: { n: 1 } } },
      { variables: { n: 0 } },
    )
      .when(started(), completed('a', 1), completed('undo'))
      .thenAmongOthers('ScopeExited undo', 'VariablesAssigned undo')
      .completes('undone')
  })

  it('retries a compensation by the policy of its activity, with its limits', () => {
    trip({}, { retry: { maxNumberOfAttempts: 2, firstRetryInterval: 'PT5S' }, timeout: 'PT30S' })
      .when(completed('undo'))
      .thenFollow('TaskCompleted undo', 'TaskScheduled undo', { activity: 'CancelFlight', dueAt: at('PT30S') })
      .when(failed('undo'))
      .thenFollow('TaskFailed undo', { attempt: 1 }, 'TimerCreated undo', { purpose: 'retry', dueAt: at('PT5S') })
      .when(passed('PT5S'))
      .thenFollow('TimerFired undo', 'TaskScheduled undo', { attempt: 2, input: 'f', compensates: 'trip/flight' })
      .when(completed('undo'))
      .completes(null)
  })

  it('fails when a compensation fails for good, here by its time limit, and goes on there after a rewind', () => {
    trip({}, { timeout: 'PT30S' })
      .when(completed('undo'), passed('PT30S'))
      .thenAmongOthers('TaskScheduled undo', 'TaskFailed undo', 'ExecutionFailed undo')
      .fails({ type: 'Timeout', step: 'undo' })
      .when(rewound())
      .thenFollow(
        'ExecutionRewound',
        'ScopeEntered undo',
        { compensations: [{ step: 'trip/flight' }] },
        'TaskScheduled undo',
        { activity: 'CancelFlight' },
      )
      .when(completed('undo'))
      .completes(null)
  })

  it('can be caught when it fails', () => {
    trip({
      undo: { ...undo, scope: 'trip', catch: [{ errors: ['*'], next: 'call' }] },
      call: { type: 'end', output: 'call someone' },
    })
      .when(failed('undo'))
      .completes('call someone')
  })

  it('undoes what completed before the output of its activity was refused', () => {
    given({
      trip: {
        type: 'scope',
        body: body({ flight: book('Flight', { output: '{% $result + "x" %}' }) }),
        catch: [{ errors: ['*'], next: 'undo' }],
      },
      undo: { ...undo, scope: 'trip' },
    })
      .when(started(), completed('trip/flight', 1))
      .thenAmongOthers('TaskCompleted trip/flight', 'StepFailed trip/flight', 'TaskScheduled undo')
  })

  it('undoes every attempt of a scope that was retried, every branch and every item', () => {
    const inner = body({
      flight: book('Flight', { next: 'stop' }),
      stop: { type: 'fail', error: { type: 'Stop' } } as Step,
    })
    given({
      trip: { type: 'scope', body: inner, retry: { maxNumberOfAttempts: 2 }, catch: [{ errors: ['*'], next: 'undo' }] },
      undo: { ...undo, scope: 'trip' },
    })
      .when(started(), completed('trip/flight', 1), completed('trip#2/flight', 2))
      .thenAmongOthers('ScopeEntered trip#2', 'ErrorCaught trip#2', 'TaskScheduled undo')
      .when(completed('undo'), completed('undo'))
      .completes(null)
    given({
      trip: {
        type: 'scope',
        body: body({ each: { type: 'forEach', items: [1, 2], body: body({ flight: book('Flight') }) } }),
        next: 'undo',
      },
      undo: { ...undo, scope: 'trip' },
    })
      .when(started(), completed('trip/each[1]/flight', 'b'), completed('trip/each[0]/flight', 'a'))
      .when(completed('undo'))
      .thenFollow('TaskCompleted undo', 'TaskScheduled undo', { input: 'b', compensates: 'trip/each[1]/flight' })
    given({
      both: { type: 'parallel', branches: { a: body({ flight: book('Flight') }) }, next: 'undo' },
      undo,
    })
      .when(started(), completed('both[a]/flight', 'b'))
      .thenAmongOthers('TaskScheduled undo')
  })

  it('leaves alone what only begins with the same letters', () => {
    given({
      trip: { type: 'scope', body: body({ a: book('A') }), next: 'trip-2' },
      'trip-2': { type: 'scope', body: body({ b: book('B') }), next: 'undo' },
      undo: { ...undo, scope: 'trip' },
    })
      .when(started(), completed('trip/a', 'a'), completed('trip-2/b', 'b'))
      .thenAmongOthers('TaskScheduled undo')
      .when(completed('undo'))
      .completes(null)
  })

  it('finds the scope from inside of a scope, and is bound to its own item', () => {
    given({
      each: {
        type: 'forEach',
        items: ['x', 'y'],
        body: body({
          trip: { type: 'scope', body: body({ flight: book('Flight') }), next: 'cleanup' },
          cleanup: { type: 'scope', body: body({ undo: { ...undo, scope: 'trip' } }) },
        }),
      },
    })
      .when(started(), completed('each[0]/trip/flight', 'x'), completed('each[1]/trip/flight', 'y'))
      .when(completed('each[0]/cleanup/undo'))
      .thenAmongOthers('ScopeExited each[0]/cleanup/undo', 'ScopeExited each[0]')
      .when(completed('each[1]/cleanup/undo'))
      .completes([null, null])
  })
})
