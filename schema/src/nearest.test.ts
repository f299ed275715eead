import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

describe('nearest', () => {
  it.each([
    ['actvity', 'activity'],
    ['timre', 'timer'],
    ['Timer', 'timer'],
    ['foreach', 'forEach'],
    ['setStatus', undefined],
    ['a', undefined],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, ['activity', 'timer', 'forEach', 'end', 'b'])).toBe(meant)
  })

  it('suggests nothing for a text that is no word', () => {
    expect(didYouMean('x'.repeat(1_000), ['x'.repeat(999)])).toBe('')
    expect(didYouMean('tmer', ['timer'])).toBe('; did you mean `timer`?')
  })
})
