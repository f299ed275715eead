import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const rest = (fields: object) => problemsIn('TimerNeedsOne', { rest: { type: 'timer', ...fields } })

describe('timerNeedsOne', () => {
  it('takes a delay or an instant, not none and not both', () => {
    expect(rest({ delay: 'PT1S' })).toEqual([])
    expect(rest({ until: '2026-03-01' })).toEqual([])
    expect(rest({})).toEqual(['/steps/rest: The timer has neither `delay` nor `until`; it needs one of them'])
    expect(rest({ delay: 'PT1S', until: '2026-03-01' })).toHaveLength(1)
  })
})
