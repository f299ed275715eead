import { evaluate } from '../place.ts'
import { drawId } from '../random.ts'
import type { StepKind } from './step-kind.ts'

export const continueAsNew: StepKind = {
  enter(place) {
    const { turn, step, path } = place
    const input = step.input ? evaluate(place, step.input) : null
    const { raised } = turn.state
    turn.agenda.length = 0
    turn.emit({
      type: 'ContinueAsNew',
      step: path,
      input,
      executionId: drawId(() => turn.drawFor(path)),
      // Numbered up to 0, so that they stand before the first event of the new history and keep their order.
      carried: raised.map((event, index) => ({ ...event, seq: index + 1 - raised.length })),
    })
  },
}
