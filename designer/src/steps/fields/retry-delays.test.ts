// The drawn delays are the engine's: it makes its attempts when the plan says that it would.
import { compileProgram, Simulation } from '@durable-canvas/interpreter/core'
import { type Json, parseDuration, parseInstant } from '@durable-canvas/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planWords } from './retry-curve.tsx'
import { retryPlan } from './retry-delays.ts'

const msOf = (duration: Json) => (typeof duration === 'string' ? parseDuration(duration) : undefined)

function delaysOf(retry: object): number[] {
  const definition = { dsl: '1', name: 'x', start: 'a', steps: { a: { type: 'activity', activity: 'A', retry } } }
  const simulation = new Simulation(compileProgram(definition as never), () => ({
    failure: { type: 'E', message: '' },
  }))
  simulation.start(null)
  simulation.run()
  const times = simulation.history.flatMap((event) =>
    event.type === 'TaskScheduled' ? [parseInstant(event.at) ?? Number.NaN] : [],
  )
  return times.slice(1).map((at, index) => at - (times[index] ?? 0))
}

const seconds = fc.integer({ min: 0, max: 100 }).map((count) => `PT${count}S`)
const policy = fc.record(
  {
    maxNumberOfAttempts: fc.integer({ min: 1, max: 12 }),
    firstRetryInterval: seconds,
    backoffCoefficient: fc.constantFrom(1, 1.5, 2, 3),
    maxRetryInterval: seconds,
    retryTimeout: fc.integer({ min: 0, max: 400 }).map((count) => `PT${count}S`),
  },
  { requiredKeys: ['maxNumberOfAttempts'] },
)

test('without jitter the delays are exactly the engine’s', () => {
  fc.assert(
    fc.property(policy, (retry) => {
      const plan = retryPlan(retry, msOf)
      expect(plan?.delays).toEqual(delaysOf(retry))
      expect(plan?.isCutShort).toBe((plan?.delays.length ?? 0) + 1 < retry.maxNumberOfAttempts)
    }),
  )
})

test('with jitter none is longer than it says', () => {
  fc.assert(
    fc.property(policy, (without) => {
      const retry: Json = { ...without, jitter: 'full' }
      const plan = retryPlan(retry, msOf)
      for (const [index, delay] of delaysOf(retry).entries())
        expect(delay).toBeLessThanOrEqual(Math.ceil(plan?.delays[index] ?? -1))
    }),
  )
})

test('what is not known is not drawn', () => {
  expect(retryPlan({ maxNumberOfAttempts: 3, firstRetryInterval: '{% $x %}' }, () => undefined)).toBeUndefined()
})

test.each([
  [{ maxNumberOfAttempts: 1 }, 'One attempt, at once.'],
  [{ maxNumberOfAttempts: 2, firstRetryInterval: 'PT5S' }, '2 attempts: at once, then after 5 s.'],
  [
    { maxNumberOfAttempts: 4, firstRetryInterval: 'PT5S', backoffCoefficient: 2 },
    '4 attempts: at once, then after 5 s, 10 s, 20 s. The last begins 35 s after the first, plus what the attempts take.',
  ],
  [
    { maxNumberOfAttempts: 9, firstRetryInterval: 'PT1M', retryTimeout: 'PT2M' },
    '9 attempts: at once, then after 1 m, 1 m. The time limit ends it after 3 of them.',
  ],
  [
    { maxNumberOfAttempts: 3, firstRetryInterval: 'PT5S', jitter: 'full' },
    '3 attempts: at once, then after up to 5 s, up to 5 s. The last begins up to 10 s after the first, plus what the attempts take.',
  ],
])('in words: %j', (retry, words) => {
  const plan = retryPlan(retry, msOf)
  expect(plan && planWords(plan)).toBe(words)
})
