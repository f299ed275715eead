// Visits → what each box of the drawing shows. A box stands for all executions of its step: of a loop the latest counts,
// of items side by side all do.
import { clockText, tickingText } from '../ui/duration-text.ts'
import type { StepState, StepStateName } from './step-state.ts'
import type { Instant, Unfolding, Visit } from './visit.ts'

export interface StatesOptions {
  /** The present, or the moment that is looked at. */
  readonly now: Instant
  /** Paths of activities that a worker has begun; history tells of it only when they end. */
  readonly running?: ReadonlySet<string>
  /** How many attempts the definition allows the step. */
  readonly maxAttempts?: (staticPath: string) => number | undefined
}

/** By static path. `before`: the last answer, whose entries are given again where nothing changed. */
export function stepStates(
  unfolding: Unfolding,
  options: StatesOptions,
  before: ReadonlyMap<string, StepState> = new Map(),
): ReadonlyMap<string, StepState> {
  const states = new Map<string, StepState>()
  for (const [staticPath, { latest, visits }] of group(unfolding.roots)) {
    const state = boxState(staticPath, latest, visits, options)
    const known = before.get(staticPath)
    states.set(staticPath, known && isSame(known, state) ? known : state)
  }
  return states
}

interface Group {
  /** The latest visit of each scope that the step stands in. */
  latest: Visit[]
  visits: number
}

function group(roots: readonly Visit[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  const walk = (siblings: readonly Visit[]) => {
    const latestHere = new Map<string, Visit>()
    for (const visit of siblings) {
      if (visit.kind === 'item') {
        walk(visit.children)
        continue
      }
      latestHere.set(visit.staticPath, visit)
      const known = groups.get(visit.staticPath)
      if (known) known.visits += 1
      else groups.set(visit.staticPath, { latest: [], visits: 1 })
      walk(visit.children)
    }
    for (const [staticPath, visit] of latestHere) groups.get(staticPath)?.latest.push(visit)
  }
  walk(roots)
  return groups
}

/** What counts most comes first: a person looks for what is wrong, then for what is going on. */
const precedence: readonly StepStateName[] = [
  'retrying',
  'running',
  'waiting',
  'scheduled',
  'failed',
  'completed',
  'cancelled',
  'skipped',
]

function boxState(staticPath: string, latest: readonly Visit[], visits: number, options: StatesOptions): StepState {
  const states = latest.map((visit) => liveState(visit, options))
  const [only] = latest
  if (latest.length === 1 && only) return single(only, states[0] ?? only.state, visits, options, staticPath)
  const state = precedence.find((name) => states.includes(name)) ?? 'completed'
  const done = states.filter((name) => name === 'completed').length
  const failed = states.filter((name) => name === 'failed').length
  const since = latest[states.indexOf(state)]?.since
  const label = done === latest.length ? {} : { label: progressText(done, latest.length, failed) }
  return { state, visits, ...label, ...(since === undefined ? {} : { since: iso(since) }) }
}

/** History calls an attempt scheduled until it ends; the summary knows better. */
export function liveState(visit: Visit, { running }: Pick<StatesOptions, 'running'>): StepStateName {
  if (visit.state !== 'scheduled') return visit.state
  const isBegun = running?.has(visit.path) === true || visit.attempts.at(-1)?.startedAt !== null
  return isBegun && visit.attempts.length > 0 ? 'running' : 'scheduled'
}

function single(
  visit: Visit,
  state: StepStateName,
  visits: number,
  options: StatesOptions,
  staticPath: string,
): StepState {
  const label = labelOf(visit, state, options, staticPath)
  const attempt = visit.attempts.at(-1)?.number
  return {
    state,
    visits,
    since: iso(visit.since),
    ...(label === undefined ? {} : { label }),
    ...(attempt === undefined ? {} : { attempt }),
  }
}

function labelOf(
  visit: Visit,
  state: StepStateName,
  { now, maxAttempts }: StatesOptions,
  staticPath: string,
): string | undefined {
  if (visit.items !== null) return itemsLabel(visit, visit.items.length)
  const pause = visit.pauses.at(-1)
  const most = maxAttempts?.(staticPath)
  const ofMost = most === undefined ? '' : ` of ${most}`
  switch (state) {
    case 'retrying':
      return `${pause?.attempt ?? 2}${ofMost}, ${pause?.dueAt && pause.dueAt > now ? `next in ${tickingText(pause.dueAt - now)}` : 'next now'}`
    case 'waiting':
      if (pause?.kind === 'timer' && pause.dueAt) return `until ${clockText(pause.dueAt, now)}`
      return pause?.name ? `for ${pause.name}` : undefined
    case 'scheduled':
    case 'running': {
      const attempt = visit.attempts.at(-1)
      if (visit.kind === 'compensate' && attempt?.undoes) return `undoing ${attempt.undoes}`
      return attempt && attempt.number > 1 ? `attempt ${attempt.number}${ofMost}` : undefined
    }
    case 'failed':
      return visit.caughtBy === null ? visit.failure?.type : `${visit.failure?.type ?? 'error'}, caught`
    case 'completed':
      if (visit.kind === 'event' && pause?.outcome === 'timedOut') return 'timed out'
      return visit.attempts.length > 1 && visit.kind === 'activity'
        ? `after ${visit.attempts.length} attempts`
        : undefined
    case 'cancelled':
    case 'skipped':
      return undefined
  }
}

function itemsLabel(visit: Visit, items: number): string {
  const done = visit.children.filter((item) => item.state === 'completed').length
  const failed = visit.children.filter((item) => item.state === 'failed').length
  return done === items ? `${items} ${items === 1 ? 'item' : 'items'}` : progressText(done, items, failed)
}

const progressText = (done: number, of: number, failed: number) =>
  `${done} of ${of} done${failed ? `, ${failed} failed` : ''}`

/** Whether what the boxes show changes with time alone. */
export function ticks(unfolding: Unfolding): boolean {
  for (const visit of unfolding.visits.values()) if (visit.state === 'retrying') return true
  return false
}

const iso = (at: Instant) => new Date(at).toISOString()

const isSame = (a: StepState, b: StepState) =>
  a.state === b.state && a.since === b.since && a.label === b.label && a.visits === b.visits && a.attempt === b.attempt
