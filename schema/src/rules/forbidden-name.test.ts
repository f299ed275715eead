import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const end = { type: 'end' }

describe('forbiddenName', () => {
  it('refuses names that objects inherit, wherever something is named', () => {
    const steps = {
      prototype: { type: 'parallel', branches: { constructor: { start: 'a', steps: { a: end } } }, next: 'b' },
      b: {
        type: 'activity',
        activity: 'constructor',
        assign: { constructor: 1 },
        compensate: { activity: 'prototype' },
        next: 'c',
      },
      c: { type: 'forEach', items: [], item: 'constructor', body: { start: 'a', steps: { a: end } }, next: 'd' },
      d: { type: 'subOrchestration', definition: 'constructor', next: 'e' },
      e: { type: 'waitForEvent', event: 'prototype' },
    }
    const found = problemsIn('ForbiddenName', steps, { name: 'prototype', variables: { constructor: 1 } })
    expect(found.map((text) => text.split(':')[0]).sort()).toEqual([
      '/name',
      '/steps/b/activity',
      '/steps/b/assign/constructor',
      '/steps/b/compensate/activity',
      '/steps/c/item',
      '/steps/d/definition',
      '/steps/e/event',
      '/steps/prototype',
      '/steps/prototype/branches/constructor',
      '/variables/constructor',
    ])
  })

  it('lets data have such keys, except for __proto__', () => {
    expect(problemsIn('ForbiddenName', { done: { ...end, output: { constructor: 1, prototype: 2 } } })).toEqual([])
    const output: unknown = JSON.parse('{"__proto__": 1}')
    expect(problemsIn('ForbiddenName', { done: { ...end, output } })).toHaveLength(1)
  })
})
