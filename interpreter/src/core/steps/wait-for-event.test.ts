import type { Json, JsonSchema, WaitForEventStep } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { at, body, completed, given, passed, raised, started } from '../../testing/scenario.ts'

const wait = (more: Partial<WaitForEventStep> = {}): WaitForEventStep => ({
  type: 'waitForEvent',
  event: 'go',
  ...more,
})

/** Schemas of these specs say only a type. */
const compileSchema = (schema: JsonSchema) => (value: Json) =>
  typeof schema === 'object' && typeof value !== schema.type ? `must be ${schema.type}` : null

describe('a wait for an event', () => {
  it('takes an event that comes later, and gives its data', () => {
    given({ wait: wait() })
      .when(started())
      .thenFollow('ExecutionStarted', 'EventAwaited wait', { name: 'go' })
      .when(raised('go', { by: 'ada' }, { messageId: 'm-1', by: 'api' }))
      .thenFollow(
        'EventRaised',
        { name: 'go', data: { by: 'ada' }, messageId: 'm-1', by: 'api' },
        'EventConsumed wait',
        { awaited: 2, raised: 3 },
        'ExecutionCompleted',
      )
      .completes({ by: 'ada' })
  })

  it('takes an event that came early, at once', () => {
    given({ work: { type: 'activity', activity: 'Work', next: 'wait' }, wait: wait() })
      .when(started(), raised('go', 1))
      .thenFollow('ExecutionStarted', 'TaskScheduled work', 'EventRaised')
      .when(completed('work'))
      .thenFollow('TaskCompleted work', 'EventAwaited wait', 'EventConsumed wait', { raised: 3 }, 'ExecutionCompleted')
      .completes(1)
  })

  it('takes events first in, first out, and only of its name', () => {
    const scenario = given({
      work: { type: 'activity', activity: 'Work', next: 'first' },
      first: wait({ next: 'second' }),
      second: wait({ next: 'done' }),
      done: { type: 'end', output: ['{% $steps.first.output %}', '{% $steps.second.output %}'] },
    })
    scenario.when(started(), raised('stop', 0), raised('go', 1), raised('go', 2), raised('go', 3), completed('work'))
    scenario.completes([1, 2])
    expect(scenario.state.raised.map(({ name, data }) => [name, data])).toEqual([
      ['stop', 0],
      ['go', 3],
    ])
  })

  it('gives an event to the oldest of several waits', () => {
    given({
      both: { type: 'parallel', branches: { a: body({ wait: wait() }), b: body({ wait: wait() }) } },
    })
      .when(started(), raised('go', 'first'))
      .thenAmongOthers('EventConsumed both[a]/wait')
      .when(raised('go', 'second'))
      .completes({ a: 'first', b: 'second' })
  })

  it('takes a message once, whatever comes between', () => {
    given({ wait: wait({ next: 'again' }), again: wait() })
      .when(started(), raised('go', 1, { messageId: 'm' }))
      .when(raised('go', 1, { messageId: 'm' }))
      .thenNothing()
      .when(raised('go', 2, { messageId: 'n' }))
      .completes(2)
  })

  it('gives its output over $result and assigns', () => {
    given(
      {
        wait: wait({
          output: '{% $result.n + 1 %}',
          assign: { seen: '{% $append($seen, [$result.n]) %}' },
          next: 'done',
        }),
        done: { type: 'end', output: ['{% $steps.wait.output %}', '{% $seen %}'] },
      },
      { variables: { seen: [] } },
    )
      .when(started(), raised('go', { n: 4 }))
      .thenAmongOthers('EventConsumed wait', 'VariablesAssigned wait')
      .completes([5, [4]])
  })

  it('records the correlation key that finds it, as text', () => {
    given({ wait: wait({ correlationKey: '{% $input.order %}' }) })
      .when(started({ order: 'o-1' }))
      .thenFollow('ExecutionStarted', 'EventAwaited wait', { correlationKey: 'o-1' })
    given({ wait: wait({ correlationKey: ['{% $input.order %}', 1] }) })
      .when(started({ order: 'o-1' }))
      .thenFollow('ExecutionStarted', 'EventAwaited wait', { correlationKey: '["o-1",1]' })
    const without = given({ wait: wait({ correlationKey: '{% $input.order %}' }) }).when(started({}))
    expect(without.history.at(-1)).not.toHaveProperty('correlationKey')
  })

  it('fails with InvalidInput on data that its schema refuses; the event is consumed', () => {
    const scenario = given(
      { wait: wait({ schema: { type: 'number' }, catch: [{ errors: ['InvalidInput'], next: 'wait' }] }) },
      { compileSchema },
    )
    scenario
      .when(started(), raised('go', 'text'))
      .thenFollow(
        'ExecutionStarted',
        'EventAwaited wait',
        'EventRaised',
        'EventConsumed wait',
        'StepFailed wait',
        { failure: { type: 'InvalidInput', message: 'event "go": must be number' } },
        'ErrorCaught wait',
        'EventAwaited wait#2',
      )
      .when(raised('go', 5))
      .completes(5)
  })

  it('tells of refused data before its output expression is tried', () => {
    given({ wait: wait({ schema: { type: 'number' }, output: '{% $result + 1 %}' }) }, { compileSchema })
      .when(started(), raised('go', 'text'))
      .fails({ type: 'InvalidInput' })
  })
})

