import { pointerOf } from '../json-pointer.ts'
import { type Fields, isFields, type Subject } from './subject.ts'

export interface VariableUse {
  readonly name: string
  readonly pointer: string
  readonly step: string | undefined
}

/** Every place where a variable gets its name: in the document's `variables`, or by an assignment. */
export function* assignedVariables({ document, allSteps }: Subject): Generator<VariableUse> {
  yield* namesIn(document.variables, '/variables', undefined)
  for (const { step, pointer, path } of allSteps) {
    const fields = step as unknown as Fields
    yield* namesIn(fields.variables, `${pointer}/variables`, path)
    yield* namesIn(fields.assign, `${pointer}/assign`, path)
    if (!Array.isArray(fields.catch)) continue
    for (const [index, catcher] of fields.catch.entries())
      if (isFields(catcher)) yield* namesIn(catcher.assign, `${pointer}/catch/${index}/assign`, path)
  }
}

/** The name that a forEach binds its items to; undefined for other steps. */
export function itemName(step: unknown): string | undefined {
  if (!isFields(step) || step.type !== 'forEach') return undefined
  return typeof step.item === 'string' ? step.item : 'item'
}

function* namesIn(value: unknown, pointer: string, step: string | undefined): Generator<VariableUse> {
  if (!isFields(value)) return
  for (const name of Object.keys(value)) yield { name, pointer: pointerOf(pointer, name), step }
}
