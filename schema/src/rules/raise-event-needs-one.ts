import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

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
