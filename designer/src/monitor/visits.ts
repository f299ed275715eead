// History → visits: a fold like the engine's own, but for eyes. It keeps what the engine may forget (closed visits, attempts,
// waits), evaluates nothing, and never needs the definition. Events are applied once, in order, so that a long history that
// grows costs only its growth.
import type { Failure, HistoryEvent } from '@durable-canvas/schema'
import { localName, parentPath, staticPathOf } from './paths.ts'
import type { StepStateName } from './step-state.ts'
import { emptyUnfolding, type Instant, type Mark, type Unfolding, type Visit, type VisitKind } from './visit.ts'
import { closeAttempt, closePause, endAttempt, endPause, openAttempt, openPause } from './visit-spans.ts'

export function unfold(events: readonly HistoryEvent[]): Unfolding {
  const unfolding = emptyUnfolding()
  for (const event of events) applyEvent(unfolding, event)
  return unfolding
}

/** Changes the unfolding in place. Events have to come in order of seq. */
export function applyEvent(unfolding: Unfolding, event: HistoryEvent) {
  const at = Date.parse(event.at)
  unfolding.seq = event.seq
  unfolding.lastAt = at
  switch (event.type) {
    case 'ExecutionStarted':
      unfolding.executionId = event.executionId
      unfolding.status = event.startAt === undefined ? 'Running' : 'Pending'
      unfolding.startedAt = at
      unfolding.input = event.input
      unfolding.variables = { ...event.variables }
      for (const { seq, name, data } of event.carried ?? []) unfolding.raised.set(seq, { name, data })
      return
    case 'TaskScheduled': {
      const { activity: name, attempt, compensates, dueAt } = event
      const visit = entered(unfolding, event, event.step, compensates === undefined ? 'activity' : 'compensate')
      openAttempt(unfolding, visit, { seq: event.seq, number: attempt, name, at, dueAt, undoes: compensates })
      return setState(visit, compensates === undefined ? 'scheduled' : 'running', at)
    }
    case 'TaskCompleted': {
      const visit = touched(unfolding, event, event.step)
      closeAttempt(unfolding, event.task, at, 'completed', null, event.startedAt)
      return visit.kind === 'compensate' ? undefined : close(visit, 'completed', at)
    }
    case 'TaskFailed': {
      const visit = touched(unfolding, event, event.step)
      closeAttempt(unfolding, event.task, at, 'failed', event.failure, event.startedAt)
      return fail(visit, event.failure, at)
    }
    case 'TimerCreated': {
      const isBackoff = event.purpose === 'retry'
      const visit = entered(unfolding, event, event.step, isBackoff ? null : 'timer')
      openPause(unfolding, visit, event.seq, {
        kind: isBackoff ? 'backoff' : 'timer',
        at,
        dueAt: event.dueAt,
        attempt: event.attempt,
      })
      return setState(visit, isBackoff ? 'retrying' : 'waiting', at)
    }
    case 'TimerFired':
      return timerFired(unfolding, event, at)
    case 'TimerCancelled': {
      closePause(unfolding, event.timer, at, 'cancelled')
      const visit = touched(unfolding, event, event.step)
      return visit.to === null ? cancel(visit, at) : undefined
    }
    case 'EventRaised':
      unfolding.raised.set(event.seq, { name: event.name, data: event.data })
      return mark(unfolding, event, at, 'event', event.name)
    case 'EventAwaited': {
      const visit = entered(unfolding, event, event.step, 'event')
      openPause(unfolding, visit, event.seq, { kind: 'event', at, dueAt: event.dueAt, name: event.name })
      return setState(visit, 'waiting', at)
    }
    case 'EventConsumed':
      closePause(unfolding, event.awaited, at, 'consumed')
      return close(touched(unfolding, event, event.step), 'completed', at)
    case 'EventSent':
    case 'ChoiceTaken':
      return close(entered(unfolding, event, event.step, 'instant'), 'completed', at)
    case 'SubOrchestrationInstanceCreated': {
      const visit = entered(unfolding, event, event.step, 'subOrchestration')
      const { seq, attempt, definition: name, instanceId: childId } = event
      openAttempt(unfolding, visit, { seq, number: attempt, name, at, childId }).startedAt = at
      return setState(visit, 'running', at)
    }
    case 'SubOrchestrationInstanceCompleted':
      closeAttempt(unfolding, event.task, at, 'completed', null)
      return close(touched(unfolding, event, event.step), 'completed', at)
    case 'SubOrchestrationInstanceFailed':
      closeAttempt(unfolding, event.task, at, 'failed', event.failure)
      return fail(touched(unfolding, event, event.step), event.failure, at)
    case 'VariablesAssigned':
      Object.assign(unfolding.variables, event.variables)
      return void passed(unfolding, event, event.step, at)
    case 'CustomStatusSet':
      unfolding.customStatus = event.status
      if (event.step !== undefined) passed(unfolding, event, event.step, at)
      return
    case 'ScopeEntered': {
      const { key } = localName(event.step)
      const kind = event.compensations
        ? 'compensate'
        : key === null
          ? 'container'
          : /^\d+$/.test(key)
            ? 'item'
            : 'branch'
      const visit = entered(unfolding, event, event.step, kind)
      if (event.items) visit.items = event.items
      return setState(visit, 'running', at)
    }
    case 'ScopeExited': {
      if (event.by !== undefined) passed(unfolding, event, event.by, at)
      const visit = touched(unfolding, event, event.step)
      closeInside(unfolding, visit, at)
      return close(visit, 'completed', at)
    }
    case 'ScopeFailed': {
      const visit = touched(unfolding, event, event.step)
      closeInside(unfolding, visit, at)
      return fail(visit, event.failure, at)
    }
    case 'ScopeCancelled': {
      const visit = touched(unfolding, event, event.step)
      closeInside(unfolding, visit, at)
      return cancel(visit, at)
    }
    case 'StepFailed':
      return fail(touched(unfolding, event, event.step), event.failure, at)
    case 'ErrorCaught': {
      const visit = touched(unfolding, event, event.step)
      closeInside(unfolding, visit, at)
      fail(visit, event.failure, at)
      visit.caughtBy = event.next
      return
    }
    case 'MessageDeferred':
      return
    case 'ExecutionSuspended':
      unfolding.status = 'Suspended'
      unfolding.suspensions.push({ from: at, to: null })
      return mark(unfolding, event, at, 'suspended', event.reason ?? 'Suspended')
    case 'ExecutionResumed':
      unfolding.status = 'Running'
      endSuspension(unfolding, at)
      return mark(unfolding, event, at, 'resumed', event.reason ?? 'Resumed')
    case 'ExecutionRewound':
      unfolding.status = 'Running'
      unfolding.failure = null
      unfolding.endedAt = null
      return mark(unfolding, event, at, 'rewound', event.reason ?? 'Rewound')
    case 'ExecutionMigrated':
      return mark(unfolding, event, at, 'migrated', `To version ${event.version}`)
    case 'ContinueAsNew':
      close(entered(unfolding, event, event.step, 'instant'), 'completed', at)
      return finish(unfolding, at)
    case 'ExecutionCompleted':
      unfolding.status = 'Completed'
      unfolding.output = event.output
      if (event.step !== undefined) passed(unfolding, event, event.step, at)
      return finish(unfolding, at)
    case 'ExecutionFailed':
      unfolding.status = 'Failed'
      unfolding.failure = event.failure
      if (event.step) failAtTop(touched(unfolding, event, event.step), event.failure, at)
      return finish(unfolding, at)
    case 'ExecutionTerminated':
      unfolding.status = 'Terminated'
      finish(unfolding, at)
      return mark(unfolding, event, at, 'terminated', event.reason ?? 'Terminated')
    default:
      // A newer server may tell of more than this page knows; that is no reason to show nothing.
      event satisfies never
  }
}

