import { describe, expect, it } from 'vitest'
import { checkDefinition } from '../parse.ts'
import { problemsIn } from './problems-in.ts'

const ending = (output: unknown) => ({ done: { type: 'end', output } })

describe('expressionSyntax', () => {
  it('finds expressions anywhere in a value, and says where they break off', () => {
    const [first] = checkDefinition({ dsl: '1', name: 'x', start: 'done', steps: ending({ a: [1, '{% 1 + %}'] }) })
    expect(first).toMatchObject({ code: 'ExpressionSyntax', path: '/steps/done/output/a/1', step: 'done' })
    expect(first?.position).toBeGreaterThan(0)
  })

  it.each(['{% $eval("1") %}', '{% $match($input, /a(?=b)/) %}', '{% ( %}', '{%%}'])('refuses %s', (text) => {
    expect(problemsIn('ExpressionSyntax', ending(text))).toHaveLength(1)
  })

  it('looks at conditions, durations, assignments, compensations and variables', () => {
    const bad = '{% ) %}'
    const steps = {
      work: {
        type: 'activity',
        activity: 'Work',
        status: bad,
        timeout: bad,
        assign: { x: bad },
        compensate: { activity: 'Undo', input: bad },
        retry: { maxNumberOfAttempts: 2, firstRetryInterval: bad },
        catch: [{ errors: ['*'], when: bad, assign: { y: bad }, next: 'which' }],
        next: 'which',
      },
      which: { type: 'choice', choices: [{ when: bad, next: 'stop' }], otherwise: 'stop' },
      stop: { type: 'fail', error: { type: 'X', message: bad } },
    }
    expect(problemsIn('ExpressionSyntax', steps, { variables: { v: bad }, timeout: bad })).toHaveLength(11)
  })

  it('leaves alone what only looks like one: titles, notes, names', () => {
    expect(problemsIn('ExpressionSyntax', { done: { type: 'end', title: '{% ) %}', note: '{% ) %}' } })).toEqual([])
  })

  it('tells expressions that are too long apart', () => {
    const long = `{% ${'1 + '.repeat(1_100)}1 %}`
    expect(problemsIn('ExpressionTooLong', ending(long))).toHaveLength(1)
    expect(problemsIn('ExpressionSyntax', ending(long))).toEqual([])
  })
})
