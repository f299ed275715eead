import type { HistoryEvent, Json } from '@durable-canvas/schema'
import type { Unfolding, Visit } from './visit.ts'

export interface VisitData {
  /** Undefined: the step has none, or history does not tell yet. */
  readonly input: Json | undefined
  readonly result: Json | undefined
  /** Only where an expression made something else of the result. */
  readonly output: Json | undefined
  readonly assigned: { readonly [name: string]: Json } | undefined
}

/** What went into a visit and what came out, as its events have it. `events[i]` has seq i + 1. */
export function visitData(visit: Visit, events: readonly HistoryEvent[], unfolding: Unfolding): VisitData {
  let data: VisitData = { input: undefined, result: undefined, output: undefined, assigned: undefined }
  for (const seq of visit.events) {
    const event = events[seq - 1]
    if (event && seq <= unfolding.seq) data = { ...data, ...told(event, unfolding) }
  }
  return data
}

function told(event: HistoryEvent, unfolding: Unfolding): Partial<VisitData> {
  switch (event.type) {
    case 'TaskScheduled':
    case 'SubOrchestrationInstanceCreated':
      return { input: event.input }
    case 'ScopeEntered':
      return { input: event.items ?? event.input }
    case 'EventSent':
      return { input: event.data }
    case 'TaskCompleted':
    case 'SubOrchestrationInstanceCompleted':
      return { result: event.result, output: event.output }
    case 'EventConsumed':
      return { result: unfolding.raised.get(event.raised)?.data, output: event.output }
    case 'TimerFired':
    case 'ScopeExited':
      return event.output === undefined ? {} : { result: event.output }
    case 'ChoiceTaken':
      return { result: { next: event.next, condition: event.port < 0 ? 'otherwise' : event.port + 1 } }
    case 'VariablesAssigned':
      return { assigned: event.variables }
    case 'CustomStatusSet':
      return { assigned: { 'custom status': event.status } }
    case 'ExecutionCompleted':
      return { result: event.output }
    default:
      return {}
  }
}
