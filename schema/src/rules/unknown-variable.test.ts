import { describe, expect, it } from 'vitest'
import { checkDefinition } from '../parse.ts'
import { problemsIn } from './problems-in.ts'

const end = (expression: string) => ({ type: 'end', output: `{% ${expression} %}` })
const work = { type: 'activity', activity: 'Work' }
const unknown = (steps: object, rest: object = {}) => problemsIn('UnknownVariable', steps, rest)

describe('unknownVariable', () => {
  it('knows what is bound everywhere, and built-in functions', () => {
    expect(unknown({ done: end('[$input.a, $context.instanceId, $now(), $sum([1]), $, $$]') })).toEqual([])
  })

  it('knows variables of the document, and those that some step sets', () => {
    const steps = {
      work: {
        ...work,
        assign: { fromAssign: 1 },
        catch: [{ errors: ['*'], assign: { fromCatch: 1 }, next: 'set' }],
        next: 'set',
      },
      set: { type: 'assign', variables: { fromStep: 1 }, next: 'done' },
      done: end('$fromDocument + $fromAssign + $fromCatch + $fromStep'),
    }
    expect(unknown(steps, { variables: { fromDocument: 1 } })).toEqual([])
  })

  it('knows names that the expression binds itself', () => {
    expect(unknown({ done: end('($x := 1; $map([1], function($v) { $v + $x }))') })).toEqual([])
  })

  it('tells each name once, with the place in the expression', () => {
    const document = {
      dsl: '1',
      name: 'x',
      start: 'done',
      steps: { done: end('1 + $totl + $totl') },
      variables: { total: 1 },
    }
    expect(checkDefinition(document)).toMatchObject([
      { code: 'UnknownVariable', position: 4, message: 'Nothing is called `$totl` here; did you mean `total`?' },
    ])
  })

  it('finds the place also where the expression begins with the name', () => {
    const document = { dsl: '1', name: 'x', start: 'done', steps: { done: end('$inptu.id') } }
    expect(checkDefinition(document)).toMatchObject([{ code: 'UnknownVariable', position: 0 }])
  })

  it('knows $result only where there is one', () => {
    const own = '{% $result.x %}'
    const seen = { ...work, output: own, assign: { v: own }, compensate: { activity: 'Undo', input: own } }
    expect(unknown({ work: seen })).toEqual([])
    expect(unknown({ work: { ...work, input: own } })).toHaveLength(1)
    expect(unknown({ done: end('$result') })).toHaveLength(1)
  })

  it('knows $error wherever something is caught', () => {
    const caught = { ...work, catch: [{ errors: ['*'], when: '{% $error.attempt > 1 %}', next: 'done' }], next: 'done' }
    expect(unknown({ work: caught, done: end('$error.message') })).toEqual([])
  })

  it('knows the item and its index only inside of the forEach', () => {
    const each = (item?: string) => ({
      type: 'forEach',
      items: [1],
      ...(item === undefined ? {} : { item }),
      input: { each: '{% $index %}' },
      body: {
        start: 'inner',
        steps: {
          inner: { type: 'scope', body: { start: 'done', steps: { done: end(`$${item ?? 'item'} + $index`) } } },
        },
      },
      next: 'after',
    })
    expect(unknown({ each: each(), after: end('1') })).toEqual([])
    expect(unknown({ each: each('order'), after: end('1') })).toEqual([])
    expect(unknown({ each: each('order'), after: end('$order') })).toEqual([
      '/steps/after/output: `$order` is known only inside of the body of its forEach',
    ])
    expect(unknown({ each: { ...each('order'), items: '{% $index %}' }, after: end('1') })).toHaveLength(1)
  })

  it('sees only input and context where the variables begin', () => {
    const done = { done: end('1') }
    expect(
      unknown(done, { variables: { a: '{% $input.a %}', b: '{% $context.startedAt %}' }, timeout: '{% $input.t %}' }),
    ).toEqual([])
    expect(unknown(done, { variables: { a: 1, b: '{% $a %}' } })).toHaveLength(1)
    expect(unknown(done, { variables: { a: '{% $steps.done.output %}' } })).toHaveLength(1)
  })

  it('helps who takes a step for a variable', () => {
    expect(unknown({ work: { ...work, next: 'done' }, done: end('$work') })).toEqual([
      '/steps/done/output: Nothing is called `$work` here; the output of the step is `$steps.work.output`',
    ])
  })
})
