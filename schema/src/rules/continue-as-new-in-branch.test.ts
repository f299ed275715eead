import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const restart = {
  start: 'rest',
  steps: { rest: { type: 'timer', delay: 'PT1S', next: 'again' }, again: { type: 'continueAsNew' } },
}

describe('continueAsNewInBranch', () => {
  it('lets a document and a plain scope continue as new', () => {
    expect(problemsIn('ContinueAsNewInBranch', restart.steps)).toEqual([])
    expect(problemsIn('ContinueAsNewInBranch', { try: { type: 'scope', body: restart } })).toEqual([])
  })

  it('refuses it in a branch, in a body, and in whatever stands inside of them', () => {
    const each = {
      type: 'forEach',
      items: [],
      body: { start: 'try', steps: { try: { type: 'scope', body: restart } } },
    }
    expect(problemsIn('ContinueAsNewInBranch', { each })).toEqual([
      '/steps/each/body/steps/try/body/steps/again: continueAsNew stands inside of `each` (forEach), where other work may still run',
    ])
    expect(
      problemsIn('ContinueAsNewInBranch', { fork: { type: 'parallel', branches: { left: restart } } }),
    ).toHaveLength(1)
  })
})
