import type { Evaluate } from '../compiler.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import { isArray, Sequence, unwrap, type Value, type ValueArray } from '../value.ts'
import { lookup, pushFlat } from './lookup.ts'

const hasOwn = Object.prototype.hasOwnProperty

/**
 * The common path, names with dots between them, walks the objects in one loop. Undefined for any other path. It gives
 * what the general path gives; arrays on the way take the long one.
 */
export function compileNames(node: SyntaxNode): Evaluate | undefined {
  const steps = required(node.steps)
  if (node.group !== undefined || node.keepSingletonArray === true || !steps.every(isPlainName)) return undefined
  const names = steps.map((step) => String(step.value))
  const [first, second] = names
  if (first === undefined) throw new Fault('S0500', { position: node.position })
  if (names.length === 1) {
    return (input, _frame, run) => {
      run.tick()
      if (typeof input !== 'object' || input === null) return undefined
      if (isArray(input)) return walkArray(input, names, 0, run)
      return finish(hasOwn.call(input, first) ? (input as Readonly<Record<string, Value>>)[first] : undefined)
    }
  }
  if (second === undefined) return undefined
  return (input, _frame, run) => {
    run.tick()
    return walkNames(input, names, 0, run)
  }
}

export function isPlainName(step: SyntaxNode): boolean {
  return step.type === 'name' && step.stages === undefined && step.predicate === undefined && step.group === undefined
}

export function walkNames(start: Value, names: readonly string[], from: number, run: Run): Value {
  let value = start
  for (let at = from; at < names.length; at++) {
    if (typeof value !== 'object' || value === null) return undefined
    if (isArray(value)) return walkArray(value, names, at, run)
    const name = names[at]
    if (name === undefined || !hasOwn.call(value, name)) return undefined
    value = (value as Readonly<Record<string, Value>>)[name]
  }
  return finish(value)
}

/** A sequence that an object constructor stored is one like any other once a path has found it. */
function finish(value: Value): Value {
  if (!isArray(value) || !(value instanceof Sequence)) return value
  return value.length === 1 ? value[0] : value
}

function walkArray(start: ValueArray, names: readonly string[], from: number, run: Run): Value {
  let items = start
  for (let at = from; at < names.length; at++) {
    const name = names[at] ?? ''
    const isLast = at === names.length - 1
    const found = new Sequence()
    let count = 0
    let single: Value
    for (const item of items) {
      run.tick()
      const looked = lookup(item, name, run)
      const value = looked instanceof Sequence && isArray(item) ? unwrap(looked) : looked
      if (value === undefined) continue
      if (++count === 1) single = value
      pushFlat(found, value, run)
    }
    if (isLast && count === 1 && isArray(single) && !(single instanceof Sequence)) return single
    items = found
  }
  return unwrap(items instanceof Sequence ? items : new Sequence())
}
