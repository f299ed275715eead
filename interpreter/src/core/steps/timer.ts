import { formatInstant } from '@durable-canvas/schema'
import { StepFailure } from '../failure.ts'
import { decideOutput, guarded, proceed } from '../flow.ts'
import { evaluateInstant, evaluateTime, type Place } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const timer: StepKind = {
  enter(place) {
    place.turn.emit({ type: 'TimerCreated', step: place.path, dueAt: formatInstant(dueTime(place)) })
  },
  due(place, task) {
    guarded(place, () => {
      const decided = decideOutput(place, null)
      place.turn.emit({ type: 'TimerFired', step: place.path, timer: task.id, ...decided.recorded })
      proceed(place, decided)
    })
  },
}

function dueTime(place: Place): number {
  const { times, values } = place.step
  if (times.delay) return place.turn.atMs + Math.max(0, evaluateTime(place, times.delay))
  if (values.until) return evaluateInstant(place, values.until)
  throw new StepFailure('ExpressionError', 'a timer needs a delay or an instant')
}
