import { problem } from '../problem-codes.ts'
import { enclosingScopes } from '../walk.ts'
import type { Rule } from './subject.ts'

export const continueAsNewInBranch: Rule = function* ({ steps }) {
  for (const { step, pointer, path, scope } of steps) {
    if (step.type !== 'continueAsNew') continue
    const owners = [...enclosingScopes(scope)].flatMap(({ owner }) => owner ?? [])
    const owner = owners.find(({ step: around }) => around.type === 'parallel' || around.type === 'forEach')
    if (owner)
      yield problem(
        'ContinueAsNewInBranch',
        { path: pointer, step: path },
        `continueAsNew stands inside of \`${owner.path}\` (${owner.step.type}), where other work may still run`,
      )
  }
}
