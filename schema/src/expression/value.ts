import type { Run } from './run.ts'
import type { Signature } from './signature.ts'

// What flows between closures. Beside plain JSON there are functions, and arrays that remember how they came to be:
// JSONata unwraps a sequence of one, flattens sequences into each other, and leaves other arrays alone.

export type Value = undefined | null | boolean | number | string | ValueArray | ValueObject | FunctionValue
export type ValueArray = readonly Value[]
export interface ValueObject {
  readonly [key: string]: Value
}

const kind = Symbol('kind of array')

// A property on a plain array costs a fraction of what a subclass of Array does; copies made by slice or concat lose it.
type Kind = 'sequence' | 'kept sequence' | 'input' | 'constructed'

/** What a path, filter or range found. */
export type Sequence = Value[] & { [kind]?: Kind }

export function newSequence(): Sequence {
  const sequence: Sequence = []
  sequence[kind] = 'sequence'
  return sequence
}

/** Around an input that is an array, so that the whole of it is one context. */
export function wrapInput(input: ValueArray): ValueArray {
  const wrapper: Sequence = [input]
  wrapper[kind] = 'input'
  return wrapper
}

/** An array that a step of a path constructs: the path does not flatten it. */
export function newConstructedArray(): Value[] {
  const array: Sequence = []
  array[kind] = 'constructed'
  return array
}

export function isSequence(value: Value): value is Sequence {
  const found = kindOf(value)
  return found !== undefined && found !== 'constructed'
}

export const isInputWrapper = (value: Value): value is Sequence => kindOf(value) === 'input'
export const isConstructed = (value: Value): value is Sequence => kindOf(value) === 'constructed'
/** Not data as it came in, but an array that an evaluation made and marked. */
export const isMarked = (value: Value): boolean => kindOf(value) !== undefined

function kindOf(value: Value): Kind | undefined {
  return Array.isArray(value) ? (value as Sequence)[kind] : undefined
}

/** A `[]` asked for an array: a sequence of one then stays a sequence. */
export function keepSingleton(sequence: Sequence): void {
  sequence[kind] = 'kept sequence'
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

/** Makes a function of the language from a closure of its own: the closure itself is marked, not wrapped. */
export function functionValue(invoke: Invoke, arity: number, declared?: Signature, height = 1): FunctionValue {
  const value = invoke as Invoke & { -readonly [K in keyof FunctionValue]: FunctionValue[K] }
  value[brand] = true
  value.arity = arity
  value.declared = declared
  value.height = height
  return value
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
  const sequence = newSequence()
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
  if (keepArray) keepSingleton(sequence)
  if (sequence.length === 0) return undefined
  return sequence.length === 1 && sequence[kind] !== 'kept sequence' ? sequence[0] : sequence
}
