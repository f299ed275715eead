import type { ForEachStep, Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { body, completed, failed, given, started } from '../../testing/scenario.ts'

const work = (more: object = {}): Step => ({ type: 'activity', activity: 'Work', input: '{% $item %}', ...more })
const each = (more: Partial<ForEachStep> = {}): ForEachStep => ({
  type: 'forEach',
  items: '{% $input.items %}',
  body: body({ work: work() }),
  ...more,
})
const three = { items: ['a', 'b', 'c'] }

describe('a forEach', () => {
  it('runs its body for every item, and gives the results in the order of items', () => {
    given({ each: each() })
      .when(started(three))
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered each',
        { items: ['a', 'b', 'c'] },
        'ScopeEntered each[0]',
        'ScopeEntered each[1]',
        'ScopeEntered each[2]',
        'TaskScheduled each[0]/work',
        { input: 'a' },
        'TaskScheduled each[1]/work',
        { input: 'b' },
        'TaskScheduled each[2]/work',
      )
      .when(completed('each[2]/work', 3), completed('each[0]/work', 1), completed('each[1]/work', 2))
      .completes([1, 2, 3])
  })

  it('runs at most maxConcurrency at a time, the next when one is done', () => {
    given({ each: each({ maxConcurrency: 2 }) })
      .when(started(three))
      .thenAmongOthers('TaskScheduled each[0]/work', 'TaskScheduled each[1]/work')
      .when(completed('each[1]/work', 2))
      .thenFollow(
        'TaskCompleted each[1]/work',
        'ScopeExited each[1]',
        'ScopeEntered each[2]',
        'TaskScheduled each[2]/work',
      )
      .when(completed('each[2]/work', 3))
      .thenFollow('TaskCompleted each[2]/work', 'ScopeExited each[2]')
      .when(completed('each[0]/work', 1))
      .completes([1, 2, 3])
  })

  it.each([
    ['an empty collection', []],
    ['no match at all', null],
  ])('of %s completes at once', (_name, items) => {
    given({ each: each() })
      .when(started({ items }))
      .thenFollow('ExecutionStarted', 'ScopeEntered each', { items: [] }, 'ScopeExited each', 'ExecutionCompleted')
      .completes([])
  })

  it('of an empty collection completes at once when any is enough, too', () => {
    given({ each: each({ completion: 'any' }) })
      .when(started({ items: [] }))
      .completes([])
  })

  it('takes a single value as a collection of one, since JSONata unwraps single matches', () => {
    given({ each: each({ items: '{% $input.items[$ = "b"] %}' }) })
      .when(started(three), completed('each[0]/work', 1))
      .completes([1])
    given({ each: each({ items: { a: 1 } }) })
      .when(started())
      .thenAmongOthers('TaskScheduled each[0]/work')
  })

  it('binds the item by its name and $index, and its body’s input is the item', () => {
    given({
      each: each({
        item: 'order',
        body: body({
          work: { type: 'activity', activity: 'Work', input: ['{% $order %}', '{% $index %}', '{% $ %}'] },
        }),
      }),
    })
      .when(started({ items: ['x', null] }))
      .thenAmongOthers('TaskScheduled each[0]/work', 'TaskScheduled each[1]/work')
      .when(completed('each[0]/work', 1), completed('each[1]/work', 2))
      .completes([1, 2])
  })

  it('evaluates its input once an item, with the item in sight', () => {
    given({
      each: each({
        item: 'order',
        input: { of: '{% $order %}', at: '{% $index %}', all: '{% $count($input.items) %}' },
        body: body({ work: { type: 'activity', activity: 'Work', input: '{% $ %}' } }),
      }),
    })
      .when(started({ items: ['x', 'y'] }))
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered each',
        'ScopeEntered each[0]',
        { input: { of: 'x', at: 0, all: 2 } },
        'ScopeEntered each[1]',
        { input: { of: 'y', at: 1, all: 2 } },
        'TaskScheduled each[0]/work',
        { input: { of: 'x', at: 0, all: 2 } },
        'TaskScheduled each[1]/work',
      )
  })

  it('fails when the input of an item fails, with the items that were begun cancelled', () => {
    const scenario = given({ each: each({ input: '{% 1 + $item %}' }) })
    scenario.when(started({ items: [1, 'x', 3] })).fails({ type: 'ExpressionError', step: 'each' })
    expect(scenario.state.tasks.size).toBe(0)
  })

  it('can have a forEach inside, whose names hide the outer ones', () => {
    const scenario = given({
      each: each({
        items: '{% $input %}',
        item: 'row',
        body: body({
          inner: {
            type: 'forEach',
            items: '{% $row %}',
            item: 'cell',
            body: body({ done: { type: 'end', output: '{% $cell & "/" & $index & "/" & $count($row) %}' } }),
          },
        }),
      }),
    })
    scenario.when(started([['a', 'b'], ['c']])).completes([['a/0/2', 'b/1/2'], ['c/0/1']])
    expect(scenario.history.filter(({ type }) => type === 'ScopeExited').length).toBe(8)
  })

  it('sees the outer item and the outer names of the same item name', () => {
    given({
      each: each({
        items: [1, 2],
        body: body({
          inner: { type: 'forEach', items: [10], body: body({ done: { type: 'end', output: '{% $item %}' } }) },
        }),
      }),
    })
      .when(started())
      .completes([[10], [10]])
  })

  it('can have a path of its own for every item and visit', () => {
    given({
      each: each({
        items: [1],
        body: body({
          work: work({ next: 'more' }),
          more: { type: 'choice', choices: [{ when: '{% $steps.work.output < 2 %}', next: 'work' }], otherwise: 'out' },
          out: { type: 'end', output: '{% $steps.work.output %}' },
        }),
      }),
    })
      .when(started(), completed('each[0]/work', 1))
      .thenAmongOthers('TaskScheduled each[0]/work', 'ChoiceTaken each[0]/more', 'TaskScheduled each[0]/work#2')
      .when(completed('each[0]/work#2', 2))
      .thenAmongOthers('ChoiceTaken each[0]/more#2')
      .completes([2])
  })

  it('refuses more items than the limit with LimitExceeded', () => {
    given({ each: each() }, { limits: { maxFanOut: 2 } })
      .when(started(three))
      .thenFollow('ExecutionStarted', 'StepFailed each', 'ExecutionFailed each')
      .fails({ type: 'LimitExceeded', message: '3 items are more than the 2 that one forEach may have' })
  })

  it('fails when its items cannot be evaluated', () => {
    given({ each: each({ items: '{% 1 + "a" %}' }) })
      .when(started())
      .fails({ type: 'ExpressionError', step: 'each' })
  })
})

