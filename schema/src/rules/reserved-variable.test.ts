import { describe, expect, it } from 'vitest'
import { compileExpression } from '../expression/index.ts'
import { problemsIn } from './problems-in.ts'

const done = { done: { type: 'end' } }

describe('reservedVariable', () => {
  it.each(['input', 'steps', 'result', 'error', 'context', 'index'])(
    'refuses %s as a variable and as an item',
    (name) => {
      expect(problemsIn('ReservedVariable', done, { variables: { [name]: 1 } })).toEqual([
        `/variables/${name}: A variable cannot be called \`${name}\`: \`$${name}\` has a meaning of its own`,
      ])
      const each = { type: 'forEach', items: [], item: name, body: { start: 'done', steps: done } }
      expect(problemsIn('ReservedVariable', { each })).toHaveLength(1)
    },
  )

  it('tells every place where the name is given', () => {
    const set = { type: 'assign', variables: { input: 1 }, next: 'work' }
    const work = {
      type: 'activity',
      activity: 'Work',
      assign: { result: 1 },
      catch: [{ errors: ['*'], assign: { error: 1 }, next: 'done' }],
      next: 'done',
    }
    expect(problemsIn('ReservedVariable', { set, work, ...done })).toHaveLength(3)
  })

  it('refuses exactly those functions that expressions would see instead of the variable', () => {
    for (const name of ['count', 'sum', 'now', 'total']) {
      const isSeen = compileExpression(`$${name}`).variables.has(name)
      expect(problemsIn('ReservedVariable', done, { variables: { [name]: 1 } })).toHaveLength(isSeen ? 0 : 1)
    }
  })
})
