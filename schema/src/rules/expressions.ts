import { ExpressionError, isExpression } from '../expression/index.ts'
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

export const partialExpression: Rule = function* ({ texts }) {
  for (const { text, pointer, step } of texts)
    if (!isExpression(text) && /\{%[\s\S]*%\}/.test(text))
      yield problem(
        'PartialExpression',
        { path: pointer, step: step?.path },
        'This is taken as plain text: an expression begins with {% and ends with %}, with nothing around it',
      )
}
