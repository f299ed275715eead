import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const ending = (expression: string) => ({ type: 'end', output: `{% ${expression} %}` })
const work = { type: 'activity', activity: 'Work' }
const unknown = (steps: object) => problemsIn('UnknownStepReference', steps)

describe('unknownStepReference', () => {
  it('finds steps of its own scope and of those around it', () => {
    const body = {
      start: 'inner',
      steps: { inner: { ...work, next: 'done' }, done: ending('$steps.inner.output + $steps.work.output') },
    }
    expect(unknown({ work: { ...work, next: 'try' }, try: { type: 'scope', body } })).toEqual([])
  })

  it('does not look into inner scopes', () => {
    const body = { start: 'inner', steps: { inner: work } }
    expect(unknown({ try: { type: 'scope', body, next: 'done' }, done: ending('$steps.inner.output') })).toEqual([
      '/steps/done/output: `$steps.inner` gives nothing: `inner` stands in a scope that is out of reach here (`try/inner`)',
    ])
  })

  it('guesses what was meant', () => {
    expect(unknown({ work: { ...work, next: 'done' }, done: ending('$steps.wokr.output') })).toEqual([
      '/steps/done/output: `$steps.wokr` gives nothing: there is no step `wokr`; did you mean `work`?',
    ])
  })
})
