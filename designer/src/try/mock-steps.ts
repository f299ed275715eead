import { type JsonObject, textAt } from '../drawing/json.ts'
import { allSteps } from '../drawing/tree.ts'
import { titleOf } from '../steps/words.ts'

export interface MockStep {
  readonly path: string
  readonly title: string
  readonly kind: 'activity' | 'subOrchestration'
  /** The activity, or the child's definition. */
  readonly name: string
  /** The activity that undoes it. */
  readonly undoneBy: string | undefined
}

/** The steps that ask someone and wait for the answer. */
export function mockSteps(definition: JsonObject): readonly MockStep[] {
  return allSteps(definition).flatMap(({ path, id, step }) => {
    const { type } = step
    if (type !== 'activity' && (type !== 'subOrchestration' || step.mode === 'detach')) return []
    const name = textAt(step, type === 'activity' ? 'activity' : 'definition') ?? ''
    const undoneBy = textAt(step.compensate, 'activity')
    return [{ path, title: titleOf(id, step), kind: type, name, undoneBy }]
  })
}
