import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const charge = { type: 'activity', activity: 'Charge', compensate: { activity: 'Refund' } }
const scopeOf = (step: object) => ({ type: 'scope', body: { start: 'a', steps: { a: step } }, next: 'undo' })

describe('compensateWithoutCompensations', () => {
  it('looks through the whole document, or only the scope that is named', () => {
    const plain = { type: 'activity', activity: 'Plain', next: 'book' }
    const steps = { plain, book: scopeOf(charge), undo: { type: 'compensate' } }
    expect(problemsIn('CompensateWithoutCompensations', steps)).toEqual([])
    expect(
      problemsIn('CompensateWithoutCompensations', { ...steps, undo: { type: 'compensate', scope: 'book' } }),
    ).toEqual([])
  })

  it('warns when there is nothing to undo', () => {
    const book = scopeOf({ type: 'activity', activity: 'Plain' })
    const steps = { charge: { ...charge, next: 'book' }, book, undo: { type: 'compensate', scope: 'book' } }
    expect(problemsIn('CompensateWithoutCompensations', steps)).toEqual([
      '/steps/undo: No activity in `book` has a `compensate`, so there is nothing to undo',
    ])
  })
})
