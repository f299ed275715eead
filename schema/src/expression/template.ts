import { compileExpression } from './compile-expression.ts'
import type { Bindings, Expression, ExpressionOptions, Host } from './expression.ts'
import { ExpressionError } from './expression-error.ts'
import type { Json } from './json.ts'

/** A value is plain JSON in which a string `{% … %}` stands for what the expression inside gives. */
export interface Template {
  /** No match is null. Parts without an expression are shared, not copied. */
  evaluate(input?: Json, bindings?: Bindings, host?: Host): Json
  readonly isConstant: boolean
  readonly expressions: readonly TemplateExpression[]
  readonly variables: ReadonlySet<string>
}

export interface TemplateExpression {
  /** JSON Pointer of the string, from the template's root. */
  readonly pointer: string
  readonly source: string
  readonly expression: Expression
}

export interface TemplateProblem {
  readonly pointer: string
  readonly error: ExpressionError
}

export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}')
}

/** The inside of `{% … %}`, trimmed. */
export function expressionSource(text: string): string {
  return text.slice(2, -2).trim()
}

/** Where the inside begins: an error's position plus this is an offset into the whole string. */
export function expressionOffset(text: string): number {
  const inside = text.slice(2, -2)
  return 2 + inside.length - inside.trimStart().length
}

type Part = (input: Json | undefined, bindings: Bindings | undefined, host: Host | undefined) => Json

/** Throws the first ExpressionError, with its pointer. */
export function compileTemplate(value: Json, options: ExpressionOptions = {}): Template {
  const expressions: TemplateExpression[] = []
  const part = compilePart(value, '', options, expressions)
  return {
    evaluate: part === undefined ? () => value : (input, bindings, host) => part(input, bindings, host),
    isConstant: part === undefined,
    expressions,
    variables: new Set(expressions.flatMap(({ expression }) => [...expression.variables])),
  }
}

/** Every expression in the value that does not compile; never throws. */
export function checkTemplate(value: Json, options: ExpressionOptions = {}): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  visitExpressions(value, '', (text, pointer) => {
    try {
      compileExpression(expressionSource(text), options)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      problems.push({ pointer, error: error.at(pointer) })
    }
  })
  return problems
}

function visitExpressions(value: Json, pointer: string, visit: (text: string, pointer: string) => void): void {
  if (isExpression(value)) visit(value, pointer)
  else if (isArray(value))
    value.forEach((item, index) => {
      visitExpressions(item, `${pointer}/${index}`, visit)
    })
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) visitExpressions(item, `${pointer}/${escapeKey(key)}`, visit)
  }
}

/** Undefined where nothing below has an expression: the value itself then serves every evaluation. */
function compilePart(
  value: Json,
  pointer: string,
  options: ExpressionOptions,
  found: TemplateExpression[],
): Part | undefined {
  if (isExpression(value)) return compileString(value, pointer, options, found)
  if (isArray(value)) {
    const items = value.map((item, index) => compilePart(item, `${pointer}/${index}`, options, found))
    if (items.every((item) => item === undefined)) return undefined
    return (input, bindings, host) =>
      value.map((item, index) => {
        const part = items[index]
        return part === undefined ? item : part(input, bindings, host)
      })
  }
  if (typeof value !== 'object' || value === null) return undefined
  const entries = Object.entries(value).map(
    ([key, item]) => [key, item, compilePart(item, `${pointer}/${escapeKey(key)}`, options, found)] as const,
  )
  if (entries.every(([, , part]) => part === undefined)) return undefined
  return (input, bindings, host) => {
    const result: Record<string, Json> = {}
    for (const [key, item, part] of entries)
      define(result, key, part === undefined ? item : part(input, bindings, host))
    return result
  }
}

function compileString(text: string, pointer: string, options: ExpressionOptions, found: TemplateExpression[]): Part {
  const source = expressionSource(text)
  const expression = withPointer(pointer, () => compileExpression(source, options))
  found.push({ pointer, source, expression })
  return (input, bindings, host) => withPointer(pointer, () => expression.evaluate(input, bindings, host) ?? null)
}

function withPointer<T>(pointer: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof ExpressionError ? error.at(pointer) : error
  }
}

/** An assignment to `__proto__` would set the prototype instead of a property. */
function define(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)

const escapeKey = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
