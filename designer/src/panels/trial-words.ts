import type { HistoryEvent, Json } from '@durable-canvas/schema'
import { durationText } from '../ui/duration-text.ts'

const brief = (value: Json | undefined) => {
  const text = JSON.stringify(value ?? null)
  return text.length > 90 ? `${text.slice(0, 89)}…` : text
}

/** One line for what happened in a simulated run. */
export function eventWords(event: HistoryEvent): string {
  switch (event.type) {
    case 'ExecutionStarted':
      return `started with ${brief(event.input)}`
    case 'TaskScheduled':
      return `calls ${event.activity}${event.attempt > 1 ? `, attempt ${event.attempt}` : ''} with ${brief(event.input)}`
    case 'TaskCompleted':
      return `answered ${brief(event.result)}`
    case 'TaskFailed':
    case 'StepFailed':
    case 'ScopeFailed':
    case 'SubOrchestrationInstanceFailed':
      return `failed with ${event.failure.type}: ${event.failure.message}`
    case 'TimerCreated':
      return `waits ${durationText(Date.parse(event.dueAt) - Date.parse(event.at))}${event.purpose === 'retry' ? ' before the next attempt' : ''}`
    case 'TimerFired':
      return 'time is up'
    case 'EventAwaited':
      return `waits for ${event.name}`
    case 'EventRaised':
      return `event ${event.name} came with ${brief(event.data)}`
    case 'EventConsumed':
      return 'took the event'
    case 'ChoiceTaken':
      return event.port < 0 ? `otherwise, to ${event.next}` : `choice ${event.port + 1} holds, to ${event.next}`
    case 'VariablesAssigned':
      return `sets ${brief(event.variables)}`
    case 'CustomStatusSet':
      return `status ${brief(event.status)}`
    case 'SubOrchestrationInstanceCreated':
      return `runs ${event.definition}`
    case 'SubOrchestrationInstanceCompleted':
      return `gave ${brief(event.result)}`
    case 'ErrorCaught':
      return `caught, on to ${event.next}`
    case 'ScopeEntered':
      return event.items ? `begins with ${event.items.length} items` : 'begins'
    case 'ScopeExited':
      return 'ends'
    case 'ExecutionCompleted':
      return `completed with ${brief(event.output)}`
    case 'ExecutionFailed':
      return `failed with ${event.failure.type}: ${event.failure.message}`
    default:
      return event.type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  }
}
