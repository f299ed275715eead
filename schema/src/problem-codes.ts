import type { Problem, Severity } from './problem.ts'

// Every kind of problem that a check can find. Documentation and the editor take title and explanation from here.

export interface ProblemCodeEntry {
  readonly severity: Severity
  readonly title: string
  readonly explanation: string
}

const error = (title: string, explanation: string) => ({ severity: 'error', title, explanation }) as const
const warning = (title: string, explanation: string) => ({ severity: 'warning', title, explanation }) as const

export const problemCodes = {
  JsonSyntax: error('No JSON', 'The text is not JSON. The message says what was expected at which line and column.'),
  DuplicateKey: error(
    'Key twice',
    'An object has the same key twice. JSON readers keep the last one in silence, so a step or branch would vanish.',
  ),
  DocumentTooLarge: error(
    'Document too large',
    'A definition may have 1 MB of JSON. Long data belongs into the input.',
  ),
  NestedTooDeep: error(
    'Nested too deep',
    'Scopes may be nested 32 levels deep, JSON 256. Move inner scopes into a definition of their own and call it as a sub-orchestration.',
  ),
  TooManySteps: error('Too many steps', 'A definition may have 2,000 steps. Split it with sub-orchestrations.'),
  UnknownStepType: error('Unknown step type', 'The `type` of a step is none of the fifteen that there are.'),
  MissingProperty: error('Property missing', 'A property that must be there is not.'),
  UnknownProperty: error('Unknown property', 'The language has no such property here; perhaps it is misspelled.'),
  WrongType: error('Wrong type', 'The value has another type than the property takes.'),
  InvalidValue: error('Invalid value', 'The type is right, but the value is none that the property takes.'),
  EmptyScope: error('No step', 'The workflow, a branch or a body has no step yet. It needs one to start with.'),
  InvalidName: error(
    'Invalid name',
    'Step ids and branches: letters, digits, `_` and `-`; variables: letters, digits and `_`; definitions: small letters, digits and `-`. None begins with a digit, none is longer than 63 characters.',
  ),
  ForbiddenName: error(
    'Forbidden name',
    '`__proto__`, `constructor` and `prototype` mean something of their own to JavaScript and name nothing here.',
  ),
  UnknownTarget: error('Unknown target', 'An edge (or a `compensate`) names a step that does not exist.'),
  EdgeAcrossScope: error(
    'Edge across a scope',
    'The step exists, but in another scope. Edges stay inside their scope: end the scope and go on from the step that holds it.',
  ),
  UnreachableStep: warning('Unreachable step', 'No way leads from the start of its scope to this step: it never runs.'),
  MissingOtherwise: warning(
    'No otherwise',
    'When none of the conditions is true, the choice fails with NoChoiceMatched. An `otherwise` says where to go instead.',
  ),
  DuplicateChoice: warning(
    'Condition twice',
    'Two choices of a step have the same condition; the first one wins, so the second is never taken.',
  ),
  ExpressionSyntax: error(
    'Expression does not compile',
    'The text between {% and %} is no expression. The position says where it broke off.',
  ),
  ExpressionTooLong: error(
    'Expression too long',
    'An expression may have 4 KB. Split it over `assign` steps, or move the work into an activity.',
  ),
  PartialExpression: warning(
    'Expression inside text',
    'Only a string that begins with {% and ends with %} is evaluated; this one has more around and is taken as plain text. Join texts inside: {% "Order " & $input.id %}.',
  ),
  UnknownVariable: error(
    'Unknown variable',
    'The expression uses a name that is bound to nothing there. Known are `$input`, `$steps`, `$context`, the variables of the document, `$result` in output, assign and compensate, `$error` where there is a catch, and the item and `$index` inside of a forEach.',
  ),
  UnknownStepReference: warning(
    'Unknown step in an expression',
    '`$steps.X` finds steps of its own scope and of the scopes around it. There is no X among them, so it gives nothing.',
  ),
  UnknownActivity: warning(
    'Unknown activity',
    'No worker has registered this activity yet. Until one does, the step fails with ActivityNotFound.',
  ),
  UnknownDefinition: warning('Unknown definition', 'No definition of this name has been deployed yet.'),
  SpinningLoop: error(
    'Loop without a wait',
    'A loop (or a continueAsNew) that passes no activity, sub-orchestration, timer or event would turn as fast as it can, forever. Put a timer or an activity into it.',
  ),
  ContinueAsNewInBranch: error(
    'continueAsNew beside other work',
    'Inside a branch of `parallel` or a body of `forEach` others still run, which a restart would tear off. Let the branch end and continue as new after it.',
  ),
  InvalidDuration: error(
    'Invalid duration',
    'Durations are ISO 8601, from weeks to seconds: PT30S, PT1H30M, P2D, PT0.2S. Years and months have no fixed length and are not taken.',
  ),
  InvalidInstant: error('Invalid instant', 'Instants are ISO 8601: 2026-03-01T08:00:00Z or 2026-03-01.'),
  RetryOutOfRange: error(
    'Retry out of range',
    'Attempts go from 1 to 1,000,000, the backoff coefficient from 1 to 1,000, and the longest interval is not below the first.',
  ),
  CompensateWithoutCompensations: warning(
    'Nothing to compensate',
    'No activity that this step could undo has a `compensate`, so it does nothing.',
  ),
  TimerNeedsOne: error('Delay or until', 'A timer has either `delay` or `until`.'),
  RaiseEventNeedsOne: error('Who gets the event', 'raiseEvent has either `instanceId` or `correlationKey`.'),
  AtLeastTooMany: error(
    'More than there are',
    '`atLeast` asks for more branches or items than there are: the step could never complete.',
  ),
  OnTimeoutWithoutTimeout: warning(
    'onTimeout without timeout',
    'Without `timeout` the wait never times out, so `onTimeout` is never taken.',
  ),
  InvalidJsonSchema: error('Invalid JSON Schema', 'The value is no usable JSON Schema (draft 2020-12).'),
  InvalidErrorType: error(
    'Invalid error type',
    'Error types are names such as `PaymentDeclined` or `Timeout`, compared letter by letter; `*` alone stands for every error. Expressions and patterns do not work in these lists.',
  ),
  ReservedVariable: error('Reserved name', 'The name is bound already: expressions would not see the variable.'),
} as const satisfies { readonly [code: string]: ProblemCodeEntry }

export type ProblemCode = keyof typeof problemCodes

export interface ProblemPlace {
  /** JSON Pointer. */
  readonly path: string
  readonly step?: string | undefined
  readonly position?: number | undefined
}

/** A problem with the severity that the table gives its code. */
export function problem(code: ProblemCode, place: ProblemPlace, message: string): Problem {
  return {
    code,
    severity: problemCodes[code].severity,
    path: place.path,
    ...(place.step === undefined ? {} : { step: place.step }),
    message,
    ...(place.position === undefined ? {} : { position: place.position }),
  }
}
