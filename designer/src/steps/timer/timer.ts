import { isExpression } from '@durable-canvas/schema'
import { IconClock } from '@tabler/icons-react'
import { textAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { durationWords, sourceWords } from '../words.ts'

export const timer: StepKind = {
  type: 'timer',
  family: 'waiting',
  title: 'Timer',
  summary: 'Waits for a time; survives restarts',
  words: 'wait sleep delay pause schedule until',
  icon: IconClock,
  create: () => ({ type: 'timer', delay: 'PT1M' }),
  secondLine: (step) => {
    const until = textAt(step, 'until')
    if (until) return `until ${isExpression(step.until) ? sourceWords(until) : instantWords(until)}`
    const delay = durationWords(step.delay)
    return delay === '' ? 'no time yet' : `waits ${delay}`
  },
}

function instantWords(instant: string): string {
  return instant.replace('T', ' ').replace(/(:00)?(\.000)?Z$/, ' UTC')
}
