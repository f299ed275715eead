// assign, setCustomStatus and `status` on any step, raiseEvent, end, fail, continueAsNew: steps that wait for nothing.
import type { Json, JsonSchema, Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { at, body, completed, failed, given, passed, raised, started } from '../../testing/scenario.ts'

describe('assign', () => {
  it('sets variables, all over the values from before', () => {
    given(
      {
        set: { type: 'assign', variables: { a: '{% $b %}', b: '{% $a %}', c: { of: '{% $input %}' } }, next: 'done' },
        done: { type: 'end', output: ['{% $a %}', '{% $b %}', '{% $c %}', '{% $steps.set.output = null %}'] },
      },
      { variables: { a: 1, b: 2, c: null } },
    )
      .when(started(9))
      .thenFollow(
        'ExecutionStarted',
        'VariablesAssigned set',
        { variables: { a: 2, b: 1, c: { of: 9 } } },
        'ExecutionCompleted done',
      )
      .completes([2, 1, { of: 9 }, true])
  })

  it('fails on an expression, leaves the variables as they are, and can be caught', () => {
    given(
      {
        set: {
          type: 'assign',
          variables: { a: '{% $a + "x" %}' },
          catch: [{ errors: ['ExpressionError'], assign: { a: '{% $a + 1 %}' }, next: 'done' }],
          next: 'done',
        },
        done: { type: 'end', output: '{% $a %}' },
      },
      { variables: { a: 1 } },
    )
      .when(started())
      .thenFollow(
        'ExecutionStarted',
        'StepFailed set',
        'ErrorCaught set',
        'VariablesAssigned set',
        'ExecutionCompleted done',
      )
      .completes(2)
  })

  it('writes in the order of events where branches run side by side', () => {
    const add = (n: number): Step => ({
      type: 'activity',
      activity: 'Add',
      assign: { added: `{% $append($added, [${n}]) %}` },
    })
    const scenario = given(
      { both: { type: 'parallel', branches: { a: body({ add: add(1) }), b: body({ add: add(2) }) } } },
      { variables: { added: [] } },
    )
    scenario.when(started(), completed('both[b]/add'), completed('both[a]/add'))
    expect(scenario.state.variables).toEqual({ added: [2, 1] })
  })
})

describe('the custom status', () => {
  it('is set by a step of its own', () => {
    const scenario = given({
      tell: { type: 'setCustomStatus', status: { done: '{% $input * 10 %}' }, next: 'nap' },
      nap: { type: 'timer', delay: 'PT1S' },
    })
    scenario
      .when(started(5))
      .thenFollow('ExecutionStarted', 'CustomStatusSet tell', { status: { done: 50 } }, 'TimerCreated nap')
    expect(scenario.state.customStatus).toEqual({ done: 50 })
  })

  it('is set by `status` on any step, when it starts', () => {
    const scenario = given(
      {
        work: { type: 'activity', activity: 'Work', status: '{% "with " & $input %}', next: 'set' },
        set: { type: 'assign', variables: { n: 1 }, status: 'setting', next: 'done' },
        done: { type: 'end', status: { over: true } },
      },
      { variables: { n: 0 } },
    )
    scenario
      .when(started('ada'), completed('work'))
      .thenFollow(
        'ExecutionStarted',
        'CustomStatusSet work',
        { status: 'with ada' },
        'TaskScheduled work',
        'TaskCompleted work',
        'CustomStatusSet set',
        'VariablesAssigned set',
        'CustomStatusSet done',
        'ExecutionCompleted done',
      )
    expect(scenario.state.customStatus).toEqual({ over: true })
  })

  it('fails the step whose status cannot be evaluated', () => {
    given({ work: { type: 'activity', activity: 'Work', status: '{% 1 + "a" %}' } })
      .when(started())
      .thenFollow('ExecutionStarted', 'StepFailed work', 'ExecutionFailed work')
    given({
      tell: {
        type: 'setCustomStatus',
        status: '{% 1 + "a" %}',
        catch: [{ errors: ['*'], next: 'done' }],
        next: 'done',
      },
      done: { type: 'end', output: 'silent' },
    })
      .when(started())
      .completes('silent')
  })
})

describe('raiseEvent', () => {
  it('sends to an instance by its id, with a message id of its own path', () => {
    given({ tell: { type: 'raiseEvent', instanceId: '{% $input.to %}', event: 'go', data: { n: '{% $input.n %}' } } })
      .when(started({ to: 'other', n: 1 }))
      .thenFollow(
        'ExecutionStarted',
        'EventSent tell',
        { instanceId: 'other', name: 'go', data: { n: 1 }, messageId: 'i-1/e-1/tell' },
        'ExecutionCompleted',
      )
      .completes(null)
  })

  it('sends by correlation key, without data null; a number is its text', () => {
    given({ tell: { type: 'raiseEvent', correlationKey: '{% $input %}', event: 'go' } })
      .when(started(42))
      .thenFollow('ExecutionStarted', 'EventSent tell', { correlationKey: '42', data: null }, 'ExecutionCompleted')
  })

  it.each([[null], [''], [{ a: 1 }]])('fails on %j as an address', (address) => {
    given({ tell: { type: 'raiseEvent', instanceId: '{% $input.to %}', event: 'go' } })
      .when(started({ to: address }))
      .fails({ type: 'ExpressionError', message: `${JSON.stringify(address)} is no instance id` })
    given({
      tell: {
        type: 'raiseEvent',
        correlationKey: '{% $input.to %}',
        event: 'go',
        catch: [{ errors: ['*'], next: 'done' }],
        next: 'done',
      },
      done: { type: 'end', output: 'nobody' },
    })
      .when(started({ to: address }))
      .completes('nobody')
  })

  it('fails without any address', () => {
    given({ tell: { type: 'raiseEvent', event: 'go' } }, { unchecked: true })
      .when(started())
      .fails({ type: 'ExpressionError', message: 'null is no correlation key' })
  })

  it('sends anew at every visit', () => {
    const scenario = given({
      tell: { type: 'raiseEvent', instanceId: 'other', event: 'go', next: 'nap' },
      nap: { type: 'timer', delay: 'PT1S', next: 'tell' },
    })
    scenario.when(started(), passed('PT2S'))
    expect(scenario.history.flatMap((event) => (event.type === 'EventSent' ? [event.messageId] : []))).toEqual([
      'i-1/e-1/tell',
      'i-1/e-1/tell#2',
      'i-1/e-1/tell#3',
    ])
  })
})

describe('end', () => {
  it('completes the instance with its output, else null', () => {
    given({ done: { type: 'end', output: { n: '{% $input %}' } } })
      .when(started(1))
      .completes({ n: 1 })
    given({ done: { type: 'end' } })
      .when(started(1))
      .completes(null)
  })

  it('fails when its output does', () => {
    given({ done: { type: 'end', output: '{% 1 + "a" %}' } })
      .when(started())
      .thenFollow('ExecutionStarted', 'StepFailed done', 'ExecutionFailed done')
  })

  it('fails with InvalidOutput where the definition’s schema refuses the output', () => {
    const compileSchema = (schema: JsonSchema) => (value: Json) =>
      typeof schema === 'object' && typeof value !== schema.type ? `must be ${schema.type}` : null
    const about = { output: { type: 'number' }, compileSchema }
    given({ done: { type: 'end', output: '{% $input %}' } }, about)
      .when(started(1))
      .completes(1)
    given({ done: { type: 'end', output: '{% $input %}' } }, about)
      .when(started('x'))
      .thenFollow('ExecutionStarted', 'ExecutionFailed done')
      .fails({ type: 'InvalidOutput', message: 'must be number', step: 'done' })
    given({ work: { type: 'activity', activity: 'Work' } }, about)
      .when(started(), completed('work', 'x'))
      .thenAmongOthers('TaskCompleted work', 'ExecutionFailed')
      .fails({ type: 'InvalidOutput' })
  })
})

describe('fail', () => {
  it('fails with type, message and details, evaluated', () => {
    given({ stop: { type: 'fail', error: { type: 'Refused', message: '{% "no " & $input %}', details: { n: 1 } } } })
      .when(started('chair'))
      .thenFollow('ExecutionStarted', 'StepFailed stop', 'ExecutionFailed stop')
      .fails({ type: 'Refused', message: 'no chair', details: { n: 1 }, step: 'stop' })
  })

  it('has an empty message without one, the type Error for an empty type, and text for what is no text', () => {
    given({ stop: { type: 'fail', error: { type: 'Refused' } } })
      .when(started())
      .fails({ type: 'Refused', message: '' })
    given({ stop: { type: 'fail', error: { type: '{% $input.type %}', message: '{% [1, 2] %}' } } })
      .when(started({}))
      .fails({ type: 'Error', message: '[1,2]' })
  })

  it('is caught by the scope around it', () => {
    given({
      try: {
        type: 'scope',
        body: body({ stop: { type: 'fail', error: { type: 'Refused', details: [1] } } }),
        catch: [{ errors: ['Refused'], next: 'done' }],
      },
      done: { type: 'end', output: '{% $error.details %}' },
    })
      .when(started())
      .completes([1])
  })
})

describe('continueAsNew', () => {
  const again = (more: object = {}): Step => ({ type: 'continueAsNew', ...more })

  it('begins a new execution of the same instance with the new input, variables and visits', () => {
    const scenario = given(
      {
        count: { type: 'assign', variables: { n: '{% $n + $input %}' }, next: 'nap' },
        nap: { type: 'timer', delay: 'PT1S', next: 'again' },
        again: again({ input: '{% $n * 10 %}' }),
      },
      { variables: { n: 1 } },
    )
    scenario.when(started(1), passed('PT1S'))
    const [first] = scenario.history
    expect(first).toMatchObject({
      type: 'ExecutionStarted',
      instanceId: 'i-1',
      input: 20,
      continuedFrom: 'e-1',
      variables: { n: 1 },
    })
    expect(scenario.state).toMatchObject({ status: 'Running', variables: { n: 21 } })
    expect(scenario.state.executionId).toMatch(/^[0-9a-f]{12}$/)
    expect([...scenario.state.tasks.values()]).toMatchObject([{ path: 'nap' }])
  })

  it('has null as its input without one, and clears the custom status', () => {
    const scenario = given(
      {
        work: { type: 'activity', activity: 'Work', status: 'at work', next: 'first' },
        first: { type: 'choice', choices: [{ when: '{% $input = null %}', next: 'nap' }], otherwise: 'again' },
        nap: { type: 'timer', delay: 'PT1S' },
        again: again(),
      },
      { unchecked: true },
    )
    scenario.when(started(1), completed('work'))
    expect(scenario.state).toMatchObject({ input: null, customStatus: 'at work' })
    const cleared = given(
      {
        first: { type: 'choice', choices: [{ when: '{% $input = null %}', next: 'nap' }], otherwise: 'tell' },
        tell: { type: 'setCustomStatus', status: 'working', next: 'again' },
        again: again(),
        nap: { type: 'timer', delay: 'PT1S' },
      },
      { unchecked: true },
    )
    cleared.when(started(1))
    expect(cleared.state.customStatus).toBeNull()
  })

  it('takes events along that nobody consumed, in their order, and remembers their messages', () => {
    const scenario = given({
      first: { type: 'choice', choices: [{ when: '{% $input = 2 %}', next: 'one' }], otherwise: 'work' },
      work: { type: 'activity', activity: 'Work', next: 'again' },
      again: again({ input: 2 }),
      one: { type: 'waitForEvent', event: 'go', next: 'two' },
      two: { type: 'waitForEvent', event: 'go', next: 'three' },
      three: {
        type: 'waitForEvent',
        event: 'go',
        output: ['{% $steps.one.output %}', '{% $steps.two.output %}', '{% $result %}'],
      },
    })
    scenario
      .when(
        started(1),
        raised('go', 'a', { messageId: 'm-a' }),
        raised('other', 0),
        raised('go', 'b', { messageId: 'm-b' }),
        completed('work'),
      )
      .thenAmongOthers('ContinueAsNew again', 'EventConsumed one', 'EventConsumed two', 'EventAwaited three')
    expect(scenario.history[0]).toMatchObject({
      carried: [
        { seq: -2, name: 'go', data: 'a', messageId: 'm-a' },
        { seq: -1, name: 'other' },
        { seq: 0, name: 'go', data: 'b' },
      ],
      messageIds: ['m-a', 'm-b'],
    })
    scenario.when(raised('go', 'a', { messageId: 'm-a' })).thenNothing()
    scenario.when(raised('go', 'c')).completes(['a', 'b', 'c'])
  })

  it('keeps the parent, and ends all that was open', () => {
    const parent = { instanceId: 'p', executionId: 'e', task: 3 }
    const scenario = given(
      {
        first: { type: 'choice', choices: [{ when: '{% $input = 2 %}', next: 'tell' }], otherwise: 'try' },
        try: { type: 'scope', timeout: 'PT1H', body: body({ again: again({ input: 2 }) }) },
        tell: { type: 'end', output: '{% $context.parentInstanceId %}' },
      },
      { unchecked: true },
    )
    scenario.when(started(1, { parent })).completes('p')
  })

  it('fails when its input does', () => {
    given({ again: again({ input: '{% 1 + "a" %}' }) }, { unchecked: true })
      .when(started())
      .fails({ type: 'ExpressionError', step: 'again' })
  })

  it('drops what else was to be entered in the turn', () => {
    given(
      {
        first: { type: 'choice', choices: [{ when: '{% $input = 2 %}', next: 'done' }], otherwise: 'both' },
        both: {
          type: 'parallel',
          branches: {
            a: body({ again: again({ input: 2 }) }),
            b: body({ work: { type: 'activity', activity: 'Work' } }),
          },
        },
        done: { type: 'end', output: 'new' },
      },
      { unchecked: true },
    )
      .when(started(1))
      .thenFollow(
        'ExecutionStarted',
        'ChoiceTaken first',
        'ScopeEntered both',
        'ScopeEntered both[a]',
        'ScopeEntered both[b]',
        'ContinueAsNew both[a]/again',
        'ExecutionStarted',
        'ChoiceTaken first',
        'ExecutionCompleted done',
      )
  })

  it('has nothing to do with a failure that came before it was reached', () => {
    given({ work: { type: 'activity', activity: 'Work', next: 'again' }, again: again() })
      .when(started(), failed('work'), passed('PT1S'))
      .fails({ type: 'Error' })
    expect(at('PT0S')).toBe('2024-01-01T12:00:00.000Z')
  })
})
