// The only place where state changes: one event, one change. It evaluates nothing and decides nothing, so that
// a replay is a fold and gives the same state as the live run did.
import type {
  ExecutionStarted,
  Failure,
  HistoryEvent,
  Json,
  ScopeEntered,
  SubOrchestrationInstanceCreated,
  TaskScheduled,
} from '@durable-canvas/schema'
import { bodyPath, collect, frameAt, frameOf, openContainer } from './containers.ts'
import { errorValue } from './failure.ts'
import type { Message } from './message.ts'
import { framePathOf, localStep, splitKey } from './path.ts'
import type { Program, ScopeProgram } from './program.ts'
import {
  createFrame,
  type Fan,
  type Frame,
  type State,
  type Status,
  type Task,
  type TaskKind,
  type Visit,
} from './state.ts'

/** Applies the event in place and answers the same state. Throws if the event cannot follow (a damaged history). */
export function evolve(program: Program, state: State, event: HistoryEvent): State {
  if (event.seq !== state.seq + 1) throw new Error(`history is broken: event ${event.seq} after ${state.seq}`)
  if (state.fallen.length > 0 && !carriesFailure.has(event.type)) state.fallen = []
  apply(program, state, event)
  state.seq = event.seq
  state.updatedAt = event.at
  return state
}

/** A failure on its way up, or the rewind after it. With any other event what fell before has been dealt with. */
const carriesFailure: ReadonlySet<HistoryEvent['type']> = new Set([
  'StepFailed',
  'ScopeFailed',
  'ScopeCancelled',
  'TimerCancelled',
  'ExecutionFailed',
  'ExecutionRewound',
] as const)

function apply(program: Program, state: State, event: HistoryEvent): void {
  switch (event.type) {
    case 'ExecutionStarted':
      return started(state, event)
    case 'TaskScheduled':
      return scheduled(state, event)
    case 'TaskCompleted': {
      const visit = answered(state, event.task)
      if (event.compensation) state.compensations.push({ ...event.compensation, step: event.step })
      if (visit.fan) {
        visit.fan.completed += 1
        const undone = visit.request?.compensates
        state.compensations = state.compensations.filter((compensation) => compensation.step !== undone)
      } else complete(state, event.step, event.output === undefined ? event.result : event.output)
      return
    }
    case 'TaskFailed':
      answered(state, event.task)
      return
    case 'TimerCreated':
      return timerCreated(
        state,
        event.step,
        event.seq,
        event.at,
        event.dueAt,
        event.purpose === 'retry' ? 'retry' : 'timer',
        event.attempt,
      )
    case 'TimerFired':
      return timerFired(state, event.step, event.timer, event.output)
    case 'TimerCancelled': {
      state.tasks.delete(event.timer)
      return
    }
    case 'EventRaised':
      state.raised.push({
        seq: event.seq,
        name: event.name,
        data: event.data,
        ...(event.messageId === undefined ? {} : { messageId: event.messageId }),
      })
      noteMessage(state, event.messageId)
      return
    case 'EventAwaited': {
      const visit = openVisit(state, event.step, event.at)
      openTask(state, visit, event, 'event', event.seq, event.name, event.dueAt ?? null)
      return
    }
    case 'EventConsumed': {
      const at = state.raised.findIndex((raised) => raised.seq === event.raised)
      const raised = state.raised[at]
      if (!raised) throw new Error(`history is broken: event ${event.seq} consumes ${event.raised}, which is not there`)
      state.raised.splice(at, 1)
      answered(state, event.awaited)
      complete(state, event.step, event.output === undefined ? raised.data : event.output)
      return
    }
    case 'EventSent':
    case 'ChoiceTaken':
      return complete(state, event.step, null)
    case 'SubOrchestrationInstanceCreated':
      return childCreated(state, event)
    case 'SubOrchestrationInstanceCompleted':
      answered(state, event.task)
      complete(state, event.step, event.output === undefined ? event.result : event.output)
      return
    case 'SubOrchestrationInstanceFailed':
      answered(state, event.task)
      return
    case 'VariablesAssigned':
      for (const [name, value] of Object.entries(event.variables)) state.variables[name] = value
      if (program.steps.get(staticOf(state, event.step))?.type === 'assign') passThrough(state, event.step)
      return
    case 'ScopeEntered':
      return scopeEntered(program, state, event)
    case 'ScopeExited':
      return scopeExited(program, state, event.step, event.output)
    case 'ScopeFailed':
      return scopeFell(state, event.step, true)
    case 'ScopeCancelled':
      return scopeFell(state, event.step, false)
    case 'StepFailed':
      // It stays open until its failure is caught, so that a rewind knows where to go on.
      openVisit(state, event.step, event.at)
      return
    case 'ErrorCaught': {
      const frame = frameOf(state, event.step)
      closeVisit(state, frame)
      frame.error = errorValue(event.failure)
      return
    }
    case 'CustomStatusSet':
      state.customStatus = event.status
      if (event.step !== undefined && program.steps.get(staticOf(state, event.step))?.type === 'setCustomStatus')
        passThrough(state, event.step)
      return
    case 'MessageDeferred':
      state.deferred.push(event.message as unknown as Message)
      return
    case 'ExecutionSuspended':
      noteMessage(state, event.messageId)
      state.status = 'Suspended'
      return
    case 'ExecutionResumed':
      noteMessage(state, event.messageId)
      state.status = runningStatus(state)
      state.deferred = []
      return
    case 'ExecutionRewound':
      noteMessage(state, event.messageId)
      return rewound(state)
    case 'ExecutionMigrated':
      noteMessage(state, event.messageId)
      state.version = event.version
      return
    case 'ContinueAsNew':
      state.continued = { executionId: event.executionId, input: event.input, carried: event.carried }
      finish(state, event.at)
      return
    case 'ExecutionCompleted':
      state.status = 'Completed'
      state.output = event.output
      if (event.step !== undefined) visited(state, event.step)
      finish(state, event.at)
      return
    case 'ExecutionFailed':
      state.status = 'Failed'
      state.failure = event.failure
      state.completedAt = event.at
      state.tasks.clear()
      if (event.step !== undefined && state.frames.has(framePathOf(event.step))) openVisit(state, event.step, event.at)
      return
    case 'ExecutionTerminated':
      noteMessage(state, event.messageId)
      state.status = 'Terminated'
      state.failure = terminatedFailure(event.reason)
      finish(state, event.at)
      return
    default:
      return unknownEvent(event)
  }
}

