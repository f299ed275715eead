import { IconVariable } from '@tabler/icons-react'
import type { StepKind } from '../step-kind.ts'
import { keysWords } from '../words.ts'

export const assign: StepKind = {
  type: 'assign',
  family: 'data',
  title: 'Assign',
  summary: 'Sets variables',
  words: 'set variable change edit fields',
  icon: IconVariable,
  create: () => ({ type: 'assign', variables: {} }),
  secondLine: (step) => {
    const names = keysWords(step.variables)
    return names === '' ? 'no variables yet' : `sets ${names}`
  },
}
