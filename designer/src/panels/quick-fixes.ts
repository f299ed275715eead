// Where what an author wants is beyond doubt, the problem offers it.
import type { Problem } from '@durable-canvas/schema'
import { getAt, type JsonObject } from '../drawing/json.ts'
import { addStep } from '../drawing/operations/add-step.ts'
import { removeSteps } from '../drawing/operations/remove-steps.ts'
import { setField } from '../drawing/operations/set-field.ts'
import { setStart } from '../drawing/operations/set-start.ts'
import { idOf, scopeOf } from '../drawing/static-path.ts'
import { scopeAt, stepAt, stepsIn } from '../drawing/tree.ts'
import type { QuickFix } from '../steps/fields/field-owner.tsx'
import { perform } from '../store/drawing-store.ts'

export function quickFixFor({ code, step, path }: Problem, definition: JsonObject): QuickFix | undefined {
  if (step === undefined || stepAt(definition, step) === undefined) return undefined
  switch (code) {
    case 'UnreachableStep': {
      const start = scopeAt(definition, scopeOf(step))?.start
      const isLost = !stepsIn(definition, scopeOf(step)).some(({ id }) => id === start)
      if (isLost) return { title: 'Start here', run: () => void perform((before) => setStart(before, step)) }
      return { title: 'Delete the step', run: () => void perform((before) => removeSteps(before, [step])) }
    }
    case 'MissingOtherwise':
      return {
        title: 'Otherwise end',
        run: () =>
          void perform((before) =>
            addStep(before, {
              step: { type: 'end' },
              id: 'end',
              scope: scopeOf(step),
              after: { from: step, port: 'otherwise' },
            }),
          ),
      }
    case 'UnknownProperty': {
      const field = path.slice(path.lastIndexOf('/') + 1)
      if (getAt(stepAt(definition, step), [field]) === undefined) return undefined
      return {
        title: `Remove ${field}`,
        run: () => void perform((before) => setField(before, step, [field], undefined)),
      }
    }
    case 'UnknownTarget': {
      const key = path.slice(path.lastIndexOf('/') + 1)
      const target = getAt(stepAt(definition, step), [key])
      if (key !== 'next' && key !== 'otherwise' && key !== 'onTimeout') return undefined
      if (typeof target !== 'string' || target === '') return undefined
      return {
        title: `End after ${idOf(step)}`,
        run: () => void perform((before) => setField(before, step, [key], undefined)),
      }
    }
    default:
      return undefined
  }
}