function noteMessage(state: State, messageId: string | undefined): void {
  if (messageId !== undefined) state.messageIds.add(messageId)
}

const unknownEvent = (event: never): never => {
  throw new Error(`unknown event type: ${JSON.stringify(event)}`)
}

export const terminatedFailure = (reason: string | undefined): Failure => ({
  type: 'Terminated',
  message: reason ?? 'terminated',
})

const runningStatus = (state: State): Status => {
  const first = state.tasks.get(1)
  return first?.kind === 'start' ? 'Pending' : 'Running'
}

function finish(state: State, at: string): void {
  state.completedAt = state.continued ? null : at
  state.tasks.clear()
  state.frames.clear()
  state.fallen = []
  state.compensations = []
}

function started(state: State, event: ExecutionStarted): void {
  state.instanceId = event.instanceId
  state.executionId = event.executionId
  state.definition = event.definition
  state.version = event.version
  state.semantics = event.semantics
  state.input = event.input
  state.variables = { ...event.variables }
  state.createdAt = event.at
  state.parent = event.parent ?? null
  state.raised = [...(event.carried ?? [])]
  for (const id of event.messageIds ?? []) state.messageIds.add(id)
  state.frames.set('', createFrame('', '', null, '', event.input))
  state.status = event.startAt === undefined ? 'Running' : 'Pending'
  if (event.startAt !== undefined) state.tasks.set(1, rootTask(1, 'start', event, event.startAt))
  if (event.dueAt !== undefined) state.tasks.set(0, rootTask(0, 'executionTimeout', event, event.dueAt))
}

const rootTask = (id: number, kind: TaskKind, event: HistoryEvent, dueAt: string): Task => ({
  id,
  kind,
  path: '',
  frame: '',
  since: event.at,
  dueAt,
  name: '',
  attempt: 1,
  event: null,
})

