import { Fault, located } from './fault.ts'
import type { Run } from './run.ts'
import { checkArguments } from './signature.ts'
import { type FunctionValue, isFunction, TailCall, type Value } from './value.ts'

/** Calls a function; calls in tail position loop here instead of nesting. */
export function apply(target: Value, args: readonly Value[], context: Value, run: Run): Value {
  if (!isFunction(target)) throw new Fault('T1006', { value: target })
  let { height } = target
  run.enter(height)
  let result = invoke(target, args, context, run)
  while (result instanceof TailCall) {
    run.tick()
    run.leave(height)
    const next: TailCall = result
    height = isFunction(next.target) ? next.target.height : 1
    run.enter(height)
    try {
      if (!isFunction(next.target)) throw new Fault('T1006', { value: next.target })
      result = invoke(next.target, next.args, context, run)
    } catch (error) {
      throw located(error, next.position, next.token)
    }
  }
  run.leave(height)
  return result
}

function invoke(target: FunctionValue, args: readonly Value[], context: Value, run: Run): Value | TailCall {
  const { declared } = target
  return target(declared === undefined ? args : checkArguments(declared, args, context, run), context, run)
}

/** Calls back with as many of the arguments as the function has parameters, but always the first. */
export function callBack(target: FunctionValue, run: Run, ...args: readonly Value[]): Value {
  run.tick()
  const count = Math.max(1, Math.min(target.arity, args.length))
  return apply(target, count === args.length ? args : args.slice(0, count), null, run)
}
