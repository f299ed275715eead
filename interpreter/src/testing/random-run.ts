// A run of one instance with messages made of a seed: answers in any order, timers, events, operators; late and doubled ones.
import type { Failure, HistoryEvent } from '@durable-canvas/schema'
import {
  createState,
  decide,
  isFinished,
  type Message,
  openTasks,
  type Program,
  type State,
  type Task,
} from '../core/index.ts'
import { type Draw, drawOf, errorTypes, eventNames } from './random-definition.ts'

export interface Step {
  readonly message: Message
  readonly at: number
  readonly events: readonly HistoryEvent[]
}

/** What a check is shown: before a message is decided, and after. */
export interface Watcher {
  readonly before?: (state: State, message: Message, at: number) => void
  readonly after?: (state: State, step: Step) => void
}

export interface RandomRun {
  /** Of the execution at the end. */
  readonly history: readonly HistoryEvent[]
  readonly steps: readonly Step[]
  readonly state: State
  readonly executions: number
  readonly now: number
}

const mostMessages = 60
const mostExecutions = 3

export function randomRun(program: Program, seed: string, watcher: Watcher = {}): RandomRun {
  const draw = drawOf(seed)
  let state = createState()
  let now = 1_700_000_000_000
  let executions = 1
  let history: HistoryEvent[] = []
  let steps: Step[] = []

  const send = (message: Message): void => {
    watcher.before?.(state, message, now)
    const events = decide(program, state, message, now)
    history.push(...events)
    const step = { message, at: now, events }
    steps.push(step)
    watcher.after?.(state, step)
  }

  send({ type: 'start', instanceId: 'i', executionId: 'e-1', input: { n: draw.below(4) } })
  for (let count = 0; count < mostMessages; count += 1) {
    if (state.continued && executions < mostExecutions) {
      const { executionId, input, carried } = state.continued
      const start: Message = {
        type: 'start',
        instanceId: 'i',
        executionId,
        input,
        carried,
        continuedFrom: state.executionId,
        messageIds: [...state.messageIds],
      }
      executions += 1
      state = createState()
      history = []
      steps = []
      send(start)
      continue
    }
    if (isFinished(state) && !(state.status === 'Failed' && draw.chance(0.5))) break
    now += draw.pick([0, 1, 500, 15_000])
    const { message, at } = nextMessage(draw, state, steps, now)
    now = Math.max(now, at)
    send(message)
  }
  return { history, steps, state, executions, now }
}

function nextMessage(draw: Draw, state: State, steps: readonly Step[], now: number): { message: Message; at: number } {
  const plain = (message: Message) => ({ message, at: now })
  if (isFinished(state)) return plain({ type: 'rewind', by: 'drawn' })
  const kind = draw.below(20)
  if (kind === 0) return plain(operation(draw, state))
  if (kind === 1) return plain(draw.pick(steps).message)
  const open = openTasks(state)
  if (kind < 5 || open.length === 0)
    return plain({
      type: 'event',
      name: draw.pick(eventNames),
      data: draw.below(9),
      ...(draw.chance(0.7) ? { messageId: `m-${draw.below(12)}` } : {}),
    })
  return answer(draw, draw.pick(open), now)
}

function operation(draw: Draw, state: State): Message {
  const id = draw.chance(0.5) ? { messageId: `o-${state.seq}` } : {}
  if (state.status === 'Suspended') return { type: draw.chance(0.9) ? 'resume' : 'terminate', by: 'drawn', ...id }
  return draw.chance(0.8) ? { type: 'suspend', reason: 'drawn', ...id } : { type: 'terminate', reason: 'drawn', ...id }
}

function answer(draw: Draw, task: Task, now: number): { message: Message; at: number } {
  const due = (): { message: Message; at: number } => ({
    message: { type: 'due', task: task.id },
    at: Math.max(now, Date.parse(task.dueAt ?? '') || now),
  })
  if (task.kind !== 'activity' && task.kind !== 'subOrchestration') return due()
  if (task.dueAt !== null && draw.chance(0.1)) return due()
  const isChild = task.kind === 'subOrchestration'
  if (draw.chance(0.65))
    return {
      message: {
        type: isChild ? 'childCompleted' : 'activityCompleted',
        task: task.id,
        result: draw.pick([1, 'text', { a: [1, null] }]),
      },
      at: now,
    }
  return {
    message: { type: isChild ? 'childFailed' : 'activityFailed', task: task.id, failure: failureOf(draw) },
    at: now,
  }
}

const failureOf = (draw: Draw): Failure => ({
  type: draw.pick(errorTypes),
  message: 'as drawn',
  ...(draw.chance(0.2) ? { nonRetryable: true } : {}),
  ...(draw.chance(0.2) ? { retryAfter: 2_000 } : {}),
})
