import { IconRepeat } from '@tabler/icons-react'
import { getAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { completionWords, joined, valueWords } from '../words.ts'

export const forEach: StepKind = {
  type: 'forEach',
  family: 'flow',
  title: 'For each',
  summary: 'Runs its body for every item',
  words: 'map loop iterate items each',
  icon: IconRepeat,
  create: () => ({ type: 'forEach', items: '{%  %}', body: { start: '', steps: {} } }),
  secondLine: (step) => {
    const items = valueWords(step.items)
    const most = typeof step.maxConcurrency === 'number' ? `, ${step.maxConcurrency} at a time` : ''
    const count = getAt(step.tolerate, ['count'])
    const percent = getAt(step.tolerate, ['percent'])
    const lost =
      typeof count === 'number' ? `${count} may fail` : typeof percent === 'number' ? `${percent} % may fail` : ''
    return joined(
      items === '' ? 'no items yet' : `each item of ${items}${most}`,
      completionWords(step.completion),
      lost,
    )
  },
}
