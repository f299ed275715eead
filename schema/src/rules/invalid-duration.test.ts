import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const rest = (delay: string) => ({ rest: { type: 'timer', delay } })

describe('invalidDuration', () => {
  it('takes ISO 8601 from weeks to seconds, and expressions', () => {
    for (const delay of ['PT0.2S', 'P1DT2H', 'P2W', '{% $input.delay %}'])
      expect(problemsIn('InvalidDuration', rest(delay))).toEqual([])
  })

  it.each([
    ['30s', '; did you mean `PT30S`?'],
    ['90', '; did you mean `PT90S`?'],
    ['5 minutes', '; did you mean `PT5M`?'],
    ['250ms', '; did you mean `PT0.25S`?'],
    ['3 days', '; did you mean `P3D`?'],
    ['pt5s', '; did you mean `PT5S`?'],
    ['P1Y', ': years and months have no fixed length; give weeks or days'],
    ['P1M', ': years and months have no fixed length; give weeks or days'],
    ['soon', ' such as PT30S, PT1H30M or P2D'],
    ['P999999D', ' such as PT30S, PT1H30M or P2D'],
  ])('helps with %j', (delay, hint) => {
    expect(problemsIn('InvalidDuration', rest(delay))).toEqual([
      `/steps/rest/delay: ${JSON.stringify(delay)} is no duration${hint}`,
    ])
  })

  it('looks at every place of a duration', () => {
    const retry = { maxNumberOfAttempts: 2, firstRetryInterval: 'x', maxRetryInterval: 'x', retryTimeout: 'x' }
    const work = {
      type: 'activity',
      activity: 'Work',
      timeout: 'x',
      heartbeatTimeout: 'x',
      scheduleToStartTimeout: 'x',
      retry,
    }
    expect(problemsIn('InvalidDuration', { work }, { timeout: 'x' })).toHaveLength(7)
  })
})
