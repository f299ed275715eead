import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const choices = (...conditions: unknown[]) => ({
  which: { type: 'choice', choices: conditions.map((when) => ({ when, next: 'done' })), otherwise: 'done' },
  done: { type: 'end' },
})

describe('duplicateChoice', () => {
  it('compares the expressions without the white space around them', () => {
    expect(problemsIn('DuplicateChoice', choices('{% $input.a %}', '{%$input.a%}', '{% $input.b %}'))).toEqual([
      '/steps/which/choices/1/when: Choice 2 has the same condition as choice 1, so it is never taken',
    ])
  })

  it('lets different conditions pass', () => {
    expect(problemsIn('DuplicateChoice', choices('{% $input.a %}', '{% $input.A %}', true, false))).toEqual([])
  })
})
