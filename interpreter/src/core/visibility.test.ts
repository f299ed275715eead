// What an expression sees from where it stands.
import type { Json, Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { at, body, completed, given, passed, started } from '../testing/scenario.ts'

const end = (output: Json): Step => ({ type: 'end', output })

describe('an expression', () => {
  it('sees the instance in $context', () => {
    given({ done: end('{% $context %}') }, { version: 3, name: 'order' })
      .when(started())
      .completes({
        instanceId: 'i-1',
        executionId: 'e-1',
        name: 'order',
        version: 3,
        startedAt: at('PT0S'),
        parentInstanceId: null,
        isReplaying: false,
      })
  })

  it('sees the time of the decision, and draws that a replay gives again', () => {
    const scenario = given({
      nap: { type: 'timer', delay: 'PT5S', next: 'done' },
      done: end({
        now: '{% $now() %}',
        ms: '{% $millis() %}',
        one: '{% $random() %}',
        id: '{% $uuid() %}',
        two: '{% $random() %}',
      }),
    })
    scenario.when(started(), passed('PT5S'))
    const output = scenario.state.output as { now: string; ms: number; one: number; two: number; id: string }
    expect(output.now).toBe(at('PT5S'))
    expect(output.ms).toBe(Date.parse(at('PT5S')))
    expect(output.one).not.toBe(output.two)
    expect(output.id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('sees the input of its scope as $ and bare paths, that of the instance as $input', () => {
    given({
      try: { type: 'scope', input: { n: 2 }, body: body({ done: end(['{% n %}', '{% $.n %}', '{% $input.n %}']) }) },
    })
      .when(started({ n: 1 }))
      .completes([2, 2, 1])
  })

  it('sees outputs of steps of its own scope and of those around it, the nearest first, never of a sibling', () => {
    const work: Step = { type: 'activity', activity: 'Work' }
    given({
      first: { ...work, next: 'both' } as Step,
      both: {
        type: 'parallel',
        branches: {
          left: body({ first: { ...work, next: 'see' } as Step, see: end('{% $steps.first.output %}') }),
          right: body({
            wait: { ...work, next: 'see' } as Step,
            see: end(['{% $steps.first.output %}', '{% $exists($steps.wait.output) %}']),
          }),
        },
        next: 'done',
      },
      done: end('{% $steps.both.output %}'),
    })
      .when(
        started(),
        completed('first', 'outer'),
        completed('both[left]/first', 'inner'),
        completed('both[right]/wait'),
      )
      .completes({ left: 'inner', right: ['outer', true] })
  })

  it('sees nothing of a step that has not completed: null in a value, false in a condition', () => {
    given({
      first: { type: 'choice', choices: [{ when: '{% $steps.later.output %}', next: 'later' }], otherwise: 'done' },
      later: { type: 'activity', activity: 'Work', next: 'done' },
      done: end('{% $steps.later.output %}'),
    })
      .when(started())
      .completes(null)
  })

  it('sees $error of the nearest scope that caught one; nothing where none did', () => {
    given({
      try: {
        type: 'scope',
        body: body({ stop: { type: 'fail', error: { type: 'Outer' } } }),
        catch: [{ errors: ['*'], next: 'again' }],
      },
      again: {
        type: 'scope',
        body: body({
          try: {
            type: 'scope',
            body: body({ stop: { type: 'fail', error: { type: 'Inner' } } }),
            catch: [{ errors: ['*'], next: 'in' }],
          },
          in: end('{% $error.type %}'),
        }),
        next: 'done',
      },
      done: end(['{% $steps.again.output %}', '{% $error.type %}']),
    })
      .when(started())
      .completes(['Inner', 'Outer'])
    given({ done: end('{% $error.type %}') }, { unchecked: true })
      .when(started())
      .completes(null)
  })

  it('sees $index and the item of the nearest forEach only inside of one; a variable else', () => {
    given(
      {
        each: {
          type: 'forEach',
          items: ['x'],
          item: 'thing',
          body: body({ try: { type: 'scope', body: body({ done: end(['{% $thing %}', '{% $index %}']) }) } }),
          next: 'done',
        },
        done: end([
          '{% $steps.each.output %}',
          '{% $exists($index) %}',
          '{% $n %}',
          '{% $exists($thing) %}',
          '{% $exists($toString) %}',
        ]),
      },
      { variables: { n: 5 }, unchecked: true },
    )
      .when(started())
      .completes([[['x', 0]], false, 5, false, false])
  })
})
