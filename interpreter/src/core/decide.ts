// The answer to a message: the events that follow, until nothing follows any more. The state is carried along through
// `evolve` as the events come, since later decisions of a turn rest on earlier ones; whoever needs the state before keeps a copy.
import type { Failure, HistoryEvent, Json } from '@durable-canvas/schema'
import { formatInstant } from '@durable-canvas/schema'
import { frameAt } from './containers.ts'
import { failure, failureOf } from './failure.ts'
import { enterAt, failInstance, placeAt, programOf, run } from './flow.ts'
import type { Message, Operator, StartMessage } from './message.ts'
import { evaluate, evaluateTime, type Place } from './place.ts'
import { type Program, semantics } from './program.ts'
import { createFrame, createState, isFinished, type State, type Task } from './state.ts'
import { activityCompleted, activityFailed, attemptFailed } from './steps/activity.ts'
import { compensatedStep, compensationCompleted } from './steps/compensate.ts'
import { stepKindOf } from './steps/index.ts'
import { childCompleted, childFailed } from './steps/sub-orchestration.ts'
import { deliver } from './steps/wait-for-event.ts'
import { Turn } from './turn.ts'

/** `at`: milliseconds since 1970, never before the state's last event. No events: the message changes nothing. */
export function decide(program: Program, state: State, message: Message, at: number): readonly HistoryEvent[] {
  const turn = new Turn(program, state, at)
  if (state.seq === 0) {
    if (message.type === 'start') start(turn, message)
    return turn.events
  }
  answer(turn, message)
  return turn.events
}

function answer(turn: Turn, message: Message): void {
  const { state } = turn
  if ('messageId' in message && message.messageId !== undefined && isKnown(state, message.messageId)) return
  if (isFinished(state)) {
    if (message.type === 'rewind' && state.status === 'Failed') rewind(turn, message)
    else if (message.type === 'migrate' && state.status === 'Failed') return apply(turn, message)
    else return
  } else if (state.status === 'Suspended' && isDeferrable(message)) defer(turn, message)
  else apply(turn, message)
  run(turn)
  keepWithinLimits(turn)
}

const isDeferrable = (message: Message): boolean =>
  message.type !== 'suspend' && message.type !== 'resume' && message.type !== 'terminate' && message.type !== 'migrate'

function defer(turn: Turn, message: Message): void {
  if (isStale(turn, message)) return
  // A task's answer is kept once: the first of two counts, as it would have without the pause.
  if ('task' in message && turn.state.deferred.some((kept) => 'task' in kept && kept.task === message.task)) return
  turn.emit({ type: 'MessageDeferred', message: message as unknown as { readonly [key: string]: Json } })
}

function isStale(turn: Turn, message: Message): boolean {
  if ('task' in message) return !taskFor(turn, message)
  return message.type === 'start' || message.type === 'rewind'
}

const isKnown = (state: State, messageId: string): boolean =>
  state.messageIds.has(messageId) ||
  state.deferred.some((kept) => kept.type === 'event' && kept.messageId === messageId)

const taskKinds = {
  activityCompleted: ['activity'],
  activityFailed: ['activity'],
  childCompleted: ['subOrchestration'],
  childFailed: ['subOrchestration'],
  due: ['start', 'executionTimeout', 'activity', 'timer', 'retry', 'event', 'scopeTimeout'],
} as const

/** The open task that the message answers, if it is of the kind that such a message can answer. */
function taskFor(turn: Turn, message: Extract<Message, { readonly task: number }>): Task | undefined {
  const task = turn.state.tasks.get(message.task)
  if (!task || !(taskKinds[message.type] as readonly string[]).includes(task.kind)) return undefined
  if (message.type === 'due' && (task.dueAt === null || task.dueAt > turn.at)) return undefined
  return task
}

function apply(turn: Turn, message: Message): void {
  const { state } = turn
  switch (message.type) {
    case 'start':
    case 'rewind':
      return
    case 'activityCompleted':
    case 'activityFailed':
    case 'childCompleted':
    case 'childFailed':
    case 'due': {
      const task = taskFor(turn, message)
      if (task) answerTask(turn, task, message)
      return
    }
    case 'event':
      raise(turn, message)
      return deliver(turn, message.name)
    case 'suspend':
      if (state.status !== 'Suspended') turn.emit({ type: 'ExecutionSuspended', ...operator(message) })
      return
    case 'resume':
      return resume(turn, message)
    case 'terminate':
      turn.emit({ type: 'ExecutionTerminated', ...operator(message) })
      return
    case 'migrate':
      turn.emit({
        type: 'ExecutionMigrated',
        version: message.version,
        ...(message.hash === undefined ? {} : { hash: message.hash }),
        ...operator(message),
      })
      return
    default:
      return unknownMessage(message)
  }
}

function raise(turn: Turn, { name, data, messageId, by }: Extract<Message, { readonly type: 'event' }>): void {
  turn.emit({
    type: 'EventRaised',
    name,
    data,
    ...(messageId === undefined ? {} : { messageId }),
    ...(by === undefined ? {} : { by }),
  })
}

const unknownMessage = (message: never): never => {
  throw new Error(`unknown message: ${JSON.stringify(message)}`)
}

const operator = ({ reason, by, messageId }: Operator) => ({
  ...(reason === undefined ? {} : { reason }),
  ...(by === undefined ? {} : { by }),
  ...(messageId === undefined ? {} : { messageId }),
})

type Answer = Extract<Message, { readonly task: number }>

