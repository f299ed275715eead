import { type Expression, type ExpressionError, expressionSource, isExpression } from '../expression/index.ts'
import { stepAt } from '../json-pointer.ts'
import type { Problem } from '../problem.ts'
import { isStepType } from '../step-kinds.ts'
import { type PlaceKind, type PlaceSight, textsIn, type ValuePlace, valuePlaces } from '../value-places.ts'
import { eachScope, eachStep, type ScopeVisit, type StepVisit, walkDefinition } from '../walk.ts'
import { compiled } from './compiled.ts'

/** What is known of the world around the document; what is left out is not checked. */
export interface CheckContext {
  readonly activities?: ReadonlySet<string> | readonly string[] | undefined
  readonly definitions?: ReadonlySet<string> | readonly string[] | undefined
}

/** What the rules look at: a document, read once. */
export interface Subject {
  readonly document: Fields
  readonly root: ScopeVisit
  readonly scopes: readonly ScopeVisit[]
  /** All steps, also those that are out of shape: for rules that follow edges. */
  readonly allSteps: readonly StepVisit[]
  /** The steps whose shape is right: for rules that read properties. */
  readonly steps: readonly StepVisit[]
  /** Strings that stand where a value may stand. */
  readonly texts: readonly TextUse[]
  readonly expressions: readonly ExpressionUse[]
  readonly activities: ReadonlySet<string> | undefined
  readonly definitions: ReadonlySet<string> | undefined
}

export type Fields = { readonly [field: string]: unknown }

/** A string where a value may stand, and from where it is looked at. */
export interface TextUse {
  readonly text: string
  readonly pointer: string
  readonly kind: PlaceKind
  readonly sight: PlaceSight | 'start of the instance'
  /** Undefined for a place of the document itself. */
  readonly step: StepVisit | undefined
}

/** An expression, compiled once for all rules. */
export interface ExpressionUse extends TextUse {
  readonly compiled: Expression | ExpressionError
}

/** A rule yields the problems of one kind. It may trust the shape of `steps`, and of nothing else. */
export type Rule = (subject: Subject) => Iterable<Problem>

export function createSubject(document: object, shapeProblems: readonly Problem[], context: CheckContext): Subject {
  const root = walkDefinition(document)
  const allSteps = [...eachStep(root)]
  const broken = new Set(shapeProblems.map(({ path }) => stepAt(path)?.pointer))
  // Nobody has looked into a step whose type is none.
  const unread = allSteps
    .filter(({ step }) => !isFields(step) || !isStepType(step.type))
    .map(({ pointer }) => `${pointer}/`)
  const steps = allSteps.filter(
    ({ pointer }) => !broken.has(pointer) && !unread.some((outer) => pointer.startsWith(outer)),
  )
  const fields = document as Fields
  const texts = [...documentTexts(fields), ...steps.flatMap((step) => stepTexts(step))]
  return {
    document: fields,
    root,
    scopes: [...eachScope(root)],
    allSteps,
    steps,
    texts,
    expressions: texts
      .filter(({ text }) => isExpression(text))
      .map((use) => ({ ...use, compiled: compiled(expressionSource(use.text)) })),
    activities: context.activities && new Set(context.activities),
    definitions: context.definitions && new Set(context.definitions),
  }
}

function documentTexts({ variables, timeout }: Fields): TextUse[] {
  const use = { sight: 'start of the instance', step: undefined } as const
  return [
    ...[...textsIn(variables, '/variables')].map((each) => ({ ...each, ...use, kind: 'value' }) as const),
    ...[...textsIn(timeout, '/timeout')].map((each) => ({ ...each, ...use, kind: 'duration' }) as const),
  ]
}

function stepTexts(step: StepVisit): TextUse[] {
  const uses = ({ value, pointer, kind, sight }: ValuePlace) =>
    [...textsIn(value, pointer)].map((each) => ({ ...each, kind, sight, step }))
  return valuePlaces(step).flatMap(uses)
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
