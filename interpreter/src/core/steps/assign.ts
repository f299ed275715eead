import type { Json } from '@durable-canvas/schema'
import { goOn } from '../flow.ts'
import { evaluateField } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const assign: StepKind = {
  enter(place) {
    const { turn, frame, step, path } = place
    const variables = evaluateField(place, 'variables') as { readonly [name: string]: Json }
    turn.emit({ type: 'VariablesAssigned', step: path, variables })
    goOn(turn, frame, step.next, null)
  },
}
