// Visits → rows and bars of the timeline: what stands where, in times, not yet in pixels.
import { durationText } from '../ui/duration-text.ts'
import { shortJson } from './describe-event.ts'
import type { Attempt, Instant, Pause, Unfolding, Visit } from './visit.ts'

export interface Row {
  readonly visit: Visit
  readonly depth: number
  readonly hasChildren: boolean
  readonly isOpen: boolean
}

/** What an item of a forEach is, shortened; null for everything else. */
export function itemText(visit: Visit): string | null {
  const item = visit.kind === 'item' ? visit.parent?.items?.[Number(visit.key)] : undefined
  return item === undefined ? null : typeof item === 'string' ? item.slice(0, 60) : shortJson(item, 60)
}

/** Whether the person opened or closed what the path names; where nothing is said the number of items decides. */
export type OpenRows = ReadonlyMap<string, boolean>

/** More items than this are folded away until asked for. */
const mostItemsOpen = 24

export const isRowOpen = (visit: Visit, open: OpenRows): boolean =>
  open.get(visit.path) ?? visit.children.length <= mostItemsOpen

export function timelineRows(unfolding: Unfolding, open: OpenRows): Row[] {
  const rows: Row[] = []
  const walk = (visits: readonly Visit[], depth: number) => {
    for (const visit of visits) {
      const hasChildren = visit.children.length > 0
      const isOpen = hasChildren && isRowOpen(visit, open)
      rows.push({ visit, depth, hasChildren, isOpen })
      if (isOpen) walk(visit.children, depth + 1)
    }
  }
  walk(unfolding.roots, 0)
  return rows
}

export type BarKind = 'queue' | 'run' | 'backoff' | 'timer' | 'event' | 'child' | 'scope' | 'instant'

export interface Bar {
  readonly kind: BarKind
  readonly from: Instant
  /** null: still going on. */
  readonly to: Instant | null
  readonly outcome: 'open' | 'completed' | 'failed' | 'cancelled'
  /** Stands in the bar where there is room. */
  readonly label: string | null
  /** What the hover says beside the times. */
  readonly text: string
  /** When it will end if nothing comes between. */
  readonly dueAt: Instant | null
}

/** `isRunning`: a worker is at its open attempt, though history does not tell since when. */
export function barsOf(visit: Visit, isRunning = false): Bar[] {
  const attempts = visit.attempts.flatMap((attempt) => attemptBars(attempt, visit, isRunning))
  const bars = [...attempts, ...visit.pauses.map(pauseBar)]
  if (
    visit.kind === 'container' ||
    visit.kind === 'branch' ||
    visit.kind === 'item' ||
    (visit.kind === 'compensate' && attempts.length === 0)
  )
    bars.unshift(scopeBar(visit))
  if (bars.length === 0)
    bars.push({
      kind: 'instant',
      from: visit.from,
      to: visit.to,
      outcome: outcomeOf(visit),
      label: null,
      text: visit.failure ? `${visit.failure.type}: ${visit.failure.message}` : 'Done at once',
      dueAt: null,
    })
  return bars
}

const outcomeOf = (visit: Visit): Bar['outcome'] =>
  visit.to === null
    ? 'open'
    : visit.state === 'failed'
      ? 'failed'
      : visit.state === 'cancelled'
        ? 'cancelled'
        : 'completed'

function attemptBars(attempt: Attempt, visit: Visit, isRunning: boolean): Bar[] {
  const { queuedAt, startedAt, endedAt, outcome, number, dueAt } = attempt
  const label = attempt.undoes ? `undo ${attempt.undoes}` : String(number)
  const who = attempt.undoes
    ? `${attempt.name} undoes ${attempt.undoes}`
    : visit.attempts.length > 1 || number > 1
      ? `Attempt ${number} of ${attempt.name}`
      : attempt.name
  const why = attempt.failure ? `${who} failed: ${attempt.failure.type}: ${attempt.failure.message}` : who
  if (attempt.childId)
    return [{ kind: 'child', from: queuedAt, to: endedAt, outcome, label: attempt.childId, text: why, dueAt }]
  // The start is told when the attempt ends; until then a worker that is at it is shown as if it had begun at once.
  const runFrom = startedAt ?? (endedAt === null && !isRunning ? null : queuedAt)
  const queue: Bar = {
    kind: 'queue',
    from: queuedAt,
    to: runFrom ?? endedAt,
    outcome: runFrom === null ? outcome : 'completed',
    label: null,
    text: `${attempt.name} waits for a worker`,
    dueAt: null,
  }
  const run: Bar | null =
    runFrom === null ? null : { kind: 'run', from: runFrom, to: endedAt, outcome, label, text: why, dueAt }
  return [...(queue.to === null || queue.to > queue.from ? [queue] : []), ...(run ? [run] : [])]
}

function pauseBar({ kind, from, to, dueAt, name, attempt, outcome }: Pause): Bar {
  const ended =
    outcome === 'open'
      ? 'open'
      : outcome === 'cancelled'
        ? 'cancelled'
        : outcome === 'timedOut'
          ? 'failed'
          : 'completed'
  const bar = { kind, from, to, dueAt, outcome: ended } as const
  switch (kind) {
    case 'backoff':
      return { ...bar, label: null, text: `Waits before attempt ${attempt ?? 2}` }
    case 'timer':
      return { ...bar, label: dueAt === null ? null : durationText(dueAt - from), text: 'Timer' }
    case 'event':
      return {
        ...bar,
        label: name,
        text: outcome === 'timedOut' ? `Event ${name} did not come in time` : `Waits for event ${name}`,
      }
  }
}

const scopeBar = (visit: Visit): Bar => ({
  kind: 'scope',
  from: visit.from,
  to: visit.to,
  outcome: outcomeOf(visit),
  label: null,
  text: visit.items === null ? 'All inside' : visit.items.length === 1 ? '1 item' : `${visit.items.length} items`,
  dueAt: null,
})

/** When something happened; what lies between may be folded. */
export function momentsOf(unfolding: Unfolding): Instant[] {
  const moments: Instant[] = []
  const add = (...times: (Instant | null)[]) => {
    for (const time of times) if (time !== null) moments.push(time)
  }
  for (const visit of unfolding.visits.values()) {
    add(visit.from, visit.to)
    for (const attempt of visit.attempts) {
      add(attempt.queuedAt, attempt.startedAt, attempt.endedAt)
    }
    for (const pause of visit.pauses) add(pause.from, pause.to)
  }
  for (const mark of unfolding.marks) add(mark.at)
  return moments
}

/** Stretches in which a worker is at it; they are never folded, however long. */
export function workOf(unfolding: Unfolding, now: Instant): { readonly from: Instant; readonly to: Instant }[] {
  const work: { from: Instant; to: Instant }[] = []
  for (const { attempt } of unfolding.tasks.values())
    if (!attempt.childId) work.push({ from: attempt.queuedAt, to: attempt.endedAt ?? now })
  return work
}
