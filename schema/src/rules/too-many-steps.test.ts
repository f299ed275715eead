import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, { type: 'end' }]))

describe('tooManySteps', () => {
  it('counts the steps of all scopes together', () => {
    const body = (count: number) => ({ start: 's0', steps: many(count) })
    const steps = (count: number) => ({
      try: { type: 'scope', body: body(999) },
      again: { type: 'scope', body: body(count) },
    })
    expect(problemsIn('TooManySteps', steps(999))).toEqual([])
    expect(problemsIn('TooManySteps', steps(1_000))).toEqual([': There are 2001 steps; 2000 are allowed'])
  })
})
