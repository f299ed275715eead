import { StepFailure } from '../failure.ts'
import { goOn } from '../flow.ts'
import { evaluateField, type Place } from '../place.ts'
import type { StepKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const raiseEvent: StepKind = {
  enter(place) {
    const { turn, frame, step, path } = place
    const { definition, values } = typed(place, 'raiseEvent')
    const target = values.instanceId
      ? { instanceId: address(place, 'instanceId', 'instance id') }
      : { correlationKey: address(place, 'correlationKey', 'correlation key') }
    turn.emit({
      type: 'EventSent',
      step: path,
      ...target,
      name: definition.event,
      data: evaluateField(place, 'data'),
      messageId: `${turn.state.instanceId}/${turn.state.executionId}/${path}`,
    })
    goOn(turn, frame, step.next, null)
  },
}

function address(place: Place, field: string, what: string): string {
  const given = evaluateField(place, field)
  if (typeof given === 'string' && given !== '') return given
  if (typeof given === 'number') return String(given)
  throw new StepFailure('ExpressionError', `${JSON.stringify(given)} is no ${what}`)
}
