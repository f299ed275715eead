import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const timerNeedsOne: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'timer' || (step.delay === undefined) !== (step.until === undefined)) continue
    const which = step.delay === undefined ? 'has neither `delay` nor `until`' : 'has both `delay` and `until`'
    yield problem('TimerNeedsOne', { path: pointer, step: path }, `The timer ${which}; it needs one of them`)
  }
}

export const raiseEventNeedsOne: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'raiseEvent' || (step.instanceId === undefined) !== (step.correlationKey === undefined)) continue
    const which =
      step.instanceId === undefined
        ? 'has neither `instanceId` nor `correlationKey`'
        : 'has both `instanceId` and `correlationKey`'
    yield problem('RaiseEventNeedsOne', { path: pointer, step: path }, `The event ${which}; it needs one of them`)
  }
}

export const onTimeoutWithoutTimeout: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps)
    if (step.type === 'waitForEvent' && step.onTimeout !== undefined && step.timeout === undefined)
      yield problem(
        'OnTimeoutWithoutTimeout',
        { path: `${pointer}/onTimeout`, step: path },
        '`onTimeout` is never taken, since there is no `timeout`',
      )
}
