import { apply } from '../apply.ts'
import { builtIn } from '../built-in.ts'
import type { Compiler, Evaluate } from '../compiler.ts'
import { Fault, located } from '../fault.ts'
import type { Frame } from '../frame.ts'
import type { Run } from '../run.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import { type FunctionValue, functionValue, isFunction, TailCall, type Value } from '../value.ts'

export function compileCall(compiler: Compiler, node: SyntaxNode): Evaluate {
  return compileInvocation(compiler, node, undefined)
}

/** With a first argument that does not stand between the brackets: the left side of `~>`. */
export function compileInvocation(compiler: Compiler, node: SyntaxNode, first: Evaluate | undefined): Evaluate {
  const { target, args, token, position } = compileParts(compiler, node, first)
  return (input, frame, run) => {
    run.tick()
    const called = target(input, frame, run)
    const values = evaluateAll(args, input, frame, run)
    try {
      return apply(called, values, input, run)
    } catch (error) {
      throw located(error, position, token)
    }
  }
}

/** Hands the call to whoever called this function, so that tail recursion does not nest. */
export function compileTailCall(compiler: Compiler, node: SyntaxNode): Evaluate {
  const { target, args, token, position } = compileParts(compiler, node, undefined)
  return (input, frame, run) => {
    run.tick()
    const call = new TailCall(target(input, frame, run), evaluateAll(args, input, frame, run), position, token)
    // only apply ever sees it
    return call as unknown as Value
  }
}

function compileParts(compiler: Compiler, node: SyntaxNode, first: Evaluate | undefined) {
  const token = calledName(node)
  const args = (node.arguments ?? []).map((argument) => compiler.compile(argument))
  return {
    target: compileTarget(compiler, node, token, 'T1005'),
    args: first === undefined ? args : [first, ...args],
    token,
    position: node.position,
  }
}

function evaluateAll(parts: readonly Evaluate[], input: Value, frame: Frame, run: Run): Value[] {
  const values: Value[] = []
  for (const part of parts) values.push(part(input, frame, run))
  return values
}

/** A built-in function is found now; what the host binds under its name is data, so it could not be called anyway. */
function compileTarget(compiler: Compiler, node: SyntaxNode, token: string | undefined, code: string): Evaluate {
  const procedure = required(node.procedure)
  const name = procedure.type === 'variable' && procedure.predicate === undefined ? String(procedure.value) : ''
  const known = compiler.idOf(name) === undefined ? builtIn(name) : undefined
  if (known !== undefined) return () => known
  const evaluate = compiler.compile(procedure)
  const forgotten = procedure.type === 'path' && token !== undefined && isCallable(compiler, token) ? token : undefined
  if (forgotten === undefined) return evaluate
  return (input, frame, run) => {
    const target = evaluate(input, frame, run)
    if (target === undefined) throw new Fault(code, { position: node.position, token: forgotten })
    return target
  }
}

const isCallable = (compiler: Compiler, name: string) =>
  builtIn(name) !== undefined || compiler.idOf(name) !== undefined

function calledName(node: SyntaxNode): string | undefined {
  const procedure = required(node.procedure)
  const named = procedure.type === 'path' ? procedure.steps?.[0] : procedure
  return typeof named?.value === 'string' ? named.value : undefined
}

/** `$f(?, 1)`: a function of the arguments that are left out. */
export function compilePartial(compiler: Compiler, node: SyntaxNode): Evaluate {
  const token = calledName(node)
  const target = compileTarget(compiler, node, token, 'T1007')
  const args = (node.arguments ?? []).map((argument) =>
    argument.type === 'operator' && argument.value === '?' ? undefined : compiler.compile(argument),
  )
  return (input, frame, run) => {
    run.tick()
    const given = args.map((argument) => argument?.(input, frame, run))
    const called = target(input, frame, run)
    if (!isFunction(called)) throw new Fault('T1008', { position: node.position, token })
    return partial(called, given, args)
  }
}

function partial(
  target: FunctionValue,
  given: readonly Value[],
  args: readonly (Evaluate | undefined)[],
): FunctionValue {
  const left = args.filter((argument) => argument === undefined).length
  return functionValue(
    (rest, context, run) => {
      run.charge(1 + args.length)
      let next = 0
      const values = args.map((argument, at) => (argument === undefined ? rest[next++] : given[at]))
      return target(values, context, run)
    },
    left,
    undefined,
    target.height + 2,
  )
}
