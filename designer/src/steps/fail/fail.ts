import { IconAlertOctagon } from '@tabler/icons-react'
import { getAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { valueWords } from '../words.ts'

export const fail: StepKind = {
  type: 'fail',
  family: 'ending',
  title: 'Fail',
  summary: 'Ends its scope with an error',
  words: 'throw error raise stop',
  icon: IconAlertOctagon,
  create: () => ({ type: 'fail', error: { type: 'Failed' } }),
  secondLine: (step) => {
    const message = valueWords(getAt(step.error, ['message']))
    const type = valueWords(getAt(step.error, ['type'])) || 'no error type'
    return message === '' ? type : `${type}: ${message}`
  },
}
