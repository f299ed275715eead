import { problem } from '../problem-codes.ts'
import type { ScopeVisit } from '../walk.ts'
import type { Rule } from './subject.ts'

export const unreachableStep: Rule = function* ({ scopes }) {
  for (const scope of scopes) {
    // Without a right start nothing is reachable; that start is the problem then.
    if (scope.start === undefined || !scope.steps.has(scope.start)) continue
    const reached = reachable(scope, scope.start)
    for (const { id, pointer, path } of scope.steps.values())
      if (!reached.has(id))
        yield problem(
          'UnreachableStep',
          { path: pointer, step: path },
          `No way leads from \`${scope.start}\` to \`${id}\``,
        )
  }
}

function reachable(scope: ScopeVisit, start: string): Set<string> {
  const reached = new Set([start])
  for (const id of reached) for (const { to } of scope.steps.get(id)?.edges ?? []) reached.add(to)
  return reached
}
