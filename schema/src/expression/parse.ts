import jsonata from 'jsonata'
import { Fault } from './fault.ts'
import { guardSource } from './source-guard.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** The package's syntax tree. Throws faults with S codes, positions within the source. */
export function parse(source: string): SyntaxNode {
  guardSource(source)
  try {
    return jsonata(source).ast() as unknown as SyntaxNode
  } catch (error) {
    throw toFault(error)
  }
}

function toFault(error: unknown): Fault {
  const { code, position, token, value, message } = error as Readonly<Record<string, unknown>>
  if (typeof code === 'string') {
    return new Fault(code, { position: offset(position), token: text(token), value, message: text(message) })
  }
  // what JavaScript itself refused: a malformed regular expression or choice of types, or its stack's end
  if (error instanceof RangeError) return new Fault('S9002', { value: 'the supported number of' })
  return new Fault('S0500', { position: offset(position), message: text(message) })
}

const offset = (position: unknown) => (typeof position === 'number' && position >= 0 ? position : undefined)
const text = (token: unknown) => (token === undefined ? undefined : String(token))
