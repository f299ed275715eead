import { didYouMean } from '../nearest.ts'
import type { Problem } from '../problem.ts'
import { problem } from '../problem-codes.ts'
import { enclosingScopes, type ScopeVisit, type StepVisit } from '../walk.ts'
import type { Rule } from './subject.ts'

/** Every edge and every start names a step of its own scope. */
export const targets: Rule = function* ({ scopes, allSteps }) {
  const homes = homesOf(allSteps)
  for (const scope of scopes) {
    if (scope.start !== undefined && !scope.steps.has(scope.start))
      yield missing('start', scope.start, `${scope.pointer}/start`, scope.owner?.path, scope, homes)
    for (const { edges, path } of scope.steps.values())
      for (const { kind, to, pointer } of edges)
        if (!scope.steps.has(to)) yield missing(edgeNames[kind], to, pointer, path, scope, homes)
  }
}

/** `compensate` names a scope step that it can see: of its own scope or of one around it. */
export const compensateTarget: Rule = function* ({ steps, allSteps }) {
  for (const { step, pointer, path, scope } of steps) {
    if (step.type !== 'compensate' || step.scope === undefined) continue
    const place = { path: `${pointer}/scope`, step: path }
    const target = compensatedScope(scope, step.scope)
    if (target === undefined) yield missing('scope', step.scope, place.path, path, scope, homesOf(allSteps))
    else if (target.step.type !== 'scope')
      yield problem(
        'UnknownTarget',
        place,
        `\`scope\` names \`${step.scope}\`, which is not a scope step but ${target.step.type}`,
      )
  }
}

/** The step that a `compensate` in the scope means. */
export function compensatedScope(scope: ScopeVisit, id: string): StepVisit | undefined {
  for (const around of enclosingScopes(scope)) {
    const found = around.steps.get(id)
    if (found) return found
  }
  return undefined
}

const edgeNames = {
  next: 'next',
  choice: 'next',
  otherwise: 'otherwise',
  catch: 'next',
  onTimeout: 'onTimeout',
} as const

type Homes = ReadonlyMap<string, StepVisit>

/** Where a step of that id stands, for the message only. */
const homesOf = (steps: readonly StepVisit[]): Homes => new Map(steps.map((visit) => [visit.id, visit]))

function missing(
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
