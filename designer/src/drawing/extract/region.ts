// What can become a definition of its own: steps of one scope that are entered at one of them and left to one step
// outside, or not at all. Everything else is refused with a reason that an author can act on.
import type { JsonObject } from '../json.ts'
import { type Lead, leadsOf, mainPort, portKind, portTarget } from '../ports.ts'
import { idOf, isStartPath, isWithin, movedPath, scopeOf, stepPath } from '../static-path.ts'
import { incomingOf, type Placed, scopeAt, stepAt, stepsIn } from '../tree.ts'

export interface Region {
  readonly scope: string
  /** Ids, in the order of the document. */
  readonly ids: readonly string[]
  readonly entry: string
  /** The id of the step that follows; undefined where the region ends its scope. */
  readonly exit: string | undefined
  /** The region is entered again after it was left, within one run of its scope. */
  readonly isInLoop: boolean
}

export interface Refusal {
  /** A sentence. */
  readonly reason: string
  /** The step to look at. */
  readonly step?: string
}

export const refusal = (reason: string, step?: string): Refusal => (step === undefined ? { reason } : { reason, step })

export const isRefusal = <T extends object>(value: T | Refusal): value is Refusal => 'reason' in value

const quoted = (ids: readonly string[]) => ids.map((id) => `“${id}”`).join(' and ')

export function regionOf(definition: JsonObject, paths: readonly string[]): Region | Refusal {
  const selected = paths.filter((path) => !isStartPath(path) && stepAt(definition, path) !== undefined)
  const [first] = selected
  if (first === undefined) return refusal('Select the steps that are to become a definition of their own.')
  const scope = scopeOf(first)
  if (selected.some((path) => scopeOf(path) !== scope)) {
    return refusal('The selected steps stand in different scopes; take steps of one scope.')
  }
  const chosen = new Set(selected.map(idOf))
  const members = stepsIn(definition, scope).filter(({ id }) => chosen.has(id))
  const ids = members.map(({ id }) => id)
  const entry = entryOf(definition, members, chosen)
  if (typeof entry !== 'string') return entry
  const exit = exitOf(members, chosen)
  if (exit !== undefined && 'reason' in exit) return exit
  const reached = reachedFrom(definition, scope, entry, (id) => chosen.has(id))
  const lost = ids.find((id) => !reached.has(id))
  if (lost !== undefined) {
    return refusal(`“${lost}” is not reached from “${entry}” within the selection.`, stepPath(scope, lost))
  }
  const to = exit?.to
  if (to !== undefined && stepAt(definition, stepPath(scope, to)) === undefined) {
    return refusal('An edge leads out of the selection to no step.')
  }
  const isInLoop = to !== undefined && reachedFrom(definition, scope, to, () => true).has(entry)
  return { scope, ids, entry, exit: to, isInLoop }
}

function entryOf(definition: JsonObject, members: readonly Placed[], chosen: ReadonlySet<string>): string | Refusal {
  const entered = members.filter(({ path }) =>
    incomingOf(definition, path).some(({ from }) => isStartPath(from) || !chosen.has(idOf(from))),
  )
  const [only, other] = entered
  if (only === undefined) return refusal('Nothing leads to the selected steps.', members[0]?.path)
  if (other === undefined) return only.id
  return refusal(
    `The selection is entered in more than one place: at ${quoted(entered.map(({ id }) => id))}.`,
    other.path,
  )
}

interface Exit {
  readonly to: string
}

function exitOf(members: readonly Placed[], chosen: ReadonlySet<string>): Exit | undefined | Refusal {
  const ways = members.flatMap(({ path, id, step }) =>
    leadsOf(step)
      .filter(({ to }) => !chosen.has(to))
      .map(({ port, to }) => ({ path, id, port, to })),
  )
  const targets = [...new Set(ways.map(({ to }) => to))]
  const [to] = targets
  if (targets.length > 1) {
    const caught = ways.find(({ port }) => portKind(port) === 'catch')
    if (caught) {
      return refusal(
        `An error of “${caught.id}” is caught outside of the selection, at “${caught.to}”; take that step along.`,
        caught.path,
      )
    }
    return refusal(`The selection is left in more than one place: to ${quoted(targets)}.`, ways[1]?.path)
  }
  if (to === undefined) return undefined
  const ending = members.find(({ step }) => endsScope(step))
  if (ending) {
    return refusal(`One way goes on to “${to}”, another one ends at “${ending.id}”.`, ending.path)
  }
  return { to }
}

/** Whether the scope may end here, well. */
function endsScope(step: JsonObject): boolean {
  if (step.type === 'end') return true
  return mainPort(step) === 'next' && portTarget(step, 'next') === undefined
}

export function reachedFrom(
  definition: JsonObject,
  scope: string,
  from: string,
  isOpen: (id: string) => boolean,
  leads: (id: string, step: JsonObject) => readonly Lead[] = (_, step) => leadsOf(step),
): ReadonlySet<string> {
  const reached = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id) || !isOpen(id)) continue
    reached.add(id)
    const step = stepAt(definition, stepPath(scope, id))
    if (step !== undefined) open.push(...leads(id, step).map(({ to }) => to))
  }
  return reached
}

/** Whether the step has completed well on every way that leads to the other one. */
export function isSureBefore(
  definition: JsonObject,
  scope: string,
  id: string,
  before: string,
  from: string = portTarget(scopeAt(definition, scope), 'start') ?? '',
): boolean {
  const withoutIt = (at: string, step: JsonObject) =>
    leadsOf(step).filter(({ port }) => at !== id || portKind(port) === 'catch' || portKind(port) === 'onTimeout')
  return !reachedFrom(definition, scope, from, () => true, withoutIt).has(before)
}

export const pathsOf = ({ scope, ids }: Region): string[] => ids.map((id) => stepPath(scope, id))

/** Whether the path is one of the region's steps, or stands inside of one. */
export const isInRegion = (region: Region, path: string): boolean =>
  pathsOf(region).some((own) => path === own || isWithin(path, own))

/** The selected step that the path is, or stands inside of. */
export const memberOf = (region: Region, path: string): string | undefined =>
  region.ids.find((id) => movedPath(path, stepPath(region.scope, id), '') !== undefined)
