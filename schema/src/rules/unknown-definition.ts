import { didYouMean } from '../nearest.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

/** A warning only: the child may be deployed later than its parent. */
export const unknownDefinition: Rule = function* ({ steps, document, definitions }) {
  if (definitions === undefined) return
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'subOrchestration' || definitions.has(step.definition)) continue
    // A definition may call itself, before it is deployed for the first time.
    if (step.definition === document.name) continue
    yield problem(
      'UnknownDefinition',
      { path: `${pointer}/definition`, step: path },
      `\`${step.definition}\` is not deployed yet: deploy it before this one runs${didYouMean(step.definition, definitions)}`,
    )
  }
}
