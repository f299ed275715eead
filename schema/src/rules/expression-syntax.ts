import { ExpressionError } from '../expression/index.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

/** The compiler's code for a source over its limit. */
const tooLong = 'S9001'

export const expressionSyntax: Rule = function* ({ expressions }) {
  for (const { compiled, pointer, step } of expressions)
    if (compiled instanceof ExpressionError)
      yield problem(
        compiled.code === tooLong ? 'ExpressionTooLong' : 'ExpressionSyntax',
        { path: pointer, step: step?.path, position: compiled.position },
        compiled.message,
      )
}
