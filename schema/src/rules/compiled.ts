import { compileExpression, type Expression, ExpressionError } from '../expression/index.ts'

// An editor checks the whole document after every change, and nearly all of its expressions are the ones of the time before.
// `compileExpression` keeps those that it could compile; here are the others.

const capacity = 5_000
const broken = new Map<string, ExpressionError>()

export function compiled(source: string): Expression | ExpressionError {
  const known = broken.get(source)
  if (known !== undefined) return known
  try {
    return compileExpression(source)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    if (broken.size >= capacity) broken.clear()
    broken.set(source, error)
    return error
  }
}
