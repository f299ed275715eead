import jsonata from 'jsonata'
import type { Bindings, Expression, ExpressionOptions, Host } from './expression.ts'
import { ExpressionError } from './expression-error.ts'
import type { Json } from './json.ts'
import { isTruthy } from './truth.ts'

type Value = Json | undefined
type Closure = (input: Value, bindings: Bindings, host: Host, root: Value) => Value
interface Node {
  type: string
  value?: unknown
  position?: number
  steps?: Node[]
  stages?: { expr: Node }[]
  lhs?: Node
  rhs?: Node
  procedure?: Node
}

/** First version: paths, variables, literals, comparison, arithmetic, and/or, &. */
export function compileExpression(source: string, _options: ExpressionOptions = {}): Expression {
  let ast: Node
  try {
    ast = jsonata(source).ast() as Node
  } catch (error) {
    const { code = 'S0500', message = String(error), position = 0, token } = error as Partial<ExpressionError>
    throw new ExpressionError({ code, message, position, token: token === undefined ? undefined : String(token) })
  }
  const references: { name: string; position: number }[] = []
  const stepReferences = new Set<string>()
  let usesInput = false
  const own = (value: Value, key: string): Value =>
    Array.isArray(value)
      ? value.flatMap((item: Json) => own(item, key) ?? [])
      : typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, Json>)[key]
        : undefined

  const compile = (node: Node): Closure => {
    switch (node.type) {
      case 'number':
      case 'string':
      case 'value': {
        const value = node.value as Json
        return () => value
      }
      case 'variable': {
        const name = String(node.value)
        if (name === '') {
          usesInput = true
          return (input) => input
        }
        if (name === '$') {
          usesInput = true
          return (_input, _bindings, _host, root) => root
        }
        references.push({ name, position: node.position ?? 0 })
        return (_input, bindings) => (Object.hasOwn(bindings, name) ? bindings[name] : undefined)
      }
      case 'name': {
        const key = String(node.value)
        return (input) => own(input, key)
      }
      case 'path': {
        const [first, second] = node.steps ?? []
        if (first?.type === 'variable' && first.value === 'steps' && second?.type === 'name')
          stepReferences.add(String(second.value))
        if (first?.type === 'name') usesInput = true
        const steps = (node.steps ?? []).map(compile)
        return (input, bindings, host, root) => {
          let value = input
          for (const step of steps) value = step(value, bindings, host, root)
          return Array.isArray(value) && value.length === 0 ? undefined : value
        }
      }
      case 'function': {
        if (node.procedure?.value === 'millis') return (_input, _bindings, host) => host.millis
        if (node.procedure?.value === 'now') return (_input, _bindings, host) => new Date(host.millis).toISOString()
        if (node.procedure?.value === 'random') return (_input, _bindings, host) => host.random()
        break
      }
      case 'binary': {
        if (node.lhs === undefined || node.rhs === undefined) break
        const left = compile(node.lhs)
        const right = compile(node.rhs)
        const operator = String(node.value)
        return (input, bindings, host, root) => {
          const a = left(input, bindings, host, root)
          if (operator === 'and') return isTruthy(a) && isTruthy(right(input, bindings, host, root))
          if (operator === 'or') return isTruthy(a) || isTruthy(right(input, bindings, host, root))
          const b = right(input, bindings, host, root)
          return apply(operator, a, b, node.position ?? 0)
        }
      }
    }
    throw new ExpressionError({ code: 'D9000', message: `Not yet supported: ${node.type}`, position: node.position })
  }
  const evaluate = compile(ast)
  return {
    source,
    variables: new Set(references.map(({ name }) => name)),
    references,
    stepReferences,
    usesInput,
    evaluate: (input, bindings = {}, host = { millis: Date.now(), random: Math.random }) =>
      evaluate(input, bindings, host, input),
  }
}

function apply(operator: string, a: Value, b: Value, position: number): Value {
  switch (operator) {
    case '=':
      return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b)
    case '!=':
      return a !== undefined && b !== undefined && JSON.stringify(a) !== JSON.stringify(b)
    case '&':
      return `${text(a)}${text(b)}`
    case 'in':
      return a !== undefined && Array.isArray(b) && b.includes(a)
  }
  if (a === undefined || b === undefined) return undefined
  if (typeof a === 'string' && typeof b === 'string') {
    if (operator === '<') return a < b
    if (operator === '>') return a > b
    if (operator === '<=') return a <= b
    if (operator === '>=') return a >= b
  }
  if (typeof a !== 'number' || typeof b !== 'number')
    throw new ExpressionError({
      code: 'T2001',
      message: `Operator ${operator} needs numbers`,
      position,
      token: operator,
    })
  switch (operator) {
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    case '>=':
      return a >= b
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
  }
  throw new ExpressionError({ code: 'D9000', message: `Not yet supported: ${operator}`, position, token: operator })
}

const text = (value: Value) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))
