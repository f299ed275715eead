import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const missingOtherwise: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'choice' || step.otherwise !== undefined) continue
    if (step.choices.some(({ when }) => when === true)) continue
    // Whoever catches the failure has thought of it.
    if (step.catch?.some(({ errors }) => errors.includes('*') || errors.includes('NoChoiceMatched'))) continue
    yield problem(
      'MissingOtherwise',
      { path: pointer, step: path },
      'Without `otherwise` the choice fails when no condition is true',
    )
  }
}
