import { formatInstant } from '@durable-canvas/schema'
import { StepFailure } from '../failure.ts'
import { completeWith } from '../flow.ts'
import { evaluateInstant, evaluateTime, type Place } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const timer: StepKind = {
  enter(place) {
    place.turn.emit({ type: 'TimerCreated', step: place.path, dueAt: formatInstant(dueTime(place)) })
  },
  due(place, task) {
    completeWith(place, { type: 'TimerFired', step: place.path, timer: task.id }, null)
  },
}

function dueTime(place: Place): number {
  const { times, values } = place.step
  if (times.delay) return place.turn.atMs + Math.max(0, evaluateTime(place, times.delay))
  if (values.until) return evaluateInstant(place, values.until)
  throw new StepFailure('ExpressionError', 'a timer needs a delay or an instant')
}
