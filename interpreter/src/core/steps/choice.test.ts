import type { Step } from '@durable-canvas/schema'
import { describe, it } from 'vitest'
import { given, started } from '../../testing/scenario.ts'

const ends: Record<string, Step> = {
  small: { type: 'end', output: 'small' },
  large: { type: 'end', output: 'large' },
  other: { type: 'end', output: 'other' },
}
const choices = [
  { when: '{% $input.n > 100 %}', next: 'large' },
  { when: '{% $input.n < 10 %}', next: 'small' },
]

describe('a choice', () => {
  it('takes the first true condition, and records the port', () => {
    given({ size: { type: 'choice', choices, otherwise: 'other' }, ...ends })
      .when(started({ n: 500 }))
      .thenFollow('ExecutionStarted', 'ChoiceTaken size', { port: 0, next: 'large' }, 'ExecutionCompleted large')
    given({ size: { type: 'choice', choices, otherwise: 'other' }, ...ends })
      .when(started({ n: 5 }))
      .thenFollow('ExecutionStarted', 'ChoiceTaken size', { port: 1, next: 'small' }, 'ExecutionCompleted small')
  })

  it('goes otherwise when none is true; no match of a path is false', () => {
    given({ size: { type: 'choice', choices, otherwise: 'other' }, ...ends })
      .when(started({}))
      .thenFollow('ExecutionStarted', 'ChoiceTaken size', { port: -1, next: 'other' }, 'ExecutionCompleted other')
  })

  it('takes plain true and false as conditions', () => {
    given({
      size: {
        type: 'choice',
        choices: [
          { when: false, next: 'small' },
          { when: true, next: 'large' },
        ],
        otherwise: 'other',
      },
      ...ends,
    })
      .when(started())
      .completes('large')
  })

  it('reads a condition without its marks as the expression that it is', () => {
    given(
      { size: { type: 'choice', choices: [{ when: '$input.n > 100', next: 'large' }], otherwise: 'small' }, ...ends },
      { unchecked: true },
    )
      .when(started({ n: 500 }))
      .completes('large')
  })

  it('fails with NoChoiceMatched without an otherwise, which a catch can take', () => {
    const { other: _other, ...two } = ends
    given({ size: { type: 'choice', choices }, ...two })
      .when(started({ n: 50 }))
      .thenFollow('ExecutionStarted', 'StepFailed size', 'ExecutionFailed size')
      .fails({ type: 'NoChoiceMatched', step: 'size' })
    given({ size: { type: 'choice', choices, catch: [{ errors: ['NoChoiceMatched'], next: 'other' }] }, ...ends })
      .when(started({ n: 50 }))
      .completes('other')
  })

  it('fails when a condition fails', () => {
    const { other: _other, ...two } = ends
    given({ size: { type: 'choice', choices }, ...two })
      .when(started({ n: 'text' }))
      .fails({ type: 'ExpressionError', step: 'size' })
  })

  it('gives null as its output', () => {
    given({
      size: { type: 'choice', choices: [{ when: true, next: 'done' }], otherwise: 'done' },
      done: { type: 'end', output: '{% $steps.size.output = null %}' },
    })
      .when(started())
      .completes(true)
  })
})
