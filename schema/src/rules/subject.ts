import { stepAt } from '../json-pointer.ts'
import type { Problem } from '../problem.ts'
import { eachScope, eachStep, type ScopeVisit, type StepVisit, walkDefinition } from '../walk.ts'

/** What is known of the world around the document; what is left out is not checked. */
export interface CheckContext {
  readonly activities?: ReadonlySet<string> | readonly string[]
  readonly definitions?: ReadonlySet<string> | readonly string[]
}

/** What the rules look at: a document, read once. */
export interface Subject {
  readonly document: { readonly [field: string]: unknown }
  readonly root: ScopeVisit
  readonly scopes: readonly ScopeVisit[]
  /** All steps, also those that are out of shape: for rules that follow edges. */
  readonly allSteps: readonly StepVisit[]
  /** The steps whose shape is right: for rules that read properties. */
  readonly steps: readonly StepVisit[]
  readonly activities: ReadonlySet<string> | undefined
  readonly definitions: ReadonlySet<string> | undefined
}

/** A rule yields the problems of one kind. It may trust the shape of `steps`, and of nothing else. */
export type Rule = (subject: Subject) => Iterable<Problem>

export function createSubject(document: object, shapeProblems: readonly Problem[], context: CheckContext): Subject {
  const root = walkDefinition(document)
  const scopes = [...eachScope(root)]
  const allSteps = [...eachStep(root)]
  const broken = new Set(shapeProblems.map(({ path }) => stepAt(path)?.pointer))
  return {
    document: document as Subject['document'],
    root,
    scopes,
    allSteps,
    steps: allSteps.filter(({ pointer }) => !broken.has(pointer)),
    activities: context.activities && new Set(context.activities),
    definitions: context.definitions && new Set(context.definitions),
  }
}
