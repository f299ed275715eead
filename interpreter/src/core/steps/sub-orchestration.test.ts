import type { SubOrchestrationStep } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { at, childCompleted, childFailed, given, passed, started } from '../../testing/scenario.ts'

const child = (more: Partial<SubOrchestrationStep> = {}): SubOrchestrationStep => ({
  type: 'subOrchestration',
  definition: 'ship-order',
  ...more,
})

describe('a sub-orchestration', () => {
  it('asks for a child and waits for its result', () => {
    given({ ship: child({ input: '{% $input.order %}', output: '{% $result.parcel %}' }) })
      .when(started({ order: 7 }))
      .thenFollow('ExecutionStarted', 'SubOrchestrationInstanceCreated ship', {
        definition: 'ship-order',
        instanceId: 'i-1:e-1:2',
        input: 7,
        mode: 'wait',
        onParentEnd: 'terminate',
        attempt: 1,
      })
      .when(childCompleted('ship', { parcel: 'p-1' }))
      .thenFollow(
        'SubOrchestrationInstanceCompleted ship',
        { result: { parcel: 'p-1' }, output: 'p-1' },
        'ExecutionCompleted',
      )
      .completes('p-1')
  })

  it('takes the result as it is without an output expression, and null as the input without an input', () => {
    given({ ship: child() })
      .when(started(1), childCompleted('ship', [1]))
      .thenFollow(
        'ExecutionStarted',
        'SubOrchestrationInstanceCreated ship',
        { input: null },
        'SubOrchestrationInstanceCompleted ship',
        'ExecutionCompleted',
      )
      .completes([1])
  })

  it('takes an id of the author’s, and pins a version; "latest" pins none', () => {
    const scenario = given({
      ship: child({ instanceId: '{% "ship-" & $input.order %}', version: 3, onParentEnd: 'detach', next: 'more' }),
      more: child({ version: 'latest' }),
    })
    scenario
      .when(started({ order: 7 }))
      .thenFollow('ExecutionStarted', 'SubOrchestrationInstanceCreated ship', {
        instanceId: 'ship-7',
        version: 3,
        onParentEnd: 'detach',
      })
      .when(childCompleted('ship'))
    expect(scenario.history.at(-1)).not.toHaveProperty('version')
  })

  it.each([[7], [''], [['a']]])('refuses %j as an instance id', (id) => {
    given({ ship: child({ instanceId: '{% $input %}' }) })
      .when(started(id))
      .thenFollow('ExecutionStarted', 'StepFailed ship', 'ExecutionFailed ship')
      .fails({ type: 'ExpressionError', message: `${JSON.stringify(id)} is no instance id` })
  })

  it('gives children of its own to every visit, path and execution when the id is not the author’s', () => {
    const scenario = given({
      each: { type: 'forEach', items: [1, 2], body: { start: 'ship', steps: { ship: child() } } },
    }).when(started())
    const ids = scenario.history.flatMap((event) =>
      event.type === 'SubOrchestrationInstanceCreated' ? [event.instanceId] : [],
    )
    expect(new Set(ids).size).toBe(2)
  })

  it('goes on at once when it is detached; the child’s id is the result', () => {
    given({ ship: child({ mode: 'detach', onParentEnd: 'detach', instanceId: 'ship-1' }) })
      .when(started())
      .thenFollow(
        'ExecutionStarted',
        'SubOrchestrationInstanceCreated ship',
        { mode: 'detach', onParentEnd: 'detach' },
        'SubOrchestrationInstanceCompleted ship',
        { result: { instanceId: 'ship-1' } },
        'ExecutionCompleted',
      )
      .completes({ instanceId: 'ship-1' })
  })

  it('fails with the child’s failure, which a catch can take', () => {
    given({ ship: child() })
      .when(started(), childFailed('ship', { type: 'Cancelled' }))
      .thenFollow(
        'ExecutionStarted',
        'SubOrchestrationInstanceCreated ship',
        'SubOrchestrationInstanceFailed ship',
        { attempt: 1, failure: { type: 'Cancelled', step: 'ship' } },
        'ExecutionFailed ship',
      )
    given({
      ship: child({ catch: [{ errors: ['SubOrchestrationFailed'], next: 'other' }] }),
      other: { type: 'end', output: '{% $error.message %}' },
    })
      .when(started(), childFailed('ship'))
      .completes('the child failed')
  })

  it('is tried again with another child, at once or after the interval', () => {
    const scenario = given({ ship: child({ retry: { maxNumberOfAttempts: 2 }, input: '{% $input %}' }) })
    scenario
      .when(started(1), childFailed('ship'))
      .thenFollow(
        'ExecutionStarted',
        'SubOrchestrationInstanceCreated ship',
        { instanceId: 'i-1:e-1:2' },
        'SubOrchestrationInstanceFailed ship',
        'SubOrchestrationInstanceCreated ship',
        { instanceId: 'i-1:e-1:4', attempt: 2, input: 1 },
      )
      .when(childFailed('ship'))
      .fails({ type: 'SubOrchestrationFailed', attempt: 2 })
    given({ ship: child({ retry: { maxNumberOfAttempts: 2, firstRetryInterval: 'PT5S' } }) })
      .when(started(), childFailed('ship'))
      .thenFollow(
        'ExecutionStarted',
        'SubOrchestrationInstanceCreated ship',
        'SubOrchestrationInstanceFailed ship',
        'TimerCreated ship',
        { purpose: 'retry', attempt: 2, dueAt: at('PT5S') },
      )
      .when(passed('PT5S'))
      .thenFollow('TimerFired ship', 'SubOrchestrationInstanceCreated ship', { attempt: 2 })
      .when(childCompleted('ship', 'late'))
      .completes('late')
  })

  it('is not tried again when the policy’s own expression fails', () => {
    given({ ship: child({ retry: { maxNumberOfAttempts: 2, firstRetryInterval: '{% $input %}' } }) })
      .when(started('soon'), childFailed('ship'))
      .fails({ type: 'ExpressionError' })
  })

  it('answers the child once', () => {
    given({ ship: child({ next: 'again' }), again: child() })
      .when(started(), childCompleted('ship', 1))
      .when((simulation) => simulation.send({ type: 'childCompleted', task: 2, result: 2 }))
      .thenNothing()
      .when((simulation) =>
        simulation.send({ type: 'childFailed', task: 2, failure: { type: 'Cancelled', message: '' } }),
      )
      .thenNothing()
  })
})
