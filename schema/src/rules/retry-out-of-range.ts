import { parseDuration } from '../duration.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

/** The figures themselves are the schema's; here is what they must be to each other. */
export const retryOutOfRange: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps) {
    if (!('retry' in step) || step.retry === undefined) continue
    const { firstRetryInterval, maxRetryInterval } = step.retry
    const first = parseDuration(firstRetryInterval ?? 'PT0S')
    const longest = maxRetryInterval === undefined ? undefined : parseDuration(maxRetryInterval)
    if (first !== undefined && longest !== undefined && longest < first)
      yield problem(
        'RetryOutOfRange',
        { path: `${pointer}/retry/maxRetryInterval`, step: path },
        `\`maxRetryInterval\` (${maxRetryInterval}) is shorter than \`firstRetryInterval\` (${firstRetryInterval})`,
      )
  }
}
