import { isExpression } from '../expression/index.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const partialExpression: Rule = function* ({ texts }) {
  for (const { text, pointer, step } of texts)
    if (!isExpression(text) && /\{%[\s\S]*%\}/.test(text))
      yield problem(
        'PartialExpression',
        { path: pointer, step: step?.path },
        'This is taken as plain text: an expression begins with {% and ends with %}, with nothing around it',
      )
}
