import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const work = (retry: object) =>
  problemsIn('RetryOutOfRange', {
    work: { type: 'activity', activity: 'Work', retry: { maxNumberOfAttempts: 3, ...retry } },
  })

describe('retryOutOfRange', () => {
  it('takes figures within their ranges', () => {
    expect(
      work({ maxNumberOfAttempts: 1, backoffCoefficient: 1, firstRetryInterval: 'PT5S', maxRetryInterval: 'PT5S' }),
    ).toEqual([])
    expect(work({ maxRetryInterval: '{% $input.longest %}', firstRetryInterval: 'PT5S' })).toEqual([])
  })

  it.each([
    { maxNumberOfAttempts: 0 },
    { maxNumberOfAttempts: 1_000_001 },
    { backoffCoefficient: 0.5 },
    { backoffCoefficient: 1_001 },
  ])('refuses %j', (retry) => {
    expect(work(retry)).toHaveLength(1)
  })

  it('refuses a longest interval below the first', () => {
    expect(work({ firstRetryInterval: 'PT1M', maxRetryInterval: 'PT10S' })).toHaveLength(1)
  })
})
