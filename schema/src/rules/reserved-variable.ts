import { functionCatalogue } from '../expression/index.ts'
import { problem } from '../problem-codes.ts'
import { isFields, type Rule } from './subject.ts'
import { assignedVariables } from './variables.ts'

export const boundNames: ReadonlySet<string> = new Set(['input', 'steps', 'result', 'error', 'context', 'index'])

/** A name that is bound already would hide the variable, or the variable a function. */
export const reservedVariable: Rule = function* (subject) {
  const functions = new Set(functionCatalogue.map(({ name }) => name))
  const reason = (name: string) => {
    if (boundNames.has(name)) return `\`$${name}\` has a meaning of its own`
    if (functions.has(name)) return `\`$${name}\` is a built-in function`
    return undefined
  }
  const seen = new Set<string>()
  for (const { name, pointer, step } of assignedVariables(subject)) {
    const why = reason(name)
    if (why === undefined || seen.has(name)) continue
    seen.add(name)
    yield problem('ReservedVariable', { path: pointer, step }, `A variable cannot be called \`${name}\`: ${why}`)
  }
  for (const { step, pointer, path } of subject.steps) {
    if (!isFields(step) || step.type !== 'forEach' || typeof step.item !== 'string') continue
    const why = reason(step.item)
    if (why !== undefined)
      yield problem(
        'ReservedVariable',
        { path: `${pointer}/item`, step: path },
        `An item cannot be called \`${step.item}\`: ${why}`,
      )
  }
}
