import type { Json } from '@durable-canvas/schema'
import { goOn } from '../flow.ts'
import { evaluate } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const assign: StepKind = {
  enter(place) {
    const { turn, frame, step, path } = place
    const values = step.values.variables
    const variables = (values ? evaluate(place, values) : {}) as { readonly [name: string]: Json }
    turn.emit({ type: 'VariablesAssigned', step: path, variables })
    goOn(turn, frame, step.next, null)
  },
}
