import { IconCircleCheck } from '@tabler/icons-react'
import type { StepKind } from '../step-kind.ts'
import { valueWords } from '../words.ts'

export const end: StepKind = {
  type: 'end',
  family: 'ending',
  title: 'End',
  summary: 'Ends its scope well',
  words: 'stop return succeed success finish output',
  icon: IconCircleCheck,
  create: () => ({ type: 'end' }),
  secondLine: (step) => {
    const output = valueWords(step.output)
    return output === '' ? 'gives nothing' : `gives ${output}`
  },
}
