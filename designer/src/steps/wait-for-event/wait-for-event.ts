import { IconMailPause } from '@tabler/icons-react'
import { textAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { durationWords, joined, valueWords } from '../words.ts'

export const waitForEvent: StepKind = {
  type: 'waitForEvent',
  family: 'waiting',
  title: 'Wait for event',
  summary: 'Takes one external event by name',
  words: 'receive webhook callback signal message approval trigger',
  icon: IconMailPause,
  create: () => ({ type: 'waitForEvent', event: '' }),
  secondLine: (step) => {
    const limit = durationWords(step.timeout)
    const key = valueWords(step.correlationKey)
    return joined(textAt(step, 'event') || 'no event yet', limit && `at most ${limit}`, key && `key ${key}`)
  },
}
