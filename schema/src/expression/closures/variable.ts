import { builtIn } from '../built-in.ts'
import type { Compiler, Evaluate } from '../compiler.ts'
import { Fault } from '../fault.ts'
import { unbound } from '../frame.ts'
import type { Run } from '../run.ts'
import { operand, required, type SyntaxNode } from '../syntax-tree.ts'
import { type FunctionValue, isInputWrapper, type Value } from '../value.ts'

const hasOwn = Object.prototype.hasOwnProperty

export function compileVariable(compiler: Compiler, node: SyntaxNode): Evaluate {
  const name = String(node.value)
  if (name === '') return readContext
  if (name === '$') return readRoot
  const free = freeVariable(name, node.position)
  const id = compiler.idOf(name)
  if (id === undefined) return free
  return (input, frame, run) => {
    run.tick()
    const value = frame.lookup(id)
    return value === unbound ? free(input, frame, run) : value
  }
}

function readContext(input: Value, _frame: unknown, run: Run): Value {
  run.tick()
  return isInputWrapper(input) ? input[0] : input
}

function readRoot(_input: Value, _frame: unknown, run: Run): Value {
  run.tick()
  return run.root
}

/** A binding of the host, else a built-in function of this name, else no match. */
export function freeVariable(name: string, position: number | undefined): Evaluate {
  if (name === 'eval') throw new Fault('S9003', { position, token: name })
  const fallback: FunctionValue | undefined = builtIn(name)
  return (_input, _frame, run) => {
    run.tick()
    const value = readBinding(run, name)
    return value === undefined ? fallback : value
  }
}

/** Only own properties, and nothing that is not data. */
export function readBinding(run: Run, name: string): Value {
  if (!hasOwn.call(run.bindings, name)) return undefined
  const value: Value = run.bindings[name]
  return typeof value === 'function' ? undefined : value
}

export function compileBinding(compiler: Compiler, node: SyntaxNode): Evaluate {
  const id = compiler.boundId(String(operand(node.lhs).value))
  const evaluate = compiler.compile(required(node.rhs))
  return (input, frame, run) => {
    run.tick()
    const value = evaluate(input, frame, run)
    frame.bind(id, value)
    return value
  }
}

/** `%`: the step before last has bound its context under the slot's label. */
export function compileParent(compiler: Compiler, node: SyntaxNode): Evaluate {
  const id = compiler.boundId(required(node.slot).label)
  return (_input, frame, run) => {
    run.tick()
    const value = frame.lookup(id)
    return value === unbound ? undefined : value
  }
}
