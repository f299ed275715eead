// One line in words for each event of a history.
import type { Failure, HistoryEvent, Json } from '@durable-canvas/schema'
import { durationText } from '../ui/duration-text.ts'

const span = (from: string, to: string) => durationText(Date.parse(to) - Date.parse(from))
const failed = ({ type, message }: Failure) => `${type}: ${message}`
const because = (reason: string | undefined, by: string | undefined) =>
  `${by ? ` by ${by}` : ''}${reason ? `: ${reason}` : ''}`
const nth = (attempt: number) => (attempt > 1 ? `, attempt ${attempt}` : '')

function originOf({
  restartOf,
  instanceId,
  continuedFrom,
  parent,
  reason,
  by,
}: Extract<HistoryEvent, { type: 'ExecutionStarted' }>): string {
  if (restartOf !== undefined)
    return `${restartOf === instanceId ? ', restarted' : `, a restart of ${restartOf}`}${because(reason, by)}`
  return `${continuedFrom === undefined ? '' : ', continued as new'}${parent === undefined ? '' : ` by ${parent.instanceId}`}`
}

/** JSON in at most so many characters. */
export function shortJson(value: Json, length = 80): string {
  const text = JSON.stringify(value)
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

export function describeEvent(event: HistoryEvent): string {
  switch (event.type) {
    case 'ExecutionStarted':
      return `Started ${event.definition} version ${event.version}${event.startAt ? `, to begin in ${span(event.at, event.startAt)}` : ''}${originOf(event)}`
    case 'TaskScheduled':
      return event.compensates === undefined
        ? `Asked for ${event.activity}${nth(event.attempt)}`
        : `Asked for ${event.activity} to undo ${event.compensates}${nth(event.attempt)}`
    case 'TaskCompleted':
      return `Completed${event.startedAt ? ` after ${span(event.startedAt, event.at)}` : ''} with ${shortJson(event.result)}`
    case 'TaskFailed':
      return `Attempt ${event.attempt} failed${event.startedAt ? ` after ${span(event.startedAt, event.at)}` : ''}: ${failed(event.failure)}`
    case 'TimerCreated':
      return event.purpose === 'retry'
        ? `Waits ${span(event.at, event.dueAt)} before attempt ${event.attempt ?? 2}`
        : `Timer set for ${span(event.at, event.dueAt)}`
    case 'TimerFired':
      return 'Time is up'
    case 'TimerCancelled':
      return 'Timer given up'
    case 'EventRaised':
      return `Event ${event.name} arrived${event.by ? ` from ${event.by}` : ''} with ${shortJson(event.data)}`
    case 'EventAwaited':
      return `Waits for event ${event.name}${event.dueAt ? `, at most ${span(event.at, event.dueAt)}` : ''}${event.correlationKey ? `, key ${event.correlationKey}` : ''}`
    case 'EventConsumed':
      return `Took ${event.raised > 0 ? `event #${event.raised}` : 'an event that was carried over'}`
    case 'EventSent':
      return `Sent event ${event.name} to ${event.instanceId ?? `whoever waits for ${event.correlationKey ?? 'it'}`}`
    case 'SubOrchestrationInstanceCreated':
      return `Asked for ${event.definition} as ${event.instanceId}${event.mode === 'detach' ? ', without waiting for it' : ''}${nth(event.attempt)}`
    case 'SubOrchestrationInstanceCompleted':
      return `Child completed with ${shortJson(event.result)}`
    case 'SubOrchestrationInstanceFailed':
      return `Child failed, attempt ${event.attempt}: ${failed(event.failure)}`
    case 'VariablesAssigned':
      return `Set ${Object.entries(event.variables)
        .map(([name, value]) => `${name} = ${shortJson(value, 40)}`)
        .join(', ')}`
    case 'ChoiceTaken':
      return event.port < 0
        ? `Otherwise: on to ${event.next}`
        : `Condition ${event.port + 1} holds: on to ${event.next}`
    case 'ScopeEntered':
      if (event.items) return `Began with ${event.items.length} ${event.items.length === 1 ? 'item' : 'items'}`
      if (event.compensations)
        return `Began to undo ${event.compensations.length} ${event.compensations.length === 1 ? 'step' : 'steps'}`
      return `Began${nth(event.attempt ?? 1)}`
    case 'ScopeExited':
      return event.output === undefined ? 'Ended well' : `Ended well with ${shortJson(event.output)}`
    case 'ScopeFailed':
      return `Failed: ${failed(event.failure)}`
    case 'ScopeCancelled':
      return `Given up${event.reason ? `: ${event.reason}` : ''}`
    case 'StepFailed':
      return `Failed: ${failed(event.failure)}`
    case 'ErrorCaught':
      return `Caught ${event.failure.type}: on to ${event.next}`
    case 'CustomStatusSet':
      return `Custom status is ${shortJson(event.status)}`
    case 'MessageDeferred':
      return 'A message arrived while suspended; kept for later'
    case 'ExecutionSuspended':
      return `Suspended${because(event.reason, event.by)}`
    case 'ExecutionResumed':
      return `Resumed${because(event.reason, event.by)}`
    case 'ExecutionRewound':
      return `Rewound to its failed steps${because(event.reason, event.by)}`
    case 'ExecutionMigrated':
      return `Goes on under version ${event.version}${because(event.reason, event.by)}`
    case 'ContinueAsNew':
      return `Begins again with ${shortJson(event.input)}${event.carried.length ? `, ${event.carried.length} events carried over` : ''}`
    case 'ExecutionCompleted':
      return `Completed with ${shortJson(event.output)}`
    case 'ExecutionFailed':
      return `Failed: ${failed(event.failure)}`
    case 'ExecutionTerminated':
      return `Terminated${because(event.reason, event.by)}`
    default:
      // A newer server may tell of more than this page knows.
      event satisfies never
      return (event as HistoryEvent).type
  }
}
