import { parseInstant } from '../duration.ts'
import { isExpression } from '../expression/index.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const invalidInstant: Rule = function* ({ texts }) {
  for (const { text, kind, pointer, step } of texts)
    if (kind === 'instant' && !isExpression(text) && parseInstant(text) === undefined)
      yield problem(
        'InvalidInstant',
        { path: pointer, step: step?.path },
        `${JSON.stringify(text)} is no instant such as 2026-03-01T08:00:00Z`,
      )
}
