import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const timerNeedsOne: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'timer' || (step.delay === undefined) !== (step.until === undefined)) continue
    const which = step.delay === undefined ? 'has neither `delay` nor `until`' : 'has both `delay` and `until`'
    yield problem('TimerNeedsOne', { path: pointer, step: path }, `The timer ${which}; it needs one of them`)
  }
}
