import { compileProgram } from './compile-expression.ts'
import type { Bindings, Expression, ExpressionOptions, Host } from './expression.ts'
import type { Json } from './json.ts'

export interface Condition {
  readonly expression: Expression
  /** True as JSONata's `$boolean` has it; no match is false. */
  test(input?: Json, bindings?: Bindings, host?: Host): boolean
}

export function compileCondition(source: string, options: ExpressionOptions = {}): Condition {
  const { expression, test } = compileProgram(source, options)
  return { expression, test: (input, bindings, host) => test(input, bindings, host) }
}
