export * from './definition.generated.ts'
export { type Change, describeChange, diffDefinitions } from './diff.ts'
export * from './duration.ts'
export * from './event.generated.ts'
export { validateEvent } from './event-validator.generated.js'
// Both the language and the expression engine have an `Expression`; the compiled one is what code asks for.
export type { Expression } from './expression/index.ts'
export * from './expression/index.ts'
export { canonicalJson, hashDefinition } from './hash.ts'
export { escapePointer, pointerOf, pointerSegments, resolvePointer, stepAt } from './json-pointer.ts'
export { checkJsonSchema, type JsonSchemaFault } from './json-schema-check.ts'
export { limits } from './limits.ts'
export { type Location, type LocationPart, locate, locator } from './locate.ts'
export { type CheckContext, checkDefinition, type Parsed, parseDefinition } from './parse.ts'
export { type LocatedProblem, type ParsedText, parseDefinitionText } from './parse-text.ts'
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
export { type PlaceKind, type PlaceSight, textsIn, type ValuePlace, valuePlaces } from './value-places.ts'
export {
  type Edge,
  eachScope,
  eachStep,
  enclosingScopes,
  type ScopeVisit,
  type StepVisit,
  walkDefinition,
} from './walk.ts'