describe('the tolerance of a forEach', () => {
  it('is none by default: the first failure fails it and cancels the rest', () => {
    given({ each: each() })
      .when(started(three), failed('each[1]/work', { type: 'Broken' }))
      .thenAmongOthers('ScopeFailed each[1]', 'ScopeCancelled each[0]', 'ScopeCancelled each[2]')
      .fails({ type: 'Broken', step: 'each[1]/work' })
  })

  it('is so many by count; a tolerated failure is null in the result', () => {
    given({ each: each({ tolerate: { count: 1 } }) })
      .when(started(three), failed('each[1]/work'), completed('each[0]/work', 1), completed('each[2]/work', 3))
      .completes([1, null, 3])
    given({ each: each({ tolerate: { count: 1 } }) })
      .when(started(three), failed('each[1]/work'), failed('each[0]/work', { type: 'Second' }))
      .fails({ type: 'Second' })
  })

  it('is a share of the items by percent, rounded down', () => {
    const scenario = () => given({ each: each({ tolerate: { percent: 50 } }) }).when(started(three))
    scenario()
      .when(failed('each[0]/work'), completed('each[1]/work', 2), completed('each[2]/work', 3))
      .completes([null, 2, 3])
    scenario()
      .when(failed('each[0]/work'), failed('each[1]/work', { type: 'Second' }))
      .fails({ type: 'Second' })
  })

  it('of nothing tolerates nothing', () => {
    given({ each: each({ tolerate: {} }) }, { unchecked: true })
      .when(started(three), failed('each[0]/work', { type: 'Broken' }))
      .fails({ type: 'Broken' })
  })

  it('goes on with the next item after a tolerated failure', () => {
    given({ each: each({ maxConcurrency: 1, tolerate: { count: 3 } }) })
      .when(started(three), failed('each[0]/work'))
      .thenAmongOthers('ScopeFailed each[0]', 'ScopeEntered each[1]', 'TaskScheduled each[1]/work')
      .when(failed('each[1]/work'), failed('each[2]/work'))
      .completes([null, null, null])
  })
})

describe('a forEach that need not wait for all', () => {
  it('is done with any, and gives what completed', () => {
    given({ each: each({ completion: 'any' }) })
      .when(started(three), failed('each[0]/work'), completed('each[2]/work', 3))
      .thenAmongOthers('ScopeFailed each[0]', 'ScopeExited each[2]', 'ScopeCancelled each[1]', 'ScopeExited each')
      .completes([3])
  })

  it('is done with enough, in the order of items', () => {
    given({ each: each({ completion: { atLeast: 2 } }) })
      .when(started(three), completed('each[2]/work', 3), completed('each[0]/work', 1))
      .completes([1, 3])
  })

  it('is done in the very turn that it began in, without entering what is left', () => {
    given({
      each: each({
        completion: 'any',
        maxConcurrency: 1,
        body: body({ done: { type: 'end', output: '{% $item %}' } }),
      }),
    })
      .when(started(three))
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered each',
        'ScopeEntered each[0]',
        'ScopeExited each[0]',
        'ScopeExited each',
        'ExecutionCompleted',
      )
      .completes(['a'])
  })
})
