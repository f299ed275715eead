import { IconBoxMargin } from '@tabler/icons-react'
import { isArray } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { counted, durationWords, joined, retryWords } from '../words.ts'

export const scope: StepKind = {
  type: 'scope',
  family: 'flow',
  title: 'Scope',
  summary: 'A group with its own error handling',
  words: 'try catch group block',
  icon: IconBoxMargin,
  create: () => ({ type: 'scope', body: { start: '', steps: {} } }),
  secondLine: (step) => {
    const limit = durationWords(step.timeout)
    const catches = isArray(step.catch) ? step.catch.length : 0
    const parts = joined(
      limit && `at most ${limit}`,
      retryWords(step.retry),
      catches > 0 ? counted(catches, 'catch', 'catches') : '',
    )
    return parts === '' ? 'a group of steps' : parts
  },
}
