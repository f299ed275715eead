import { IconArrowsSplit2 } from '@tabler/icons-react'
import { isArray } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { counted, joined } from '../words.ts'

export const choice: StepKind = {
  type: 'choice',
  family: 'flow',
  title: 'Choice',
  summary: 'Goes where the first true condition leads',
  words: 'if switch condition branch decision else',
  icon: IconArrowsSplit2,
  create: () => ({ type: 'choice', choices: [{ when: '{%  %}' }] }),
  secondLine: (step) => {
    const count = isArray(step.choices) ? step.choices.length : 0
    return joined(counted(count, 'condition'), typeof step.otherwise === 'string' ? '' : 'no otherwise')
  },
}
