// Where what an author wants is beyond doubt, the problem offers it. Each fix is one edit that can be undone.
import { expressionOffset, isExpression, type Json, type Problem } from '@durable-canvas/schema'
import { renameStepReferences } from '../drawing/expression-references.ts'
import { fromPointer, getAt, isArray, isObject, type JsonObject, type JsonPath, renameKey } from '../drawing/json.ts'
import { addStep } from '../drawing/operations/add-step.ts'
import { removeRule } from '../drawing/operations/choices.ts'
import { removeSteps } from '../drawing/operations/remove-steps.ts'
import { setField } from '../drawing/operations/set-field.ts'
import { setStart } from '../drawing/operations/set-start.ts'
import { idOf, scopeOf, stepOfPointer } from '../drawing/static-path.ts'
import { scopeAt, stepAt, stepsIn } from '../drawing/tree.ts'
import { readDuration } from '../steps/fields/duration-text.ts'
import type { QuickFix } from '../steps/fields/field-owner.tsx'
import { perform } from '../store/drawing-store.ts'
import { oneExpression } from './one-expression.ts'

export function quickFixFor(problem: Problem, definition: JsonObject): QuickFix | undefined {
  const place = placeOf(problem, definition)
  return (place && (suggested(problem, place) ?? inPlace(problem, place, definition))) ?? ofStep(problem, definition)
}

/** Where the problem stands: in a step, or in the document itself. */
interface Place {
  readonly step: string | undefined
  readonly path: JsonPath
  readonly value: Json | undefined
  readonly holder: Json | undefined
  readonly key: string
}

function placeOf({ path }: Problem, definition: JsonObject): Place | undefined {
  const keys = fromPointer(path)
  const found = stepOfPointer(keys)
  const owner = found ? stepAt(definition, found.path) : definition
  if (owner === undefined) return undefined
  const inside: (string | number)[] = []
  for (const key of found?.rest ?? keys) inside.push(isArray(getAt(owner, inside)) ? Number(key) : key)
  return {
    step: found?.path,
    path: inside,
    value: getAt(owner, inside),
    holder: getAt(owner, inside.slice(0, -1)),
    key: String(inside.at(-1) ?? ''),
  }
}

const put =
  ({ step }: Place, path: JsonPath, value: Json | undefined) =>
  () =>
    void perform((before) => setField(before, step, path, value))

/** The check itself knows what was meant. */
function suggested({ code, message, position }: Problem, place: Place): QuickFix | undefined {
  const output = /the output of the step is `\$([^`]+)`$/.exec(message)?.[1]
  const near = output ?? /did you mean `([^`]+)`\?/.exec(message)?.[1]
  const { value, path, holder, key } = place
  if (near === undefined) return undefined
  if (code === 'UnknownProperty') {
    if (!isObject(holder) || near in holder) return undefined
    return { title: `Rename to ${near}`, run: put(place, path.slice(0, -1), renameKey(holder, key, near)) }
  }
  if (typeof value !== 'string') return undefined
  if (code === 'UnknownVariable') {
    const at = expressionOffset(value) + (position ?? 0)
    const name = /^\$\w+/.exec(value.slice(at))?.[0]
    if (name === undefined) return undefined
    const mended = `${value.slice(0, at)}$${near}${value.slice(at + name.length)}`
    return { title: `Change to $${near}`, run: put(place, path, mended) }
  }
  if (code === 'UnknownStepReference') {
    const id = /^`\$steps\.([^`]+)`/.exec(message)?.[1]
    if (id === undefined) return undefined
    return { title: `Change to $steps.${near}`, run: put(place, path, renameStepReferences(value, id, near)) }
  }
  return isExpression(value) ? undefined : { title: `Change to ${near}`, run: put(place, path, near) }
}

function inPlace({ code, message }: Problem, place: Place, definition: JsonObject): QuickFix | undefined {
  const { step, value, path, key, holder } = place
  switch (code) {
    case 'UnknownProperty':
      return value === undefined ? undefined : { title: `Remove ${key}`, run: put(place, path, undefined) }
    case 'OnTimeoutWithoutTimeout':
      return { title: 'Remove onTimeout', run: put(place, ['onTimeout'], undefined) }
    case 'PartialExpression': {
      const whole = typeof value === 'string' ? oneExpression(value) : undefined
      return whole === undefined ? undefined : { title: 'Make it one expression', run: put(place, path, whole) }
    }
    case 'InvalidDuration': {
      const read = typeof value === 'string' ? readDuration(value) : value
      return read === value ? undefined : { title: `Change to ${read}`, run: put(place, path, read) }
    }
    case 'RetryOutOfRange': {
      const first = getAt(holder, ['firstRetryInterval'])
      if (key !== 'maxRetryInterval' || first === undefined) return undefined
      return { title: `Raise it to ${first}`, run: put(place, path, first) }
    }
    case 'DuplicateChoice': {
      const index = Number(path[1])
      if (step === undefined || path[0] !== 'choices') return undefined
      return {
        title: `Remove choice ${index + 1}`,
        run: () => void perform((before) => removeRule(before, step, 'choices', index)),
      }
    }
    case 'UnknownVariable': {
      const name = /^Nothing is called `\$([A-Za-z_]\w*)` here$/.exec(message)?.[1]
      if (name === undefined) return undefined
      const declared = isObject(definition.variables) ? definition.variables : {}
      return {
        title: `Declare the variable ${name}`,
        run: () => void perform((before) => setField(before, undefined, ['variables'], { ...declared, [name]: null })),
      }
    }
    case 'UnknownTarget':
    case 'EdgeAcrossScope':
      if (step === undefined || !['next', 'otherwise', 'onTimeout'].includes(key) || path.length > 1) return undefined
      if (typeof value !== 'string' || value === '') return undefined
      return {
        title: key === 'next' ? `End after ${idOf(step)}` : `Remove ${key}`,
        run: put(place, path, undefined),
      }
    default:
      return undefined
  }
}

function ofStep({ code, step }: Problem, definition: JsonObject): QuickFix | undefined {
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
    default:
      return undefined
  }
}
