import { ExpressionError } from '../expression/index.ts'
import { problem } from '../problem-codes.ts'
import { compiled } from './compiled.ts'
import type { Fields, Rule } from './subject.ts'
import { assignedVariables } from './variables.ts'

const boundNames: ReadonlySet<string> = new Set(['input', 'steps', 'result', 'error', 'context', 'index'])

/** A variable must not have a name under which expressions would see something else. */
export const reservedVariable: Rule = function* (subject) {
  for (const { name, pointer, step } of assignedVariables(subject)) {
    const reason = findReason(name)
    if (reason !== undefined)
      yield problem('ReservedVariable', { path: pointer, step }, `A variable cannot be called \`${name}\`: ${reason}`)
  }
  for (const { step, pointer, path } of subject.steps) {
    const { item } = step as unknown as Fields
    const reason = typeof item === 'string' ? findReason(item) : undefined
    if (reason !== undefined)
      yield problem(
        'ReservedVariable',
        { path: `${pointer}/item`, step: path },
        `An item cannot be called \`${item}\`: ${reason}`,
      )
  }
}

function findReason(name: string): string | undefined {
  // What is no name at all has been told by the shape.
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined
  if (boundNames.has(name)) return `\`$${name}\` has a meaning of its own`
  // The compiler is asked itself, since it decides which names are left for variables.
  return isVariable(name) ? undefined : `\`$${name}\` is a built-in function`
}

function isVariable(name: string): boolean {
  const variable = compiled(`$${name}`)
  return !(variable instanceof ExpressionError) && variable.variables.has(name)
}
