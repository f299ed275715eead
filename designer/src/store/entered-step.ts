import { type Program, staticPath } from '@durable-canvas/interpreter/core'
import type { HistoryEvent } from '@durable-canvas/schema'

/** The path of the step that is entered by the event; undefined where none is. */
export function enteredStep(program: Program, event: HistoryEvent): string | undefined {
  switch (event.type) {
    case 'TaskScheduled':
    case 'EventAwaited':
    case 'SubOrchestrationInstanceCreated':
    case 'ScopeEntered':
    case 'ChoiceTaken':
    case 'EventSent':
    case 'CustomStatusSet':
    case 'ContinueAsNew':
    case 'ExecutionCompleted':
      return event.step
    case 'VariablesAssigned':
      // Every step can assign when it completes.
      return program.steps.get(staticPath(event.step))?.type === 'assign' ? event.step : undefined
    case 'TimerCreated':
      return event.purpose === undefined ? event.step : undefined
    case 'ScopeExited':
      // An `end` step leaves this trace only.
      return event.by
    default:
      return undefined
  }
}
