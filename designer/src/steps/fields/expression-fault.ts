// What is wrong with the text of an expression, and where: as soon as it is typed, long before the whole is checked.
import { compileExpression, ExpressionError } from '@durable-canvas/schema'

export interface Span {
  readonly from: number
  readonly to: number
}

export interface ExpressionFault {
  readonly message: string
  readonly span: Span
}

export function faultOf(source: string): ExpressionFault | undefined {
  if (source.trim() === '') return undefined
  try {
    compileExpression(source)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionError) return { message: error.message, span: spanOf(source, error) }
    throw error
  }
}

/** The parser stands behind the token that it stumbled on, or before it; at the end, the last sign is as near as can be. */
function spanOf(source: string, { position, token }: ExpressionError): Span {
  const before = position - token.length
  if (token !== '' && source.slice(Math.max(0, before), position) === token) return { from: before, to: position }
  if (token !== '' && source.startsWith(token, position)) return { from: position, to: position + token.length }
  const from = Math.max(0, Math.min(position, source.trimEnd().length) - 1)
  return { from, to: from + 1 }
}

/** What a problem of the checker is about: the name that begins at its position. */
export function spanAt(source: string, position: number): Span | undefined {
  const name = /^\$?[A-Za-z0-9_]+/.exec(source.slice(position))?.[0]
  return name === undefined ? undefined : { from: position, to: position + name.length }
}
