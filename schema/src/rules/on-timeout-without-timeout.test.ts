import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const wait = (rest: object) => ({
  wait: { type: 'waitForEvent', event: 'e', next: 'done', ...rest },
  done: { type: 'end' },
})

describe('onTimeoutWithoutTimeout', () => {
  it('warns of a way that is never taken', () => {
    expect(problemsIn('OnTimeoutWithoutTimeout', wait({ onTimeout: 'done' }))).toHaveLength(1)
    expect(problemsIn('OnTimeoutWithoutTimeout', wait({ onTimeout: 'done', timeout: 'PT1S' }))).toEqual([])
    expect(problemsIn('OnTimeoutWithoutTimeout', wait({ timeout: 'PT1S' }))).toEqual([])
  })
})
