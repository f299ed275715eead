// An instance as Azure's clients expect it.
import type { InstanceView } from '@durable-canvas/interpreter'
import type { HistoryEvent, Json } from '@durable-canvas/schema'

export interface StatusBody {
  readonly name: string
  readonly instanceId: string
  readonly runtimeStatus: string
  readonly input: Json
  readonly customStatus: Json
  readonly output: Json
  readonly createdTime: string
  readonly lastUpdatedTime: string
  readonly historyEvents: readonly Record<string, Json>[] | null
}

type Shown = Pick<
  InstanceView,
  'definition' | 'instanceId' | 'status' | 'customStatus' | 'failure' | 'createdAt' | 'lastUpdatedAt'
> &
  Partial<Pick<InstanceView, 'input' | 'output'>>

export function statusBody(
  view: Shown,
  showInput: boolean,
  historyEvents: readonly Record<string, Json>[] | null = null,
): StatusBody {
  return {
    name: view.definition,
    instanceId: view.instanceId,
    runtimeStatus: view.status,
    input: showInput ? (view.input ?? null) : null,
    customStatus: view.customStatus,
    // There the output of an instance that did not complete says why.
    output: view.failure ? `${view.failure.type}: ${view.failure.message}` : (view.output ?? null),
    createdTime: view.createdAt,
    lastUpdatedTime: view.lastUpdatedAt,
    historyEvents,
  }
}

export function historyBody(events: readonly HistoryEvent[], showOutput: boolean): readonly Record<string, Json>[] {
  const scheduled = new Map<number, { readonly name: string; readonly at: string }>()
  return events.map((event) => {
    if (event.type === 'TaskScheduled') scheduled.set(event.seq, { name: event.activity, at: event.at })
    if (event.type === 'SubOrchestrationInstanceCreated')
      scheduled.set(event.seq, { name: event.definition, at: event.at })
    return {
      EventType: event.type,
      Timestamp: event.at,
      ...('task' in event ? ofTask(scheduled.get(event.task)) : {}),
      ...details(event, showOutput),
    }
  })
}

const ofTask = (task: { readonly name: string; readonly at: string } | undefined): Record<string, Json> =>
  task ? { FunctionName: task.name, ScheduledTime: task.at } : {}

function details(event: HistoryEvent, showOutput: boolean): Record<string, Json> {
  switch (event.type) {
    case 'ExecutionStarted':
      return { FunctionName: event.definition }
    case 'TaskScheduled':
      return { FunctionName: event.activity }
    case 'TaskCompleted':
    case 'SubOrchestrationInstanceCompleted':
      return showOutput ? { Result: event.result } : {}
    case 'TaskFailed':
    case 'SubOrchestrationInstanceFailed':
      return { Reason: `${event.failure.type}: ${event.failure.message}` }
    case 'TimerCreated':
      return { FireAt: event.dueAt }
    case 'EventRaised':
      return { Name: event.name, ...(showOutput ? { Input: event.data } : {}) }
    case 'ExecutionCompleted':
      return { OrchestrationStatus: 'Completed', ...(showOutput ? { Result: event.output } : {}) }
    case 'ExecutionFailed':
      return { OrchestrationStatus: 'Failed', Reason: `${event.failure.type}: ${event.failure.message}` }
    case 'ExecutionTerminated':
      return { OrchestrationStatus: 'Terminated', ...(event.reason === undefined ? {} : { Reason: event.reason }) }
    default:
      return {}
  }
}
