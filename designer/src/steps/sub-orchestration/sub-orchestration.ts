import { IconSitemap } from '@tabler/icons-react'
import { textAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { joined, retryWords } from '../words.ts'

export const subOrchestration: StepKind = {
  type: 'subOrchestration',
  family: 'work',
  title: 'Sub-orchestration',
  summary: 'Runs another definition',
  words: 'child workflow call nested execute',
  icon: IconSitemap,
  create: () => ({ type: 'subOrchestration', definition: '' }),
  secondLine: (step) => {
    const name = textAt(step, 'definition') || 'no definition yet'
    const version = typeof step.version === 'number' ? `${name} v${step.version}` : name
    return joined(version, step.mode === 'detach' ? 'does not wait' : '', retryWords(step.retry))
  },
}
