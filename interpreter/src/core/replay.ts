// A history read again: folded to the state that it led to, or decided again to see whether this definition would still give it.
import type { Definition, HistoryEvent, Json } from '@durable-canvas/schema'
import { parseInstant } from '@durable-canvas/schema'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import type { Message, Operator } from './message.ts'
import { compileProgram, type Program, type ProgramOptions } from './program.ts'
import { createState, type State } from './state.ts'

/** The state after the events; evaluates nothing. Continues on `state`, in place, where one is given. */
export function fold(program: Program, history: Iterable<HistoryEvent>, state: State = createState()): State {
  for (const event of history) evolve(program, state, event)
  return state
}

/** The first event that this definition would not give, and what it would give there instead. */
export interface Deviation {
  readonly seq: number
  readonly recorded: HistoryEvent | null
  readonly expected: HistoryEvent | null
  readonly message: string
}

export interface Replayed {
  /** As far as the history fits. */
  readonly state: State
  /** Null: the history is what this definition gives. */
  readonly deviation: Deviation | null
}

/** Decides every message of the history again, from its very beginning. Never throws on a history that does not fit. */
export function replay(
  definition: Definition,
  history: readonly HistoryEvent[],
  options: ProgramOptions = {},
): Replayed {
  const first = history[0]
  const version =
    first?.type === 'ExecutionStarted' ? { version: first.version, ...(first.hash ? { hash: first.hash } : {}) } : {}
  return replayProgram(compileProgram(definition, { ...version, ...options }), history)
}

/** `programOf`: the program of another version, for a history that was migrated; undefined: the same goes on. */
export function replayProgram(
  begun: Program,
  history: readonly HistoryEvent[],
  programOf: (version: number) => Program | undefined = () => undefined,
): Replayed {
  const state = createState()
  let program = begun
  let next = 0
  while (next < history.length) {
    const recorded = history[next] as HistoryEvent
    const message = messageOf(recorded)
    if (!message) return { state, deviation: deviation(recorded, null, 'nothing would have given this event here') }
    if (message.type === 'migrate') program = programOf(message.version) ?? program
    const expected = decideAgain(program, state, message, recorded)
    if (typeof expected === 'string') return { state, deviation: deviation(recorded, null, expected) }
    for (const event of expected.length === 0 ? [null] : expected) {
      const there = history[next] ?? null
      // The end of an incomplete history is no deviation.
      if (there === null) return { state, deviation: null }
      if (event === null || !isSame(event, there))
        return {
          state,
          deviation: deviation(there, event, event ? 'another event would follow' : 'nothing would follow'),
        }
      next += 1
    }
  }
  return { state, deviation: null }
}

const deviation = (recorded: HistoryEvent, expected: HistoryEvent | null, message: string): Deviation => ({
  seq: recorded.seq,
  recorded,
  expected,
  message: `event ${recorded.seq} is ${recorded.type}: ${message}${expected ? ` (${expected.type})` : ''}`,
})

function decideAgain(
  program: Program,
  state: State,
  message: Message,
  recorded: HistoryEvent,
): readonly HistoryEvent[] | string {
  try {
    return decide(program, state, message, parseInstant(recorded.at) ?? 0)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The message that a turn which begins with this event answered; null: no turn begins with such an event. */
export function messageOf(event: HistoryEvent): Message | null {
  switch (event.type) {
    case 'ExecutionStarted': {
      const { startAt, instanceId, executionId, input, parent, continuedFrom, carried, messageIds } = event
      const { restartOf, reason, by } = event
      return defined({
        type: 'start',
        instanceId,
        executionId,
        input,
        startAt: startAt === undefined ? undefined : parseInstant(startAt),
        parent,
        continuedFrom,
        carried,
        messageIds,
        restartOf,
        reason,
        by,
      })
    }
    case 'TaskCompleted':
      return defined({ type: 'activityCompleted', task: event.task, result: event.result, startedAt: event.startedAt })
    case 'TaskFailed':
      return defined({ type: 'activityFailed', task: event.task, failure: event.failure, startedAt: event.startedAt })
    case 'TimerFired':
      return { type: 'due', task: event.timer }
    case 'ExecutionFailed':
      return { type: 'due', task: 0 }
    case 'EventRaised':
      return defined({ type: 'event', name: event.name, data: event.data, messageId: event.messageId, by: event.by })
    case 'SubOrchestrationInstanceCompleted':
      return { type: 'childCompleted', task: event.task, result: event.result }
    case 'SubOrchestrationInstanceFailed':
      return { type: 'childFailed', task: event.task, failure: event.failure }
    case 'MessageDeferred':
      return event.message as unknown as Message
    case 'ExecutionSuspended':
      return defined({ type: 'suspend', ...operatorOf(event) })
    case 'ExecutionResumed':
      return defined({ type: 'resume', ...operatorOf(event) })
    case 'ExecutionTerminated':
      return defined({ type: 'terminate', ...operatorOf(event) })
    case 'ExecutionRewound':
      return defined({ type: 'rewind', ...operatorOf(event) })
    case 'ExecutionMigrated':
      return defined({ type: 'migrate', version: event.version, hash: event.hash, ...operatorOf(event) })
    default:
      return null
  }
}

const operatorOf = ({ reason, by, messageId }: Operator) => ({ reason, by, messageId })

/** Without the fields that are undefined. */
function defined(message: { readonly [field: string]: unknown; readonly type: Message['type'] }): Message {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined)) as unknown as Message
}

/** Whether a history of other semantics is decided the same is what is asked; that they are others is no difference. */
const isSame = (decided: HistoryEvent, recorded: HistoryEvent): boolean =>
  decided.type === 'ExecutionStarted' && recorded.type === 'ExecutionStarted'
    ? sameJson({ ...decided, semantics: recorded.semantics } as unknown as Json, recorded as unknown as Json)
    : sameJson(decided as unknown as Json, recorded as unknown as Json)

/** Equal as JSON, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    )
  const left = a as { readonly [key: string]: Json }
  const right = b as { readonly [key: string]: Json }
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  )
}
