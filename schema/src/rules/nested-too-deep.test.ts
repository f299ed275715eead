import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const nested = (levels: number): object => {
  let steps: object = { done: { type: 'end' } }
  for (let level = 0; level < levels; level += 1)
    steps = { in: { type: 'scope', body: { start: Object.keys(steps)[0], steps } } }
  return steps
}

describe('nestedTooDeep', () => {
  it('allows 32 levels and no more, and tells it once', () => {
    expect(problemsIn('NestedTooDeep', nested(32))).toEqual([])
    expect(problemsIn('NestedTooDeep', nested(40))).toHaveLength(1)
  })
})