function timerFired(
  unfolding: Unfolding,
  event: { readonly seq: number; readonly step: string; readonly timer: number },
  at: Instant,
): void {
  if (event.step === '') {
    unfolding.status = 'Running'
    return
  }
  const visit = touched(unfolding, event, event.step)
  const pause = unfolding.timers.get(event.timer)?.pause
  if (!pause) return
  closePause(unfolding, event.timer, at, pause.kind === 'event' ? 'timedOut' : 'fired')
  if (pause.kind === 'backoff') setState(visit, visit.attempts.length > 0 ? 'scheduled' : 'failed', at)
  if (pause.kind === 'backoff' && visit.attempts.length === 0) visit.to = at
  if (pause.kind !== 'backoff') close(visit, 'completed', at)
}

function visitAt(unfolding: Unfolding, path: string, at: Instant): Visit {
  const known = unfolding.visits.get(path)
  if (known) return known
  const above = parentPath(path)
  const parent = above === null || above === '' ? null : visitAt(unfolding, above, at)
  const { id, visit: number, key } = localName(path)
  const visit: Visit = {
    path,
    staticPath: staticPathOf(path),
    id,
    number,
    key,
    parent,
    depth: parent ? parent.depth + 1 : 0,
    children: [],
    kind: 'instant',
    state: 'completed',
    since: at,
    from: at,
    to: at,
    attempts: [],
    pauses: [],
    failure: null,
    caughtBy: null,
    items: null,
    events: [],
  }
  unfolding.visits.set(path, visit)
  ;(parent?.children ?? unfolding.roots).push(visit)
  return visit
}

