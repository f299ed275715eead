import { ExpressionError } from '../expression/index.ts'
import { didYouMean } from '../nearest.ts'
import { problem } from '../problem-codes.ts'
import { enclosingScopes } from '../walk.ts'
import type { Rule } from './subject.ts'

export const unknownStepReference: Rule = function* ({ expressions, allSteps }) {
  for (const { compiled, step, pointer } of expressions) {
    if (compiled instanceof ExpressionError || step === undefined) continue
    const scopes = [...enclosingScopes(step.scope)]
    for (const id of compiled.stepReferences) {
      if (scopes.some(({ steps }) => steps.has(id))) continue
      const elsewhere = allSteps.find((other) => other.id === id)
      const reason = elsewhere
        ? `\`${id}\` stands in a scope that is out of reach here (\`${elsewhere.path}\`)`
        : `there is no step \`${id}\`${didYouMean(
            id,
            scopes.flatMap(({ steps }) => [...steps.keys()]),
          )}`
      yield problem(
        'UnknownStepReference',
        { path: pointer, step: step.path },
        `\`$steps.${id}\` gives nothing: ${reason}`,
      )
    }
  }
}
