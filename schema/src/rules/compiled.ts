import { compileExpression, type Expression, ExpressionError } from '../expression/index.ts'

// An editor checks the whole document after every change, and nearly all of its expressions are the ones of the time before.

const capacity = 5_000
const cache = new Map<string, Expression | ExpressionError>()

export function compiled(source: string): Expression | ExpressionError {
  const known = cache.get(source)
  if (known !== undefined) return known
  const result = compile(source)
  if (cache.size >= capacity) cache.clear()
  cache.set(source, result)
  return result
}

function compile(source: string): Expression | ExpressionError {
  try {
    return compileExpression(source)
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}
