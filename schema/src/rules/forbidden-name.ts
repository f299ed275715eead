import { pointerOf } from '../json-pointer.ts'
import { problem } from '../problem-codes.ts'
import { type Fields, isFields, type Rule } from './subject.ts'
import { assignedVariables } from './variables.ts'

const forbidden: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype'])
const namingFields = ['activity', 'definition', 'event', 'item', 'queue']

/** Names end up as keys of objects; these three would reach what every object inherits. */
export const forbiddenName: Rule = function* (subject) {
  const report = (name: unknown, path: string, step?: string) =>
    problem('ForbiddenName', { path, step }, `\`${name}\` cannot be a name`)
  if (forbidden.has(subject.document.name)) yield report(subject.document.name, '/name')
  for (const { name, pointer, step } of assignedVariables(subject))
    if (forbidden.has(name)) yield report(name, pointer, step)
  for (const { id, step, pointer, path } of subject.allSteps) {
    if (forbidden.has(id)) yield report(id, pointer, path)
    const fields = step as unknown as Fields
    for (const field of namingFields)
      if (forbidden.has(fields[field])) yield report(fields[field], pointerOf(pointer, field), path)
    if (isFields(fields.branches))
      for (const name of Object.keys(fields.branches))
        if (forbidden.has(name)) yield report(name, pointerOf(pointer, 'branches', name), path)
    if (isFields(fields.compensate) && forbidden.has(fields.compensate.activity))
      yield report(fields.compensate.activity, `${pointer}/compensate/activity`, path)
  }
}
