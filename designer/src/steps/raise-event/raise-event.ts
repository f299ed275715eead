import { IconSend2 } from '@tabler/icons-react'
import { textAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { valueWords } from '../words.ts'

export const raiseEvent: StepKind = {
  type: 'raiseEvent',
  family: 'data',
  title: 'Raise event',
  summary: 'Sends an event to another instance',
  words: 'send signal publish emit message',
  icon: IconSend2,
  create: () => ({ type: 'raiseEvent', event: '', instanceId: '' }),
  secondLine: (step) => {
    const event = textAt(step, 'event') || 'no event yet'
    const key = valueWords(step.correlationKey)
    const to = key ? `key ${key}` : valueWords(step.instanceId)
    return to === '' ? event : `${event} to ${to}`
  },
}
