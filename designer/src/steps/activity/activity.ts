import { IconBolt } from '@tabler/icons-react'
import { textAt } from '../../drawing/json.ts'
import type { StepKind } from '../step-kind.ts'
import { durationWords, joined, retryWords } from '../words.ts'

export const activity: StepKind = {
  type: 'activity',
  family: 'work',
  title: 'Activity',
  summary: 'Calls a registered activity',
  words: 'task call function http request code',
  icon: IconBolt,
  create: () => ({ type: 'activity', activity: '' }),
  secondLine: (step) => {
    const name = textAt(step, 'activity') ?? ''
    const limit = durationWords(step.timeout)
    const how = joined(retryWords(step.retry), limit && `at most ${limit} each`)
    if (name === '') return 'no activity yet'
    // A title that is the activity's name in words leaves the line to what the title does not say.
    return how !== '' && isNameOf(textAt(step, 'title') ?? '', name) ? how : joined(name, how)
  },
}

function isNameOf(title: string, name: string): boolean {
  const letters = (text: string) => text.replace(/[^a-z0-9]/gi, '').toLowerCase()
  return letters(title) === letters(name)
}
