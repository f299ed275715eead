import type { Compiler, Evaluate } from '../compiler.ts'
import { isEqual } from '../equality.ts'
import { Fault, located } from '../fault.ts'
import { isNumeric } from '../numeric.ts'
import type { Run } from '../run.ts'
import { operand, required, type SyntaxNode } from '../syntax-tree.ts'
import { toText } from '../text.ts'
import { isTruthy } from '../truth.ts'
import { isArray, type Value } from '../value.ts'
import { compileComparison } from './comparison.ts'
import { compileRange } from './range.ts'

export function compileBinary(compiler: Compiler, node: SyntaxNode): Evaluate {
  const left = compiler.compile(operand(node.lhs))
  const right = compiler.compile(required(node.rhs))
  const operator = String(node.value)
  const { position } = node
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return compileArithmetic(operator, left, right, position)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileComparison(operator, left, right, node)
    case '=':
    case '!=':
      return compileEquality(operator === '=', left, right, node)
    case 'and':
      return guarded(operator, position, (input, frame, run) => {
        run.tick()
        return isTruthy(left(input, frame, run), run) && isTruthy(right(input, frame, run), run)
      })
    case 'or':
      return guarded(operator, position, (input, frame, run) => {
        run.tick()
        return isTruthy(left(input, frame, run), run) || isTruthy(right(input, frame, run), run)
      })
    case '&':
      return compileConcatenation(left, right, position)
    case '..':
      return compileRange(left, right, position)
    case 'in':
      return compileInclusion(left, right)
    default:
      throw new Fault('S0204', { position, token: operator })
  }
}

/** For errors of the operator's own, which are rare enough to be located only when they happen. */
function guarded(token: string, position: number | undefined, evaluate: Evaluate): Evaluate {
  return (input, frame, run) => {
    try {
      return evaluate(input, frame, run)
    } catch (error) {
      throw located(error, position, token)
    }
  }
}

type Arithmetic = '+' | '-' | '*' | '/' | '%'

function compileArithmetic(token: Arithmetic, left: Evaluate, right: Evaluate, position: number | undefined): Evaluate {
  const compute = operations[token]
  return (input, frame, run) => {
    run.tick()
    const a = left(input, frame, run)
    const b = right(input, frame, run)
    if (typeof a === 'number' && typeof b === 'number' && Number.isFinite(a) && Number.isFinite(b)) return compute(a, b)
    checkOperand(a, 'T2001', token, position)
    checkOperand(b, 'T2002', token, position)
    return undefined
  }
}

const operations: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}

function checkOperand(value: Value, code: string, token: string, position: number | undefined): void {
  try {
    if (value !== undefined && !isNumeric(value)) throw new Fault(code, { value })
  } catch (error) {
    throw located(error, position, token)
  }
}

function compileEquality(isWanted: boolean, left: Evaluate, right: Evaluate, node: SyntaxNode): Evaluate {
  const constant = node.rhs?.type
  if (constant === 'string' || constant === 'number' || constant === 'value') {
    const wanted = node.rhs?.value
    return (input, frame, run) => {
      run.tick()
      const a = left(input, frame, run)
      return a !== undefined && (a === wanted) === isWanted
    }
  }
  return (input, frame, run) => {
    run.tick()
    const a = left(input, frame, run)
    const b = right(input, frame, run)
    return a !== undefined && b !== undefined && isEqual(a, b, run) === isWanted
  }
}

function compileConcatenation(left: Evaluate, right: Evaluate, position: number | undefined): Evaluate {
  return (input, frame, run) => {
    run.tick()
    const a = left(input, frame, run)
    const b = right(input, frame, run)
    try {
      const text = toText(a, run) + toText(b, run)
      run.allowText(text.length)
      return text
    } catch (error) {
      throw located(error, position, '&')
    }
  }
}

function compileInclusion(left: Evaluate, right: Evaluate): Evaluate {
  return (input, frame, run) => {
    run.tick()
    const item = left(input, frame, run)
    const items = right(input, frame, run)
    if (item === undefined || items === undefined) return false
    return isArray(items) ? includes(items, item, run) : items === item
  }
}

function includes(items: readonly Value[], item: Value, run: Run): boolean {
  run.chargeElements(items.length)
  // long strings are compared character by character
  if (typeof item === 'string') run.charge((item.length >> 6) * items.length)
  return items.indexOf(item) >= 0
}

export function compileNegation(compiler: Compiler, node: SyntaxNode): Evaluate {
  const evaluate = compiler.compile(required(node.expression))
  const { position } = node
  return (input, frame, run) => {
    run.tick()
    const value = evaluate(input, frame, run)
    if (value === undefined) return undefined
    try {
      if (isNumeric(value)) return -value
      throw new Fault('D1002', { value })
    } catch (error) {
      throw located(error, position, '-')
    }
  }
}
