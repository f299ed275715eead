import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const end = { type: 'end' }
const body = { start: 'inner', steps: { inner: end } }

describe('targets', () => {
  it('looks at every edge and every start', () => {
    const steps = {
      work: { type: 'activity', activity: 'Work', next: 'x1', catch: [{ errors: ['*'], next: 'x2' }] },
      which: { type: 'choice', choices: [{ when: true, next: 'x3' }], otherwise: 'x4' },
      wait: { type: 'waitForEvent', event: 'e', timeout: 'PT1S', onTimeout: 'x5' },
      each: { type: 'forEach', items: [], body: { ...body, start: 'x6' } },
    }
    const found = problemsIn('UnknownTarget', steps, { start: 'x7' })
    expect(found.map((text) => /^(\S+): .*`(x\d)`/.exec(text)?.slice(1).join(' '))).toEqual([
      '/start x7',
      '/steps/work/next x1',
      '/steps/work/catch/0/next x2',
      '/steps/which/choices/0/next x3',
      '/steps/which/otherwise x4',
      '/steps/wait/onTimeout x5',
      '/steps/each/body/start x6',
    ])
  })

  it('guesses what was meant', () => {
    expect(problemsIn('UnknownTarget', { work: { type: 'timer', delay: 'PT1S', next: 'doen' }, done: end })).toEqual([
      '/steps/work/next: `next` names `doen`, but there is no such step; did you mean `done`?',
    ])
  })

  it('says so when the step stands in another scope', () => {
    const steps = { each: { type: 'forEach', items: [], body, next: 'inner' } }
    expect(problemsIn('EdgeAcrossScope', steps)).toEqual([
      '/steps/each/next: `next` names `inner`, which stands in another scope (`each`)',
    ])
    const inward = {
      each: { type: 'forEach', items: [], body: { start: 'done', steps: { inner: end } }, next: 'done' },
      done: end,
    }
    expect(problemsIn('EdgeAcrossScope', inward)).toEqual([
      '/steps/each/body/start: `start` names `done`, which stands in another scope (the document)',
    ])
  })

  it('keeps scopes with the same ids apart', () => {
    const each = { type: 'forEach', items: [], body: { start: 'each', steps: { each: { ...end } } } }
    expect(problemsIn('EdgeAcrossScope', { each })).toEqual([])
  })
})
