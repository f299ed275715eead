import { describe, expect, it } from 'vitest'
import { framePathOf, localStep, splitKey, staticPath, stepPath } from './path.ts'

describe('a path', () => {
  it('names a step, its visit and the scope around it', () => {
    expect(stepPath('', 'charge', 1)).toBe('charge')
    expect(stepPath('each[3]', 'charge', 2)).toBe('each[3]/charge#2')
  })

  it('is taken apart again', () => {
    expect(framePathOf('charge')).toBe('')
    expect(framePathOf('a/each#2[3]/charge')).toBe('a/each#2[3]')
    expect(localStep('a/poll#17')).toEqual({ step: 'poll', visit: 17 })
    expect(localStep('poll')).toEqual({ step: 'poll', visit: 1 })
    expect(splitKey('a/each#2[3]')).toEqual({ container: 'a/each#2', key: '3' })
    expect(splitKey('a/each#2[3]/charge')).toBeNull()
  })

  it('has a place in the document, without visits and items, but with branches', () => {
    expect(staticPath('fork#3[left]/each#2[3]/charge#4')).toBe('fork[left]/each/charge')
  })
})
