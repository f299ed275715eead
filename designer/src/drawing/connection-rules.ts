// Which edges the language allows. The answer to a forbidden one is its reason in words, shown while it is dragged.
import type { JsonObject } from './json.ts'
import { leadsOf, type OpenPort, portKind, portTarget } from './ports.ts'
import { branchOf, idOf, isStartPath, ownerOf, rootScope, scopeOf } from './static-path.ts'
import { scopeAt, stepAt } from './tree.ts'

function scopeName(scope: string): string {
  const owner = ownerOf(scope)
  if (owner === undefined) return 'the workflow'
  const branch = branchOf(scope)
  return branch === undefined ? `“${idOf(owner)}”` : `branch “${branch}” of “${idOf(owner)}”`
}

/** Why the edge may not be, or undefined where it may. */
export function connectionProblem(
  definition: JsonObject,
  from: string,
  port: OpenPort,
  to: string,
): string | undefined {
  if (isStartPath(to)) return 'Nothing leads back to the start.'
  if (stepAt(definition, to) === undefined) return 'Drop it on a step.'
  const scope = scopeOf(from)
  if (scopeOf(to) !== scope) {
    const border = scope === rootScope ? scopeOf(to) : scope
    return `An edge cannot cross the border of ${scopeName(border)}. Drag the step over the border instead.`
  }
  if (isStartPath(from)) {
    return portTarget(scopeAt(definition, scope), 'start') === idOf(to) ? 'It starts there already.' : undefined
  }
  const step = stepAt(definition, from)
  if (step === undefined) return 'There is no such step any more.'
  if (from === to && port === 'next') return 'A step cannot follow itself: it would never end.'
  if (from === to && (portKind(port) === 'choice' || port === 'otherwise')) {
    return 'A choice cannot lead to itself: it would spin without end.'
  }
  const same = leadsOf(step).find((lead) => lead.port === port)
  return same?.to === idOf(to) ? 'It leads there already.' : undefined
}
