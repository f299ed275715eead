import { isExpression } from '../expression/index.ts'
import { pointerOf } from '../json-pointer.ts'
import { problem } from '../problem-codes.ts'
import type { StepVisit } from '../walk.ts'
import type { Rule } from './subject.ts'

/** Lists of error types are compared letter by letter, so what cannot be a type would silently match nothing. */
export const invalidErrorType: Rule = function* ({ steps }) {
  for (const visit of steps) {
    for (const { type, path } of listedTypes(visit)) {
      const fault = faultOf(type)
      if (fault !== undefined && type !== '*') yield problem('InvalidErrorType', { path, step: visit.path }, fault)
    }
    const { step } = visit
    if (step.type !== 'fail' || isExpression(step.error.type)) continue
    const { type } = step.error
    const fault = typeof type === 'string' ? faultOf(type) : `An error type is a string, not ${JSON.stringify(type)}`
    if (fault !== undefined)
      yield problem('InvalidErrorType', { path: `${visit.pointer}/error/type`, step: visit.path }, fault)
  }
}

function faultOf(type: string): string | undefined {
  const shown = JSON.stringify(type)
  const isEvaluated: boolean = isExpression(type)
  if (isEvaluated) return `${shown} is not evaluated here; error types stand as they are`
  if (type.trim() !== type || type === '') return `${shown} is no error type: there is white space around it`
  if (type === '*') return '"*" stands for every error, and cannot be the type of one'
  if (type.includes('*')) return `${shown} is no error type: \`*\` works only alone, for every error`
  if (hasControl(type)) return `${shown} is no error type: it holds a control character`
  return undefined
}

const hasControl = (text: string) => [...text].some((character) => character < ' ')

function* listedTypes({ step, pointer }: StepVisit): Generator<{ readonly type: string; readonly path: string }> {
  const lists = [
    ...('retry' in step
      ? [
          { at: 'retry/retryOn', types: step.retry?.retryOn },
          { at: 'retry/abortOn', types: step.retry?.abortOn },
        ]
      : []),
    ...('catch' in step
      ? (step.catch ?? []).map(({ errors }, index) => ({ at: `catch/${index}/errors`, types: errors }))
      : []),
  ]
  for (const { at, types } of lists)
    for (const [index, type] of (types ?? []).entries()) yield { type, path: pointerOf(`${pointer}/${at}`, index) }
}
