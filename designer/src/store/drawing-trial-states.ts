// What the history of a simulated run makes of each step.
import type { HistoryEvent } from '@durable-canvas/schema'
import type { StepState } from '../drawing/step-state.ts'

const placeOf = (path: string) => path.replace(/#\d+/g, '').replace(/\[\d+\]/g, '')

export function trialStates(history: readonly HistoryEvent[]): Map<string, StepState> {
  const states = new Map<string, StepState>()
  const visited = new Map<string, Set<string>>()
  const put = (
    path: string,
    state: StepState['state'],
    at: string,
    more: Pick<StepState, 'label' | 'attempt'> = {},
  ) => {
    const place = placeOf(path)
    const visits = visited.get(place) ?? new Set()
    visited.set(place, visits.add(path))
    states.set(place, { state, since: at, visits: visits.size, ...more })
  }
  for (const event of history) {
    const { at } = event
    switch (event.type) {
      case 'TaskScheduled':
      case 'SubOrchestrationInstanceCreated':
        put(event.step, 'running', at, {
          attempt: event.attempt,
          ...(event.attempt > 1 && { label: `attempt ${event.attempt}` }),
        })
        break
      case 'TimerCreated':
        if (event.purpose === 'retry') put(event.step, 'retrying', at, { label: `attempt ${event.attempt ?? 2} next` })
        else put(event.step, 'waiting', at)
        break
      case 'EventAwaited':
        put(event.step, 'waiting', at, { label: `for ${event.name}` })
        break
      case 'ScopeEntered':
        put(event.step, 'running', at)
        break
      case 'TaskCompleted':
      case 'TimerFired':
      case 'EventConsumed':
      case 'SubOrchestrationInstanceCompleted':
      case 'EventSent':
      case 'ChoiceTaken':
        put(event.step, 'completed', at)
        break
      case 'VariablesAssigned':
        if (!states.has(placeOf(event.step))) put(event.step, 'completed', at)
        break
      case 'ScopeExited':
        put(event.step, 'completed', at)
        if (event.by) put(event.by, 'completed', at)
        break
      case 'CustomStatusSet':
        if (event.step && !states.has(placeOf(event.step))) put(event.step, 'completed', at)
        break
      case 'TaskFailed':
      case 'SubOrchestrationInstanceFailed':
      case 'StepFailed':
      case 'ScopeFailed':
        put(event.step, 'failed', at, { label: event.failure.type })
        break
      case 'TimerCancelled':
      case 'ScopeCancelled':
        put(event.step, 'cancelled', at)
        break
      case 'ExecutionCompleted':
        if (event.step) put(event.step, 'completed', at)
        break
      case 'ExecutionFailed':
        if (event.step && !states.has(placeOf(event.step))) put(event.step, 'failed', at, { label: event.failure.type })
        break
      default:
        break
    }
  }
  return states
}
