import { goOn } from '../flow.ts'
import { evaluateField } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const setCustomStatus: StepKind = {
  enter(place) {
    const { turn, frame, step, path } = place
    turn.emit({ type: 'CustomStatusSet', step: path, status: evaluateField(place, 'customStatus') })
    goOn(turn, frame, step.next, null)
  },
}
