import { IconArrowsSplit } from '@tabler/icons-react'
import { isObject } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { completionWords, counted, joined } from '../words.ts'

const empty = { start: '', steps: {} }

export const parallel: StepKind = {
  type: 'parallel',
  family: 'flow',
  title: 'Parallel',
  summary: 'Runs branches at the same time',
  words: 'fork branches concurrent all race merge',
  icon: IconArrowsSplit,
  create: () => ({ type: 'parallel', branches: { left: empty, right: empty } }),
  secondLine: (step) => {
    const count = isObject(step.branches) ? Object.keys(step.branches).length : 0
    return joined(counted(count, 'branch', 'branches'), completionWords(step.completion))
  },
}
