import { IconFlag } from '@tabler/icons-react'
import type { StepKind } from '../step-kind.ts'
import { valueWords } from '../words.ts'

export const setCustomStatus: StepKind = {
  type: 'setCustomStatus',
  family: 'data',
  title: 'Set status',
  summary: 'Sets what a query shows as custom status',
  words: 'progress custom status',
  icon: IconFlag,
  create: () => ({ type: 'setCustomStatus', status: '' }),
  secondLine: (step) => valueWords(step.status) || 'no status yet',
}
