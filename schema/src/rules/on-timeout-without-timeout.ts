import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const onTimeoutWithoutTimeout: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps)
    if (step.type === 'waitForEvent' && step.onTimeout !== undefined && step.timeout === undefined)
      yield problem(
        'OnTimeoutWithoutTimeout',
        { path: `${pointer}/onTimeout`, step: path },
        '`onTimeout` is never taken, since there is no `timeout`',
      )
}
