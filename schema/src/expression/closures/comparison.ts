import type { Evaluate } from '../compiler.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import type { Value } from '../value.ts'

export type Comparison = '<' | '<=' | '>' | '>='
type Compare = <T extends number | string>(a: T, b: T) => boolean

const comparisons: Readonly<Record<Comparison, Compare>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

export function compileComparison(token: Comparison, left: Evaluate, right: Evaluate, node: SyntaxNode): Evaluate {
  const { position } = node
  const compare = comparisons[token]
  const otherwise = (a: Value, b: Value, run: Run) => compareOthers(compare, a, b, token, position, run)
  const limit = node.rhs?.type === 'number' ? Number(node.rhs.value) : undefined
  if (limit !== undefined) return compileLimit(token, left, limit, otherwise)
  return (input, frame, run) => {
    run.tick()
    const a = left(input, frame, run)
    const b = right(input, frame, run)
    return typeof a === 'number' && typeof b === 'number' ? compare(a, b) : otherwise(a, b, run)
  }
}

/** Most conditions compare something with a number, so each of these is a closure of its own. */
function compileLimit(
  token: Comparison,
  left: Evaluate,
  limit: number,
  otherwise: (a: Value, b: Value, run: Run) => Value,
): Evaluate {
  switch (token) {
    case '<':
      return (input, frame, run) => {
        run.tick()
        const a = left(input, frame, run)
        return typeof a === 'number' ? a < limit : otherwise(a, limit, run)
      }
    case '<=':
      return (input, frame, run) => {
        run.tick()
        const a = left(input, frame, run)
        return typeof a === 'number' ? a <= limit : otherwise(a, limit, run)
      }
    case '>':
      return (input, frame, run) => {
        run.tick()
        const a = left(input, frame, run)
        return typeof a === 'number' ? a > limit : otherwise(a, limit, run)
      }
    case '>=':
      return (input, frame, run) => {
        run.tick()
        const a = left(input, frame, run)
        return typeof a === 'number' ? a >= limit : otherwise(a, limit, run)
      }
  }
}

function compareOthers(
  compare: Compare,
  a: Value,
  b: Value,
  token: string,
  position: number | undefined,
  run: Run,
): Value {
  if (!isComparable(a) || !isComparable(b)) {
    throw new Fault('T2010', { position, token, value: isComparable(a) ? b : a })
  }
  if (a === undefined || b === undefined) return undefined
  if (typeof a === 'string' && typeof b === 'string') {
    run.chargeText(Math.min(a.length, b.length))
    return compare(a, b)
  }
  if (typeof a === 'number' && typeof b === 'number') return compare(a, b)
  throw new Fault('T2009', { position, token, value: a, value2: b })
}

function isComparable(value: Value): value is undefined | number | string {
  return value === undefined || typeof value === 'number' || typeof value === 'string'
}