function answerTask(turn: Turn, task: Task, message: Answer): void {
  if (message.type === 'due' && task.path === '') return rootDue(turn, task)
  const place = placeAt(turn, task.path)
  switch (message.type) {
    case 'activityCompleted':
      return place.step.type === 'compensate'
        ? compensationCompleted(place, task, message.result, message.startedAt)
        : activityCompleted(place, task, message.result, message.startedAt)
    case 'activityFailed':
      return place.step.type === 'compensate'
        ? attemptFailed(place, task, message.failure, message.startedAt, compensatedStep(place))
        : activityFailed(place, task, message.failure, message.startedAt)
    case 'childCompleted':
      return childCompleted(place, task, message.result)
    case 'childFailed':
      return childFailed(place, task, message.failure)
    default:
      return stepKindOf(place.step).due?.(place, task)
  }
}

function rootDue(turn: Turn, task: Task): void {
  if (task.kind === 'start') {
    turn.emit({ type: 'TimerFired', step: '', timer: task.id })
    return begin(turn)
  }
  failInstance(turn, failure('Timeout', 'the instance timed out'), undefined)
}

function start(turn: Turn, message: StartMessage): void {
  const { program } = turn
  const startAt = message.startAt !== undefined && message.startAt > turn.atMs ? message.startAt : null
  const opening = {
    type: 'ExecutionStarted',
    instanceId: message.instanceId,
    executionId: message.executionId,
    definition: program.name,
    version: program.version,
    ...(program.hash === undefined ? {} : { hash: program.hash }),
    semantics,
    input: message.input,
    variables: {},
    ...(startAt === null ? {} : { startAt: formatInstant(startAt) }),
    ...(message.parent === undefined ? {} : { parent: message.parent }),
    ...(message.continuedFrom === undefined ? {} : { continuedFrom: message.continuedFrom }),
    ...(message.carried === undefined || message.carried.length === 0 ? {} : { carried: message.carried }),
    ...(message.messageIds === undefined || message.messageIds.length === 0 ? {} : { messageIds: message.messageIds }),
    ...(message.restartOf === undefined ? {} : { restartOf: message.restartOf }),
    ...(message.reason === undefined ? {} : { reason: message.reason }),
    ...(message.by === undefined ? {} : { by: message.by }),
  } as const
  try {
    const outside = outsidePlace(turn, message)
    const variables = evaluate(outside, program.variables) as { readonly [name: string]: Json }
    const timeout = program.timeout ? evaluateTime(outside, program.timeout) : null
    const dueAt = timeout === null ? {} : { dueAt: formatInstant((startAt ?? turn.atMs) + timeout) }
    turn.emit({ ...opening, variables, ...dueAt })
  } catch (error) {
    const failed = failureOf(error, '')
    turn.emit(opening)
    return failInstance(turn, failed, undefined)
  }
  if (startAt === null) begin(turn)
  run(turn)
  keepWithinLimits(turn)
}

/** Where the document's own values are evaluated: before there is a state, with the input alone in sight. */
function outsidePlace(turn: Turn, message: StartMessage): Place {
  const { program, atMs, at } = turn
  const { instanceId, executionId, input } = message
  const known = { instanceId, executionId, input, definition: program.name, version: program.version, createdAt: at }
  const before = new Turn(program, { ...createState(), ...known, parent: message.parent ?? null }, atMs)
  const step = program.root.steps.get(program.root.start)
  if (!step) throw new Error(`the definition has no step ${program.root.start}`)
  return { turn: before, frame: createFrame('', '', null, '', input), step, path: '' }
}

function begin(turn: Turn): void {
  turn.agenda.push({ frame: frameAt(turn.state, ''), step: turn.program.root.start })
}

/**
 * What arrived meanwhile is applied in its order; what came due meanwhile follows in the order of due times, from the shell.
 * External events enter the history before all else, each given out when its turn comes: if an earlier answer ends the
 * execution, they are there for the rewind, or go along with continue-as-new.
 */
function resume(turn: Turn, message: Extract<Message, { readonly type: 'resume' }>): void {
  const { state } = turn
  if (state.status !== 'Suspended') return
  const kept = state.deferred
  turn.emit({ type: 'ExecutionResumed', ...operator(message) })
  for (const deferred of kept) if (deferred.type === 'event') raise(turn, deferred)
  for (const deferred of kept) {
    if (isFinished(state)) return
    if (deferred.type === 'event') deliver(turn, deferred.name)
    else apply(turn, deferred)
    run(turn)
  }
}

/** Every scope that stands continues with the step that it was at, at the same path; what was done is kept. */
function rewind(turn: Turn, message: Extract<Message, { readonly type: 'rewind' }>): void {
  const { state } = turn
  // Failed is the status that came with one.
  const failed = state.failure as Failure
  turn.emit({ type: 'ExecutionRewound', ...operator(message) })
  const stopped = [...state.frames.values()].filter(
    ({ current }) => current && !(current.fan && current.fan.open.size > 0),
  )
  // Nothing to go on with: it failed between its steps, and would again.
  if (stopped.length === 0) return failInstance(turn, failed, undefined)
  for (const frame of stopped)
    if (frame.current && state.frames.get(frame.path) === frame)
      enterAt({ turn, frame, step: programOf(turn, frame, frame.current.step), path: frame.current.path })
}

function keepWithinLimits(turn: Turn): void {
  const { state, program } = turn
  const { maxHistoryEvents } = program.limits
  if (state.seq <= maxHistoryEvents || isFinished(state)) return
  failInstance(
    turn,
    failure(
      'LimitExceeded',
      `the history has more than ${maxHistoryEvents} events; use continueAsNew to begin a new one`,
    ),
    undefined,
  )
}
