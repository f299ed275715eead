import { problem } from '../problem-codes.ts'
import { eachStep } from '../walk.ts'
import { compensatedScope } from './compensate-target.ts'
import type { Rule } from './subject.ts'

export const compensateWithoutCompensations: Rule = function* ({ steps, root }) {
  for (const { step, pointer, path, scope } of steps) {
    if (step.type !== 'compensate') continue
    const target = step.scope === undefined ? undefined : compensatedScope(scope, step.scope)
    // A scope that is not there has been told already.
    if (step.scope !== undefined && target === undefined) continue
    const within = target ? target.scopes : [root]
    if (within.some((inner) => [...eachStep(inner)].some(({ step: done }) => 'compensate' in done))) continue
    const where = step.scope === undefined ? 'in this document' : `in \`${step.scope}\``
    yield problem(
      'CompensateWithoutCompensations',
      { path: pointer, step: path },
      `No activity ${where} has a \`compensate\`, so there is nothing to undo`,
    )
  }
}
