import type { Compiler, Evaluate } from '../compiler.ts'
import { Frame } from '../frame.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import { isTruthy } from '../truth.ts'
import type { Value } from '../value.ts'

export function compileLiteral(node: SyntaxNode): Evaluate {
  const value = node.value as Value
  return (_input, _frame, run) => {
    run.tick()
    return value
  }
}

export function compileCondition(compiler: Compiler, node: SyntaxNode): Evaluate {
  const test = compiler.compile(required(node.condition))
  const whenTrue = compiler.compile(required(node.then))
  const whenFalse = node.else === undefined ? undefined : compiler.compile(node.else)
  return (input, frame, run) => {
    run.tick()
    if (isTruthy(test(input, frame, run), run)) return whenTrue(input, frame, run)
    return whenFalse === undefined ? undefined : whenFalse(input, frame, run)
  }
}

/** A block is a scope; one that binds nothing itself can do without a frame. */
export function compileBlock(compiler: Compiler, node: SyntaxNode): Evaluate {
  const parts = node.expressions ?? []
  const last = parts.at(-1)
  if (last === undefined) return () => undefined
  const steps = parts.slice(0, -1).map((part) => compiler.compile(part))
  const finish = node.tuple === true ? compiler.compileStep(last) : compiler.compile(last)
  if (steps.length === 0 && !compiler.bindsNames) return finish
  return (input, frame, run) => {
    run.tick()
    const inner = compiler.bindsNames ? new Frame(frame, [], []) : frame
    for (const step of steps) step(input, inner, run)
    return finish(input, inner, run)
  }
}
