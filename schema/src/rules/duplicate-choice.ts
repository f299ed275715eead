import { expressionSource, isExpression } from '../expression/index.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const duplicateChoice: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'choice') continue
    const first = new Map<unknown, number>()
    for (const [index, { when }] of step.choices.entries()) {
      const condition = isExpression(when) ? expressionSource(when) : when
      const earlier = first.get(condition)
      if (earlier === undefined) first.set(condition, index)
      else
        yield problem(
          'DuplicateChoice',
          { path: `${pointer}/choices/${index}/when`, step: path },
          `Choice ${index + 1} has the same condition as choice ${earlier + 1}, so it is never taken`,
        )
    }
  }
}
