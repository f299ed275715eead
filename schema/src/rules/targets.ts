import { didYouMean } from '../nearest.ts'
import type { Problem } from '../problem.ts'
import { problem } from '../problem-codes.ts'
import type { ScopeVisit, StepVisit } from '../walk.ts'
import type { Rule } from './subject.ts'

/** Every edge and every start names a step of its own scope. */
export const targets: Rule = function* ({ scopes, allSteps }) {
  const homes = homesOf(allSteps)
  for (const scope of scopes) {
    if (scope.start !== undefined && !scope.steps.has(scope.start))
      yield missingTarget('start', scope.start, `${scope.pointer}/start`, scope.owner?.path, scope, homes)
    for (const { edges, path } of scope.steps.values())
      for (const { kind, to, pointer } of edges)
        if (!scope.steps.has(to)) yield missingTarget(edgeNames[kind], to, pointer, path, scope, homes)
  }
}

const edgeNames = {
  next: 'next',
  choice: 'next',
  otherwise: 'otherwise',
  catch: 'next',
  onTimeout: 'onTimeout',
} as const

export type Homes = ReadonlyMap<string, StepVisit>

/** Where a step of that id stands, for the message only. */
export const homesOf = (steps: readonly StepVisit[]): Homes => new Map(steps.map((visit) => [visit.id, visit]))

export function missingTarget(
  field: string,
  to: string,
  pointer: string,
  step: string | undefined,
  scope: ScopeVisit,
  homes: Homes,
): Problem {
  const place = { path: pointer, step }
  const home = homes.get(to)
  if (home === undefined)
    return problem(
      'UnknownTarget',
      place,
      `\`${field}\` names \`${to}\`, but there is no such step${didYouMean(to, scope.steps.keys())}`,
    )
  return problem(
    'EdgeAcrossScope',
    place,
    `\`${field}\` names \`${to}\`, which stands in another scope (${describeScope(home.scope)})`,
  )
}

const describeScope = ({ kind, path }: ScopeVisit) => (kind === 'document' ? 'the document' : `\`${path}\``)
