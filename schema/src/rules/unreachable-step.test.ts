import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const timer = (next?: string) => ({ type: 'timer', delay: 'PT1S', ...(next === undefined ? {} : { next }) })

describe('unreachableStep', () => {
  it('follows every kind of edge', () => {
    const steps = {
      a: { type: 'activity', activity: 'A', next: 'b', catch: [{ errors: ['*'], next: 'c' }] },
      b: { type: 'choice', choices: [{ when: '{% $input %}', next: 'd' }], otherwise: 'e' },
      c: { type: 'waitForEvent', event: 'e', timeout: 'PT1S', onTimeout: 'f' },
      d: timer(),
      e: timer(),
      f: timer('a'),
    }
    expect(problemsIn('UnreachableStep', steps)).toEqual([])
  })

  it('warns of steps that nothing leads to, in every scope', () => {
    const body = { start: 'x', steps: { x: timer(), y: timer('x') } }
    expect(problemsIn('UnreachableStep', { a: { type: 'scope', body }, b: timer('c'), c: timer('b') })).toEqual([
      '/steps/b: No way leads from `a` to `b`',
      '/steps/c: No way leads from `a` to `c`',
      '/steps/a/body/steps/y: No way leads from `x` to `y`',
    ])
  })

  it('leaves a scope alone whose start is wrong', () => {
    expect(problemsIn('UnreachableStep', { a: timer(), b: timer() }, { start: 'x' })).toEqual([])
  })
})
