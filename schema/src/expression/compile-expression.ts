import { type Budget, defaultBudget } from './budget.ts'
import { Compiler, type Evaluate } from './compiler.ts'
import type { Bindings, Expression, ExpressionOptions, Host } from './expression.ts'
import { toExpressionError } from './expression-error.ts'
import { emptyFrame, Frame } from './frame.ts'
import type { Json } from './json.ts'
import { parse } from './parse.ts'
import { findReferences } from './references.ts'
import { toResult } from './result.ts'
import { Run } from './run.ts'
import { isTruthy } from './truth.ts'
import { type Value, wrapInput } from './value.ts'

/** Parses and compiles once. Throws ExpressionError with an S code. */
export function compileExpression(source: string, options: ExpressionOptions = {}): Expression {
  return compileProgram(source, options).expression
}

/** An expression, with its truth beside its value. */
export interface Program {
  readonly expression: Expression
  test(input: Json | undefined, bindings: Bindings | undefined, host: Host | undefined): boolean
}

const noBindings: Bindings = {}

// A compiled expression holds nothing of what it was evaluated with, so all who compile the same text can have the same one:
// a definition's versions differ in few of them, and it is checked, compiled and tried one after the other.
const capacity = 5_000
const known = new Map<string, Program>()

export function compileProgram(source: string, options: ExpressionOptions): Program {
  if (options.budget !== undefined) return compileAnew(source, options)
  const former = known.get(source)
  if (former !== undefined) return former
  const program = compileAnew(source, options)
  if (known.size >= capacity) known.clear()
  known.set(source, program)
  return program
}

function compileAnew(source: string, options: ExpressionOptions): Program {
  try {
    const tree = parse(source)
    const { references, stepReferences, usesInput, inputReferences, hidesInput } = findReferences(tree)
    const compiler = new Compiler(tree)
    const { evaluate, height } = compiler.compileBody(tree)
    const budget: Budget = options.budget === undefined ? defaultBudget : { ...defaultBudget, ...options.budget }
    const within = evaluator(evaluate, height, budget, compiler.bindsNames)
    return {
      expression: {
        source,
        variables: new Set(references.map(({ name }) => name)),
        references,
        stepReferences,
        usesInput,
        inputReferences,
        hidesInput,
        evaluate: (input, bindings, host) => within(toResult, input, bindings, host),
      },
      test: (input, bindings, host) => within(isTruthy, input, bindings, host),
    }
  } catch (error) {
    throw toExpressionError(error)
  }
}

function evaluator(evaluate: Evaluate, height: number, budget: Budget, bindsNames: boolean) {
  return <T>(
    finish: (value: Value, run: Run) => T,
    input: Json | undefined,
    bindings: Bindings | undefined,
    host: Host | undefined,
  ): T => {
    const run = new Run(budget, input, bindings ?? noBindings, host, height)
    try {
      const frame = bindsNames ? new Frame(undefined, [], []) : emptyFrame
      return finish(evaluate(Array.isArray(input) ? wrapInput(input) : input, frame, run), run)
    } catch (error) {
      throw toExpressionError(error)
    }
  }
}
