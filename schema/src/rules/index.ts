import type { Json } from '../expression/json.ts'
import type { Problem } from '../problem.ts'
import { atLeastTooMany } from './at-least.ts'
import { duplicateChoice, missingOtherwise } from './choices.ts'
import { compensateWithoutCompensations } from './compensations.ts'
import { continueAsNewInBranch } from './continue-as-new-in-branch.ts'
import { invalidErrorType } from './error-types.ts'
import { expressionSyntax, partialExpression } from './expressions.ts'
import { forbiddenName } from './forbidden-name.ts'
import { invalidJsonSchema } from './json-schemas.ts'
import { onTimeoutWithoutTimeout, raiseEventNeedsOne, timerNeedsOne } from './needs-one.ts'
import { reservedVariable } from './reserved-variable.ts'
import { retryRange } from './retry-range.ts'
import { nestedTooDeep, tooManySteps } from './size.ts'
import { spinningLoop } from './spinning-loop.ts'
import { type CheckContext, createSubject, type Rule } from './subject.ts'
import { compensateTarget, targets } from './targets.ts'
import { invalidDuration, invalidInstant } from './times.ts'
import { unknownActivity, unknownDefinition } from './unknown-names.ts'
import { unknownStepReference } from './unknown-step-reference.ts'
import { unknownVariable } from './unknown-variable.ts'
import { unreachableStep } from './unreachable-step.ts'

const sizeRules: readonly Rule[] = [tooManySteps, nestedTooDeep]

const rules: readonly Rule[] = [
  forbiddenName,
  targets,
  compensateTarget,
  unreachableStep,
  spinningLoop,
  continueAsNewInBranch,
  missingOtherwise,
  duplicateChoice,
  atLeastTooMany,
  expressionSyntax,
  partialExpression,
  unknownVariable,
  unknownStepReference,
  reservedVariable,
  unknownActivity,
  unknownDefinition,
  timerNeedsOne,
  raiseEventNeedsOne,
  onTimeoutWithoutTimeout,
  invalidDuration,
  invalidInstant,
  retryRange,
  compensateWithoutCompensations,
  invalidErrorType,
  invalidJsonSchema,
]

/** What the JSON Schema cannot say. `shapeProblems` are what it said: steps named there are not read further. */
export function checkRules(document: Json, shapeProblems: readonly Problem[], context: CheckContext): Problem[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return []
  const subject = createSubject(document, shapeProblems, context)
  const tooLarge = sizeRules.flatMap((rule) => [...rule(subject)])
  return tooLarge.length > 0 ? tooLarge : rules.flatMap((rule) => [...rule(subject)])
}