const staticOf = (state: State, step: string): string => {
  const { scope } = frameOf(state, step)
  const { step: id } = localStep(step)
  return scope === '' ? id : `${scope}/${id}`
}

/** Counts the visit, so that the next one of this step has another path. */
function visited(state: State, path: string): Frame {
  const frame = frameOf(state, path)
  const { step, visit } = localStep(path)
  frame.visits[step] = visit
  return frame
}

/** The open visit with this path, or a new one. */
function openVisit(state: State, path: string, at: string): Visit {
  const frame = frameOf(state, path)
  if (frame.current?.path === path) return frame.current
  const { step, visit } = localStep(path)
  frame.visits[step] = visit
  frame.current = { path, step, task: null, attempt: 1, firstAt: at, request: null, fan: null }
  return frame.current
}

function closeVisit(state: State, frame: Frame): void {
  const task = frame.current?.task
  if (task !== null && task !== undefined) state.tasks.delete(task)
  frame.current = null
}

function complete(state: State, path: string, output: Json): void {
  const frame = visited(state, path)
  frame.outputs[localStep(path).step] = output
  closeVisit(state, frame)
}

/** `assign` and `setCustomStatus` end with their own event; that of another step's assign or status changes no visit. */
const passThrough = (state: State, path: string): void => complete(state, path, null)

function openTask(
  state: State,
  visit: Visit,
  event: HistoryEvent,
  kind: TaskKind,
  id: number,
  name: string,
  dueAt: string | null,
): void {
  visit.task = id
  const path = visit.path
  state.tasks.set(id, {
    id,
    kind,
    path,
    frame: framePathOf(path),
    since: event.at,
    dueAt,
    name,
    attempt: visit.attempt,
    event,
  })
}

/** Closes the task and answers the visit that waited for it, which stays open. */
function answered(state: State, task: number): Visit {
  const open = state.tasks.get(task)
  const visit = open && state.frames.get(open.frame)?.current
  if (!visit) throw new Error(`history is broken: task ${task} is not open`)
  state.tasks.delete(task)
  visit.task = null
  return visit
}

function scheduled(state: State, event: TaskScheduled): void {
  const visit = openVisit(state, event.step, event.at)
  if (event.attempt === 1) visit.firstAt = event.at
  visit.attempt = event.attempt
  visit.request = {
    activity: event.activity,
    input: event.input,
    ...(event.compensates === undefined ? {} : { compensates: event.compensates }),
  }
  openTask(state, visit, event, 'activity', event.seq, event.activity, event.dueAt ?? null)
}

function childCreated(state: State, event: SubOrchestrationInstanceCreated): void {
  const visit = openVisit(state, event.step, event.at)
  if (event.attempt === 1) visit.firstAt = event.at
  visit.attempt = event.attempt
  openTask(state, visit, event, 'subOrchestration', event.seq, event.instanceId, null)
}

function timerCreated(
  state: State,
  path: string,
  seq: number,
  at: string,
  dueAt: string,
  kind: 'timer' | 'retry',
  attempt: number | undefined,
): void {
  const visit = openVisit(state, path, at)
  if (attempt !== undefined) visit.attempt = attempt
  visit.task = seq
  state.tasks.set(seq, {
    id: seq,
    kind,
    path,
    frame: framePathOf(path),
    since: at,
    dueAt,
    name: '',
    attempt: visit.attempt,
    event: null,
  })
}

function timerFired(state: State, path: string, timer: number, output: Json | undefined): void {
  const kind = state.tasks.get(timer)?.kind
  if (kind === 'start') {
    state.tasks.delete(timer)
    state.status = 'Running'
    return
  }
  answered(state, timer)
  if (kind === 'timer') complete(state, path, output ?? null)
}

function scopeEntered(program: Program, state: State, event: ScopeEntered): void {
  const keyed = splitKey(event.step)
  if (keyed) return branchEntered(program, state, event, keyed.container, keyed.key)
  const before = frameOf(state, event.step).current
  const visit = openVisit(state, event.step, event.at)
  visit.attempt = event.attempt ?? 1
  if (before && visit.attempt > 1) visit.firstAt = before.firstAt
  const step = stepOf(program, state, event.step)
  visit.fan = newFan(event)
  if (event.dueAt !== undefined) openTask(state, visit, event, 'scopeTimeout', event.seq, '', event.dueAt)
  if (step.type === 'scope') {
    const frame = frameOf(state, event.step)
    const input = event.input === undefined ? frame.input : event.input
    state.frames.set(event.step, createFrame(event.step, step.path, frame.path, '', input))
    visit.fan.open.add('')
  }
}

