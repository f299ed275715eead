import { IconRefresh } from '@tabler/icons-react'
import type { StepKind } from '../step-kind.ts'
import { valueWords } from '../words.ts'

export const continueAsNew: StepKind = {
  type: 'continueAsNew',
  family: 'ending',
  title: 'Continue as new',
  summary: 'Starts over with an empty history',
  words: 'restart loop forever again',
  icon: IconRefresh,
  create: () => ({ type: 'continueAsNew' }),
  secondLine: (step) => {
    const input = valueWords(step.input)
    return input === '' ? 'starts over' : `starts over with ${input}`
  },
}
