import { limits } from '../limits.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const nestedTooDeep: Rule = function* ({ scopes }) {
  // Once on the way down; everything below is too deep as well.
  for (const { depth, pointer, owner } of scopes)
    if (depth === limits.scopeDepth + 1)
      yield problem(
        'NestedTooDeep',
        { path: pointer, step: owner?.path },
        `Scopes may be nested ${limits.scopeDepth} levels deep`,
      )
}