const newFan = (event: ScopeEntered): Fan => ({
  input: event.input ?? null,
  hasInput: event.input !== undefined,
  items: event.items ?? [],
  open: new Set(),
  next: 0,
  completed: 0,
  failed: 0,
  results: {},
  compensations: event.compensations ?? [],
})

function branchEntered(program: Program, state: State, event: ScopeEntered, container: string, key: string): void {
  const parent = frameOf(state, container)
  const fan = parent.current?.fan
  if (!fan) throw new Error(`history is broken: ${container} is not open`)
  const step = stepOf(program, state, container)
  const isItem = step.type === 'forEach'
  const index = isItem ? Number(key) : -1
  const item = isItem ? (fan.items[index] ?? null) : null
  const inherited = fan.hasInput ? fan.input : isItem ? item : parent.input
  const scope = isItem ? step.path : `${step.path}[${key}]`
  const frame = createFrame(event.step, scope, parent.path, key, event.input === undefined ? inherited : event.input)
  frame.item = item
  frame.index = index
  state.frames.set(event.step, frame)
  fan.open.add(key)
  if (isItem) fan.next = Math.max(fan.next, index + 1)
}

const stepOf = (program: Program, state: State, path: string) => {
  const step = program.steps.get(staticOf(state, path))
  if (!step) throw new Error(`history does not fit the definition: it has no step ${path}`)
  return step
}

export const scopeProgram = (program: Program, frame: Frame): ScopeProgram => {
  const scope = program.scopes.get(frame.scope)
  if (!scope) throw new Error(`history does not fit the definition: it has no scope ${frame.scope}`)
  return scope
}

function scopeExited(program: Program, state: State, path: string, output: Json | undefined): void {
  const keyed = splitKey(path)
  if (keyed) {
    const { fan } = openContainer(state, keyed.container)
    fan.open.delete(keyed.key)
    fan.completed += 1
    fan.results[keyed.key] = output ?? null
    dropFrame(state, path, null)
    return
  }
  const { visit, fan } = openContainer(state, path)
  const collected = output === undefined ? collect(stepOf(program, state, path), fan) : output
  for (const key of fan.open) dropFrame(state, bodyPath(visit.path, key), null)
  complete(state, path, collected)
}

/** A frame that failed or was cancelled is laid aside, in case the failure goes on to the top and is rewound. */
function scopeFell(state: State, path: string, failed: boolean): void {
  const keyed = splitKey(path)
  const container = keyed ? keyed.container : path
  const { visit, fan } = openContainer(state, container)
  const key = keyed?.key ?? ''
  fan.open.delete(key)
  if (failed) fan.failed += 1
  frameAt(state, bodyPath(container, key)).failed = failed
  dropFrame(state, bodyPath(container, key), state.fallen)
  if (!keyed && visit.task !== null) {
    state.tasks.delete(visit.task)
    visit.task = null
  }
}

function dropFrame(state: State, path: string, into: Frame[] | null): void {
  const frame = frameAt(state, path)
  const { current } = frame
  if (current?.fan) for (const key of current.fan.open) dropFrame(state, bodyPath(current.path, key), into)
  if (current?.task !== null && current?.task !== undefined) {
    state.tasks.delete(current.task)
    current.task = null
  }
  state.frames.delete(path)
  into?.push(frame)
}

function rewound(state: State): void {
  for (const frame of state.frames.values()) if (frame.current) frame.current.task = null
  state.status = 'Running'
  state.failure = null
  state.completedAt = null
  for (const frame of state.fallen) state.frames.set(frame.path, frame)
  for (const frame of state.fallen) {
    const fan = frameOf(state, frame.path).current?.fan
    if (!fan || fan.open.has(frame.key)) continue
    fan.open.add(frame.key)
    if (frame.failed) fan.failed -= 1
    frame.failed = false
  }
  state.fallen = []
}
