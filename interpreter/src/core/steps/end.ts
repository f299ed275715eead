import { exitScope } from '../flow.ts'
import { evaluate } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const end: StepKind = {
  enter(place) {
    const { turn, frame, step, path } = place
    exitScope(turn, frame, step.output ? evaluate(place, step.output) : null, path)
  },
}
