import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const until = (instant: string) => ({ rest: { type: 'timer', until: instant } })

describe('invalidInstant', () => {
  it('takes instants and expressions', () => {
    for (const instant of ['2026-03-01', '2026-03-01T08:00:00Z', '{% $input.at %}'])
      expect(problemsIn('InvalidInstant', until(instant))).toEqual([])
  })

  it('refuses days that no month has', () => {
    expect(problemsIn('InvalidInstant', until('2026-02-30'))).toEqual([
      '/steps/rest/until: "2026-02-30" is no instant such as 2026-03-01T08:00:00Z',
    ])
  })
})
