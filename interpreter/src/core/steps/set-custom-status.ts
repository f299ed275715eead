import { goOn } from '../flow.ts'
import { evaluate } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const setCustomStatus: StepKind = {
  enter(place) {
    const { turn, frame, step, path } = place
    const status = step.values.customStatus
    turn.emit({ type: 'CustomStatusSet', step: path, status: status ? evaluate(place, status) : null })
    goOn(turn, frame, step.next, null)
  },
}