describe('a wait that times out', () => {
  it('fails with Timeout', () => {
    given({ wait: wait({ timeout: 'PT1H' }) })
      .when(started())
      .thenFollow('ExecutionStarted', 'EventAwaited wait', { dueAt: at('PT1H') })
      .when(passed('PT1H'))
      .thenFollow('TimerFired wait', { timer: 2 }, 'ExecutionFailed wait')
      .fails({ type: 'Timeout', message: 'no event "go" came in time', step: 'wait' })
  })

  it('goes on at onTimeout instead', () => {
    given({
      wait: wait({ timeout: '{% $input %}', onTimeout: 'late', next: 'intime' }),
      intime: { type: 'end', output: 'in time' },
      late: { type: 'end', output: 'late' },
    })
      .when(started('PT1H'), passed('PT1H'))
      .thenFollow('ExecutionStarted', 'EventAwaited wait', 'TimerFired wait', 'ExecutionCompleted late')
      .completes('late')
  })

  it('may wait again, as a new visit, and an event then goes to that', () => {
    given({ wait: wait({ timeout: 'PT1H', onTimeout: 'wait' }) })
      .when(started(), passed('PT2H'))
      .thenFollow(
        'ExecutionStarted',
        'EventAwaited wait',
        'TimerFired wait',
        'EventAwaited wait#2',
        { dueAt: at('PT2H') },
        'TimerFired wait#2',
        'EventAwaited wait#3',
      )
      .when(raised('go', 'at last'))
      .thenAmongOthers('EventConsumed wait#3')
      .completes('at last')
  })

  it('does not time out once the event came', () => {
    given({ wait: wait({ timeout: 'PT1H', next: 'nap' }), nap: { type: 'timer', delay: 'PT9H' } })
      .when(started(), raised('go'), passed('PT2H'))
      .thenFollow('ExecutionStarted', 'EventAwaited wait', 'EventRaised', 'EventConsumed wait', 'TimerCreated nap')
  })

  it('has its timeout tried before it waits', () => {
    given({ wait: wait({ timeout: '{% $input %}' }) })
      .when(started('soon'))
      .thenFollow('ExecutionStarted', 'StepFailed wait', 'ExecutionFailed wait')
  })
})

describe('a wait that was given up', () => {
  it('never eats an event', () => {
    const scenario = given({
      race: {
        type: 'parallel',
        completion: 'any',
        branches: { event: body({ wait: wait() }), time: body({ nap: { type: 'timer', delay: 'PT1S' } }) },
        next: 'after',
      },
      after: wait(),
    })
    scenario
      .when(started(), passed('PT1S'))
      .thenAmongOthers('ScopeCancelled race[event]', 'EventAwaited after')
      .when(raised('go', 'for the later one'))
      .thenFollow('EventRaised', 'EventConsumed after', 'ExecutionCompleted')
      .completes('for the later one')
  })
})
