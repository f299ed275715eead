export * from './definition.generated.ts'
export * from './duration.ts'
export * from './event.generated.ts'
// Both the language and the expression engine have an `Expression`; the compiled one is what code asks for.
export type { Expression } from './expression/index.ts'
export * from './expression/index.ts'
export { type CheckContext, checkDefinition, type Parsed, parseDefinition } from './parse.ts'
export * from './problem.ts'
export { type ProblemCode, type ProblemCodeEntry, problemCodes } from './problem-codes.ts'
export {
  isStepType,
  type StepFamily,
  type StepKind,
  type StepOf,
  type StepType,
  stepKinds,
  stepTypes,
  takesField,
} from './step-kinds.ts'
export {
  type Edge,
  eachScope,
  eachStep,
  enclosingScopes,
  type ScopeVisit,
  type StepVisit,
  walkDefinition,
} from './walk.ts'
