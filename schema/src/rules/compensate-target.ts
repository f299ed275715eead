import { problem } from '../problem-codes.ts'
import { enclosingScopes, type ScopeVisit, type StepVisit } from '../walk.ts'
import type { Rule } from './subject.ts'
import { homesOf, missingTarget } from './targets.ts'

/** `compensate` names a scope step that it can see: of its own scope or of one around it. */
export const compensateTarget: Rule = function* ({ steps, allSteps }) {
  for (const { step, pointer, path, scope } of steps) {
    if (step.type !== 'compensate' || step.scope === undefined) continue
    const place = { path: `${pointer}/scope`, step: path }
    const target = compensatedScope(scope, step.scope)
    if (target === undefined) yield missingTarget('scope', step.scope, place.path, path, scope, homesOf(allSteps))
    else if (target.step.type !== 'scope')
      yield problem(
        'UnknownTarget',
        place,
        `\`scope\` names \`${step.scope}\`, which is not a scope step but ${target.step.type}`,
      )
  }
}

/** The step that a `compensate` in the scope means. */
export function compensatedScope(scope: ScopeVisit, id: string): StepVisit | undefined {
  for (const around of enclosingScopes(scope)) {
    const found = around.steps.get(id)
    if (found) return found
  }
  return undefined
}
