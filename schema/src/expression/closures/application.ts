import { apply } from '../apply.ts'
import type { Compiler, Evaluate } from '../compiler.ts'
import { Fault, located } from '../fault.ts'
import { operand, required, type SyntaxNode } from '../syntax-tree.ts'
import { type FunctionValue, functionValue, isFunction } from '../value.ts'
import { compileInvocation } from './call.ts'

/** `~>`: a value goes into a function; two functions become one after the other. */
export function compileApplication(compiler: Compiler, node: SyntaxNode): Evaluate {
  const left = compiler.compile(operand(node.lhs))
  const rightNode = required(node.rhs)
  if (rightNode.type === 'function') return compileInvocation(compiler, rightNode, left)
  const right = compiler.compile(rightNode)
  const { position } = node
  return (input, frame, run) => {
    run.tick()
    const value = left(input, frame, run)
    const target = right(input, frame, run)
    if (!isFunction(target)) throw new Fault('T2006', { position, token: '~>', value: target })
    if (isFunction(value)) return chain(value, target)
    try {
      return apply(target, [value], null, run)
    } catch (error) {
      throw located(error, position, '~>')
    }
  }
}

function chain(first: FunctionValue, second: FunctionValue): FunctionValue {
  return functionValue(
    (args, context, run) => {
      run.tick()
      return apply(second, [apply(first, args.slice(0, 1), context, run)], context, run)
    },
    1,
    undefined,
    3,
  )
}
