import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const catching = (...errors: string[]) => ({
  work: { type: 'activity', activity: 'Work', catch: [{ errors, next: 'done' }], next: 'done' },
  done: { type: 'end' },
})
const failing = (type: unknown) => ({ stop: { type: 'fail', error: { type } } })

describe('invalidErrorType', () => {
  it('takes any name, and * alone in lists', () => {
    expect(problemsIn('InvalidErrorType', catching('Timeout', 'my.Error', 'An error', '*'))).toEqual([])
    expect(problemsIn('InvalidErrorType', failing('{% $input.type %}'))).toEqual([])
  })

  it.each(['Pay*', ' Timeout', '{% $x %}', 'a\nb'])('refuses %j in a list', (type) => {
    expect(problemsIn('InvalidErrorType', catching(type))).toHaveLength(1)
    const retry = { maxNumberOfAttempts: 2, retryOn: ['Timeout', type], abortOn: [type] }
    expect(problemsIn('InvalidErrorType', { work: { type: 'activity', activity: 'Work', retry } })).toHaveLength(2)
  })

  it.each(['*', '', 3, null, { a: 1 }])('refuses %j as the type of a failure', (type) => {
    expect(problemsIn('InvalidErrorType', failing(type))).toHaveLength(1)
  })
})
