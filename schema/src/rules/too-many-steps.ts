import { limits } from '../limits.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const tooManySteps: Rule = function* ({ allSteps }) {
  if (allSteps.length > limits.steps)
    yield problem('TooManySteps', { path: '' }, `There are ${allSteps.length} steps; ${limits.steps} are allowed`)
}
