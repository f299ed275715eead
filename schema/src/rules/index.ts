import type { Json } from '../expression/json.ts'
import type { Problem } from '../problem.ts'
import { type CheckContext, createSubject, type Rule } from './subject.ts'

const rules: readonly Rule[] = []

/** What the JSON Schema cannot say. `shapeProblems` are what it said: steps named there are not read further. */
export function checkRules(document: Json, shapeProblems: readonly Problem[], context: CheckContext): Problem[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return []
  const subject = createSubject(document, shapeProblems, context)
  return rules.flatMap((rule) => [...rule(subject)])
}
