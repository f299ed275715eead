import { IconArrowBackUp } from '@tabler/icons-react'
import { textAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'

export const compensate: StepKind = {
  type: 'compensate',
  family: 'work',
  title: 'Compensate',
  summary: 'Undoes what has completed, last first',
  words: 'undo roll back saga',
  icon: IconArrowBackUp,
  create: () => ({ type: 'compensate' }),
  secondLine: (step) => {
    const scope = textAt(step, 'scope')
    return scope ? `undoes what “${scope}” completed` : 'undoes all that has completed'
  },
}
