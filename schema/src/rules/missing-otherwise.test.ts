import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const which = (rest: object, when: unknown = '{% $input.a %}') => ({
  which: { type: 'choice', choices: [{ when, next: 'done' }], ...rest },
  done: { type: 'end' },
})

describe('missingOtherwise', () => {
  it('warns when a choice may have nowhere to go', () => {
    expect(problemsIn('MissingOtherwise', which({}))).toHaveLength(1)
    expect(problemsIn('MissingOtherwise', which({ otherwise: 'done' }))).toEqual([])
  })

  it('is content with a condition that is always true, and with a catch', () => {
    expect(problemsIn('MissingOtherwise', which({}, true))).toEqual([])
    expect(problemsIn('MissingOtherwise', which({ catch: [{ errors: ['NoChoiceMatched'], next: 'done' }] }))).toEqual(
      [],
    )
    expect(problemsIn('MissingOtherwise', which({ catch: [{ errors: ['Timeout'], next: 'done' }] }))).toHaveLength(1)
  })
})
