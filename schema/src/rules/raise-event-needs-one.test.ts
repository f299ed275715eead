import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const tell = (rest: object) => problemsIn('RaiseEventNeedsOne', { tell: { type: 'raiseEvent', event: 'e', ...rest } })

describe('raiseEventNeedsOne', () => {
  it('takes either address', () => {
    expect(tell({ instanceId: 'i' })).toEqual([])
    expect(tell({ correlationKey: 'k' })).toEqual([])
  })

  it('refuses none and both', () => {
    expect(tell({})).toEqual([
      '/steps/tell: The event has neither `instanceId` nor `correlationKey`; it needs one of them',
    ])
    expect(tell({ instanceId: 'i', correlationKey: 'k' })).toEqual([
      '/steps/tell: The event has both `instanceId` and `correlationKey`; it needs one of them',
    ])
  })
})
