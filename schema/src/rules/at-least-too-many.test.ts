import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const branch = { start: 'a', steps: { a: { type: 'end' } } }
const fork = (atLeast: number) => ({
  fork: { type: 'parallel', branches: { left: branch, right: branch }, completion: { atLeast } },
})
const each = (items: unknown) => ({ each: { type: 'forEach', items, body: branch, completion: { atLeast: 2 } } })

describe('atLeastTooMany', () => {
  it('counts branches', () => {
    expect(problemsIn('AtLeastTooMany', fork(2))).toEqual([])
    expect(problemsIn('AtLeastTooMany', fork(3))).toEqual([
      '/steps/fork/completion/atLeast: `atLeast` asks for 3 of 2 branches',
    ])
  })

  it('counts items that are known already', () => {
    expect(problemsIn('AtLeastTooMany', each([1, 2]))).toEqual([])
    expect(problemsIn('AtLeastTooMany', each('{% $input %}'))).toEqual([])
    expect(problemsIn('AtLeastTooMany', each([1]))).toEqual([
      '/steps/each/completion/atLeast: `atLeast` asks for 2 of 1 items',
    ])
  })
})
