import type { Json } from '../expression/json.ts'
import type { Problem } from '../problem.ts'
import { atLeastTooMany } from './at-least-too-many.ts'
import { compensateTarget } from './compensate-target.ts'
import { compensateWithoutCompensations } from './compensate-without-compensations.ts'
import { continueAsNewInBranch } from './continue-as-new-in-branch.ts'
import { duplicateChoice } from './duplicate-choice.ts'
import { expressionSyntax } from './expression-syntax.ts'
import { forbiddenName } from './forbidden-name.ts'
import { invalidDuration } from './invalid-duration.ts'
import { invalidErrorType } from './invalid-error-type.ts'
import { invalidInstant } from './invalid-instant.ts'
import { invalidJsonSchema } from './invalid-json-schema.ts'
import { missingOtherwise } from './missing-otherwise.ts'
import { nestedTooDeep } from './nested-too-deep.ts'
import { onTimeoutWithoutTimeout } from './on-timeout-without-timeout.ts'
import { partialExpression } from './partial-expression.ts'
import { raiseEventNeedsOne } from './raise-event-needs-one.ts'
import { reservedVariable } from './reserved-variable.ts'
import { retryOutOfRange } from './retry-out-of-range.ts'
import { spinningLoop } from './spinning-loop.ts'
import { type CheckContext, createSubject, type Rule } from './subject.ts'
import { targets } from './targets.ts'
import { timerNeedsOne } from './timer-needs-one.ts'
import { tooManySteps } from './too-many-steps.ts'
import { unknownActivity } from './unknown-activity.ts'
import { unknownDefinition } from './unknown-definition.ts'
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
  retryOutOfRange,
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
