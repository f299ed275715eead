import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const undoing = (scope: string) => ({ type: 'compensate', scope })
const body = {
  start: 'charge',
  steps: { charge: { type: 'activity', activity: 'Charge', compensate: { activity: 'Refund' } } },
}

describe('compensateTarget', () => {
  it('takes a scope step of its own scope or of one around it', () => {
    const inner = { type: 'scope', body: { start: 'undo', steps: { undo: undoing('book') } } }
    expect(problemsIn('UnknownTarget', { book: { type: 'scope', body, next: 'inner' }, inner })).toEqual([])
  })

  it('refuses what is not there, or is no scope', () => {
    expect(problemsIn('UnknownTarget', { book: { type: 'scope', body, next: 'undo' }, undo: undoing('bok') })).toEqual([
      '/steps/undo/scope: `scope` names `bok`, but there is no such step; did you mean `book`?',
    ])
    expect(
      problemsIn('UnknownTarget', { end: { type: 'assign', variables: {}, next: 'undo' }, undo: undoing('end') }),
    ).toEqual(['/steps/undo/scope: `scope` names `end`, which is not a scope step but assign'])
  })

  it('says so when the scope stands elsewhere', () => {
    const outer = { type: 'scope', body: { start: 'book', steps: { book: { type: 'scope', body } } }, next: 'undo' }
    expect(problemsIn('EdgeAcrossScope', { outer, undo: undoing('book') })).toEqual([
      '/steps/undo/scope: `scope` names `book`, which stands in another scope (`outer`)',
    ])
  })
})
