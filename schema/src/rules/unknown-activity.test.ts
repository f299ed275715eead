import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const work = { work: { type: 'activity', activity: 'Charge', compensate: { activity: 'Refund' } } }

describe('unknownActivity', () => {
  it('says nothing when it does not know which there are', () => {
    expect(problemsIn('UnknownActivity', work)).toEqual([])
  })

  it('looks at activities and at what undoes them', () => {
    expect(problemsIn('UnknownActivity', work, {}, { activities: ['Charge', 'Refund'] })).toEqual([])
    expect(problemsIn('UnknownActivity', work, {}, { activities: ['Chargé'] })).toEqual([
      '/steps/work/activity: No activity `Charge` is known; did you mean `Chargé`?',
      '/steps/work/compensate/activity: No activity `Refund` is known',
    ])
  })
})