/** An event speaks of the step without opening it. */
function touched(unfolding: Unfolding, event: { readonly seq: number; readonly at?: string }, path: string): Visit {
  const visit = visitAt(unfolding, path, unfolding.lastAt ?? 0)
  if (visit.events.at(-1) !== event.seq) visit.events.push(event.seq)
  return visit
}

/** The step goes on, or again after a rewind; so does all that it stands in. */
function entered(unfolding: Unfolding, event: { readonly seq: number }, path: string, kind: VisitKind | null): Visit {
  const visit = touched(unfolding, event, path)
  if (kind !== null && visit.kind !== 'compensate') visit.kind = kind
  visit.to = null
  visit.failure = null
  visit.caughtBy = null
  for (let above = visit.parent; above && above.to !== null; above = above.parent) {
    above.to = null
    above.failure = null
    setState(above, 'running', unfolding.lastAt ?? 0)
  }
  return visit
}

/** An event that both opens and closes a step, or only adds to one that stands. */
function passed(unfolding: Unfolding, event: { readonly seq: number }, path: string, at: Instant): void {
  const isNew = !unfolding.visits.has(path)
  const visit = touched(unfolding, event, path)
  if (isNew) close(visit, 'completed', at)
}

function setState(visit: Visit, state: StepStateName, at: Instant): void {
  if (visit.state !== state || visit.events.length <= 1) visit.since = at
  visit.state = state
}

function close(visit: Visit, state: StepStateName, at: Instant): void {
  visit.state = state
  visit.since = at
  visit.to = at
}

function fail(visit: Visit, failure: Failure, at: Instant): void {
  close(visit, 'failed', at)
  visit.failure = failure
}

/** The step that brought the instance down is known by the event before; only a failure without one is news. */
function failAtTop(visit: Visit, failure: Failure, at: Instant): void {
  if (visit.state !== 'failed') fail(visit, failure, at)
}

function cancel(visit: Visit, at: Instant): void {
  close(visit, 'cancelled', at)
  for (const attempt of visit.attempts) if (attempt.outcome === 'open') endAttempt(attempt, at, 'cancelled', null)
  for (const pause of visit.pauses) if (pause.outcome === 'open') endPause(pause, at, 'cancelled')
}

/** What is still open inside of a scope that ends: a container that fell by one of its own has failed, the rest is given up. */
function closeInside(unfolding: Unfolding, visit: Visit, at: Instant): void {
  for (const child of visit.children) {
    if (child.to !== null) continue
    closeInside(unfolding, child, at)
    const fallen = child.children.findLast((one) => one.state === 'failed' && one.caughtBy === null)
    if (fallen?.failure) fail(child, fallen.failure, at)
    else cancel(child, at)
  }
}

function finish(unfolding: Unfolding, at: Instant): void {
  const all = { children: unfolding.roots } as Visit
  closeInside(unfolding, all, at)
  endSuspension(unfolding, at)
  unfolding.endedAt = at
}

function endSuspension(unfolding: Unfolding, at: Instant): void {
  const last = unfolding.suspensions.at(-1)
  if (last && last.to === null) last.to = at
}

function mark(
  unfolding: Unfolding,
  event: { readonly seq: number },
  at: Instant,
  kind: Mark['kind'],
  text: string,
): void {
  unfolding.marks.push({ seq: event.seq, at, kind, text })
}
