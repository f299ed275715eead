// Which steps of the document have completed, read out of what happened.
import type { HistoryEvent } from '@durable-canvas/schema'
import { splitKey, staticPath } from './path.ts'
import type { Program } from './program.ts'

/** Static paths of the steps that completed at least once, in the order in which they first did. */
export function completedSteps(program: Program, events: Iterable<HistoryEvent>): readonly string[] {
  const completed = new Set<string>()
  for (const event of events) {
    for (const step of completedBy(program, event)) completed.add(step)
    // What was answered well may still fail by its own output or assignment.
    if (event.type === 'StepFailed' || event.type === 'ErrorCaught') completed.delete(event.step)
  }
  return [...new Set([...completed].map(staticPath))]
}

function completedBy(program: Program, event: HistoryEvent): readonly string[] {
  switch (event.type) {
    case 'TaskCompleted':
      return ofType(program, event.step, 'activity')
    case 'SubOrchestrationInstanceCompleted':
    case 'EventConsumed':
    case 'EventSent':
    case 'ChoiceTaken':
    case 'ContinueAsNew':
      return [event.step]
    case 'TimerFired':
      return firesAsPlanned(program, event.step) ? [event.step] : []
    case 'VariablesAssigned':
      return ofType(program, event.step, 'assign')
    case 'CustomStatusSet':
      return event.step === undefined ? [] : ofType(program, event.step, 'setCustomStatus')
    case 'ScopeExited':
      return [...(event.by === undefined ? [] : [event.by]), ...(splitKey(event.step) === null ? [event.step] : [])]
    case 'ExecutionCompleted':
      return event.step === undefined ? [] : [event.step]
    default:
      return []
  }
}

const stepOf = (program: Program, path: string) => program.steps.get(staticPath(path))

const ofType = (program: Program, path: string, type: string): readonly string[] =>
  stepOf(program, path)?.type === type ? [path] : []

/** A timer, or a wait that has a way to go on when its time is over; other clocks are pauses and limits. */
function firesAsPlanned(program: Program, path: string): boolean {
  const step = stepOf(program, path)?.definition
  return step?.type === 'timer' || (step?.type === 'waitForEvent' && step.onTimeout !== undefined)
}
