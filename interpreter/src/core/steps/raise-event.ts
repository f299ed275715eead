import type { Json } from '@durable-canvas/schema'
import { StepFailure } from '../failure.ts'
import { goOn } from '../flow.ts'
import { evaluate, type Place } from '../place.ts'
import type { Value } from '../program.ts'
import type { StepKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const raiseEvent: StepKind = {
  enter(place) {
    const { turn, frame, step, path } = place
    const { definition, values } = typed(place, 'raiseEvent')
    const target = values.instanceId
      ? { instanceId: address(place, values.instanceId, 'instance id') }
      : { correlationKey: address(place, values.correlationKey, 'correlation key') }
    turn.emit({
      type: 'EventSent',
      step: path,
      ...target,
      name: definition.event,
      data: values.data ? evaluate(place, values.data) : null,
      messageId: `${turn.state.instanceId}/${turn.state.executionId}/${path}`,
    })
    goOn(turn, frame, step.next, null)
  },
}

function address(place: Place, value: Value | undefined, what: string): string {
  const given: Json = value ? evaluate(place, value) : null
  if (typeof given === 'string' && given !== '') return given
  if (typeof given === 'number') return String(given)
  throw new StepFailure('ExpressionError', `${JSON.stringify(given)} is no ${what}`)
}
