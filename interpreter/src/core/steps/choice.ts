import { StepFailure } from '../failure.ts'
import { goOn } from '../flow.ts'
import { test } from '../place.ts'
import type { StepKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const choice: StepKind = {
  enter(place) {
    const { turn, frame, path } = place
    const { definition, tests } = typed(place, 'choice')
    const port = tests.findIndex((condition) => test(place, condition))
    const next = port < 0 ? definition.otherwise : definition.choices[port]?.next
    if (next === undefined) throw new StepFailure('NoChoiceMatched', 'no condition was true, and there is no otherwise')
    turn.emit({ type: 'ChoiceTaken', step: path, port, next })
    goOn(turn, frame, next, null)
  },
}
