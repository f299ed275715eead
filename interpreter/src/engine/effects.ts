// What a turn asks of other instances: children to start, events to send, the parent to answer, children to give up.
// Read off the events alone, so that a recovery computes the same messages, with the same ids, once more.
import type { HistoryEvent, Json, ParentRef } from '@durable-canvas/schema'
import { type Message, type State, terminatedFailure } from '../core/index.ts'
import type { InboxMessage } from '../stores/store.ts'

export interface Child {
  readonly instanceId: string
  readonly onParentEnd: 'terminate' | 'detach'
}

export interface ChildStart {
  readonly definition: string
  readonly version?: number
  readonly input: Json
  readonly parent: ParentRef
}

export interface ChildAnswer {
  readonly executionId: string
  readonly message: Extract<Message, { readonly type: 'childCompleted' | 'childFailed' }>
}

export interface SentEvent {
  readonly name: string
  readonly data: Json
  readonly by?: string
}

/** `children`: the open ones by task; brought up to date. `state` is the one after the events. */
export function effectsOf(
  state: State,
  events: readonly HistoryEvent[],
  children: Map<number, Child>,
  at: number,
): InboxMessage[] {
  const messages: InboxMessage[] = []
  for (const event of events) {
    switch (event.type) {
      case 'SubOrchestrationInstanceCreated': {
        messages.push(childStart(state, event, at))
        if (event.mode === 'wait')
          children.set(event.seq, { instanceId: event.instanceId, onParentEnd: event.onParentEnd })
        break
      }
      case 'SubOrchestrationInstanceCompleted':
      case 'SubOrchestrationInstanceFailed':
        children.delete(event.task)
        break
      case 'EventSent':
        messages.push(sent(state, event, at))
        break
      case 'ExecutionCompleted':
      case 'ExecutionFailed':
      case 'ExecutionTerminated': {
        const answer = parentAnswer(state, event, at)
        if (answer) messages.push(answer)
        break
      }
      default:
    }
  }
  if (children.size > 0) messages.push(...givenUp(state, children, at))
  return messages
}

function childStart(
  state: State,
  event: Extract<HistoryEvent, { type: 'SubOrchestrationInstanceCreated' }>,
  at: number,
): InboxMessage {
  const { instanceId, executionId } = state
  const payload: ChildStart = {
    definition: event.definition,
    ...(event.version === undefined ? {} : { version: event.version }),
    input: event.input,
    parent: { instanceId, executionId, task: event.seq, step: event.step, mode: event.mode },
  }
  return message(`${instanceId}/${executionId}/${event.seq}/start`, event.instanceId, 'start', payload, at)
}

function sent(state: State, event: Extract<HistoryEvent, { type: 'EventSent' }>, at: number): InboxMessage {
  const target = event.instanceId ?? `key:${event.correlationKey ?? ''}`
  const payload: SentEvent = { name: event.name, data: event.data, by: state.instanceId }
  return message(event.messageId, target, 'event', payload, at)
}

type Ending = Extract<HistoryEvent, { type: 'ExecutionCompleted' | 'ExecutionFailed' | 'ExecutionTerminated' }>

function parentAnswer(state: State, event: Ending, at: number): InboxMessage | null {
  const { parent, instanceId, executionId } = state
  if (!parent || parent.mode === 'detach') return null
  const { task } = parent
  const failed =
    event.type === 'ExecutionFailed'
      ? event.failure
      : event.type === 'ExecutionTerminated'
        ? terminatedFailure(event.reason)
        : null
  const answer: ChildAnswer = {
    executionId: parent.executionId,
    message:
      event.type === 'ExecutionCompleted'
        ? { type: 'childCompleted', task, result: event.output }
        : {
            type: 'childFailed',
            task,
            failure: {
              type: 'SubOrchestrationFailed',
              message: `${instanceId}: ${failed?.type}: ${failed?.message}`,
              details: { instanceId, failure: failed as unknown as Json },
            },
          },
  }
  return message(`${instanceId}/${executionId}/${event.seq}/answer`, parent.instanceId, 'child', answer, at)
}

/** Children whose task is no longer open and that did not answer: their scope, or the parent itself, has ended without them. */
function givenUp(state: State, children: Map<number, Child>, at: number): InboxMessage[] {
  const messages: InboxMessage[] = []
  for (const [task, child] of children) {
    if (state.tasks.has(task)) continue
    children.delete(task)
    if (child.onParentEnd === 'detach') continue
    const operation: Message = {
      type: 'terminate',
      reason: `${state.instanceId} goes on without it`,
      by: state.instanceId,
    }
    messages.push(
      message(
        `${state.instanceId}/${state.executionId}/${task}/terminate`,
        child.instanceId,
        'operation',
        operation,
        at,
      ),
    )
  }
  return messages
}

const message = (
  id: string,
  instanceId: string,
  kind: InboxMessage['kind'],
  payload: unknown,
  at: number,
): InboxMessage => ({
  id,
  instanceId,
  kind,
  payloadJson: JSON.stringify(payload),
  at,
})

/** The child that this start asks for is there already, made by the same task: a second delivery. */
export const isSameParent = (started: ParentRef | null | undefined, parent: ParentRef): boolean =>
  started?.instanceId === parent.instanceId &&
  started.executionId === parent.executionId &&
  started.task === parent.task
