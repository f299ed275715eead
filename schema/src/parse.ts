import { admit } from './admission.ts'
import type { Definition } from './definition.generated.ts'
import { hasErrors, type Problem } from './problem.ts'
import { checkRules } from './rules/index.ts'
import type { CheckContext } from './rules/subject.ts'
import { checkShape } from './shape.ts'

export type { CheckContext } from './rules/subject.ts'

export interface Parsed {
  /** A copy of the document, free of getters and prototypes; null if there is a problem of severity error. */
  readonly definition: Definition | null
  readonly problems: Problem[]
}

/** Takes anything and never throws. With a context, names that it does not know become warnings. */
export function parseDefinition(document: unknown, context: CheckContext = {}): Parsed {
  const admission = admit(document)
  if ('problem' in admission) return { definition: null, problems: [admission.problem] }
  const shape = checkShape(admission.document)
  const problems = withoutStartsOfEmptyScopes([...shape, ...checkRules(admission.document, shape, context)])
  return { definition: hasErrors(problems) ? null : (admission.document as unknown as Definition), problems }
}

/** The problems of a document; never throws. */
export function checkDefinition(document: unknown, context: CheckContext = {}): Problem[] {
  return parseDefinition(document, context).problems
}

/** What has no step cannot name one to start with; that it has none is enough said. */
function withoutStartsOfEmptyScopes(problems: Problem[]): Problem[] {
  const starts = new Set<string>()
  for (const { code, path } of problems)
    if (code === 'EmptyScope') starts.add(`${path.slice(0, -'/steps'.length)}/start`)
  return starts.size === 0 ? problems : problems.filter(({ path }) => !starts.has(path))
}
