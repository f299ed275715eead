import type { Run } from './run.ts'
import type { Signature } from './signature.ts'

// What flows between closures. Beside plain JSON there are functions, and arrays that remember how they came to be:
// JSONata unwraps a sequence of one, flattens sequences into each other, and leaves other arrays alone.

export type Value = undefined | null | boolean | number | string | ValueArray | ValueObject | FunctionValue
export type ValueArray = readonly Value[]
export interface ValueObject {
  readonly [key: string]: Value
}

/** What a path, filter or range found. Derived arrays (slice, map, …) are plain ones. */
export class Sequence extends Array<Value> {
  keepSingleton = false
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

/** Around an input that is an array, so that the whole of it is one context. */
export class InputWrapper extends Sequence {}

/** An array that a step of a path constructed: the path does not flatten it. */
export class ConstructedArray extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

const brand = Symbol('expression function')

export type Invoke = (args: readonly Value[], context: Value, run: Run) => Value | TailCall

/** A lambda, a built-in or a regex. A branded JavaScript function, so that no walk over objects can enter it. */
export interface FunctionValue {
  (args: readonly Value[], context: Value, run: Run): Value | TailCall
  readonly [brand]: true
  readonly arity: number
  readonly declared: Signature | undefined
  /** How many closures deep the body is: what a call may take of the host's stack. */
  readonly height: number
}

export function functionValue(invoke: Invoke, arity: number, declared?: Signature, height = 1): FunctionValue {
  return Object.assign((args: readonly Value[], context: Value, run: Run) => invoke(args, context, run), {
    [brand]: true as const,
    arity,
    declared,
    height,
  })
}

/** False for functions of the host, wherever they may come from. */
export function isFunction(value: unknown): value is FunctionValue {
  return typeof value === 'function' && (value as Partial<FunctionValue>)[brand] === true
}

/** A call in tail position, handed back to the caller instead of growing the stack. */
export class TailCall {
  readonly target: Value
  readonly args: readonly Value[]
  readonly position: number | undefined
  readonly token: string | undefined
  constructor(target: Value, args: readonly Value[], position: number | undefined, token: string | undefined) {
    this.target = target
    this.args = args
    this.position = position
    this.token = token
  }
}

export function isArray(value: Value): value is ValueArray {
  return Array.isArray(value)
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function sequenceOf(item: Value): Sequence {
  const sequence = new Sequence()
  sequence.push(item)
  return sequence
}

const hasOwn = Object.prototype.hasOwnProperty

export function ownProperty(target: ValueObject, key: string): Value {
  return hasOwn.call(target, key) ? target[key] : undefined
}

/** Defines instead of assigns where an assignment would reach the prototype. */
export function setProperty(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else target[key] = value
}

/** No item is no match, and one item is the item itself, unless a `[]` asked for an array. */
export function unwrap(sequence: Sequence, keepArray = false): Value {
  if (keepArray) sequence.keepSingleton = true
  if (sequence.length === 0) return undefined
  return sequence.length === 1 && !sequence.keepSingleton ? sequence[0] : sequence
}
