import { problem } from '../problem-codes.ts'
import { eachStep, type ScopeVisit, type StepVisit } from '../walk.ts'
import type { Rule } from './subject.ts'

/**
 * A loop that never waits would turn until a limit stops it. Steps that wait are taken out of each scope's graph; a circle that is
 * left over spins. `continueAsNew` counts as a way back to the document's start.
 */
export const spinningLoop: Rule = function* ({ scopes, root }) {
  for (const scope of scopes) {
    const circle = findCircle(scope, scope === root)
    if (circle === undefined) continue
    const [first] = circle
    if (first === undefined) continue
    const ids = [...circle, first].map(({ id }) => id).join(' → ')
    yield problem(
      'SpinningLoop',
      { path: first.pointer, step: first.path },
      `${ids} turns without a wait or an activity`,
    )
  }
}

function waits({ step }: StepVisit): boolean {
  switch (step.type) {
    case 'activity':
    case 'timer':
    case 'waitForEvent':
      return true
    case 'subOrchestration':
      return step.mode !== 'detach'
    default:
      return false
  }
}

/** A container waits if anything in it does: which way through it is taken is not known. */
const waitsSomewhere = (visit: StepVisit): boolean =>
  waits(visit) || visit.scopes.some((scope) => [...eachStep(scope)].some(waits))

const restarts = (visit: StepVisit): boolean =>
  visit.step.type === 'continueAsNew' ||
  visit.scopes.some((scope) => [...eachStep(scope)].some(({ step }) => step.type === 'continueAsNew'))

function findCircle(scope: ScopeVisit, isRoot: boolean): StepVisit[] | undefined {
  const open = new Map([...scope.steps].filter(([, visit]) => !waitsSomewhere(visit)))
  const targetsOf = (visit: StepVisit) => {
    const ids = visit.edges.map(({ to }) => to)
    if (isRoot && scope.start !== undefined && restarts(visit)) ids.push(scope.start)
    return ids.flatMap((id) => open.get(id) ?? [])
  }
  const done = new Set<StepVisit>()
  for (const first of open.values()) {
    const circle = circleFrom(first, targetsOf, done)
    if (circle) return circle
  }
  return undefined
}

/** Depth first with its own stack: a chain may be as long as a definition. */
function circleFrom(
  first: StepVisit,
  targetsOf: (visit: StepVisit) => StepVisit[],
  done: Set<StepVisit>,
): StepVisit[] | undefined {
  const way: { readonly visit: StepVisit; readonly left: StepVisit[] }[] = []
  const onWay = new Set<StepVisit>()
  const enter = (visit: StepVisit) => {
    way.push({ visit, left: targetsOf(visit) })
    onWay.add(visit)
  }
  if (!done.has(first)) enter(first)
  for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
    const next = top.left.shift()
    if (next === undefined) {
      way.pop()
      onWay.delete(top.visit)
      done.add(top.visit)
    } else if (onWay.has(next)) {
      const visits = way.map(({ visit }) => visit)
      return visits.slice(visits.indexOf(next))
    } else if (!done.has(next)) enter(next)
  }
  return undefined
}
