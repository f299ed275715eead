import type { Compiler, Evaluate } from '../compiler.ts'
import type { Frame } from '../frame.ts'
import { isArrayOfNumbers, isNumeric } from '../numeric.ts'
import type { Run } from '../run.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { isTruthy } from '../truth.ts'
import { isArray, newSequence, type Value, type ValueArray } from '../value.ts'
import { asValue, TupleStream } from './tuple.ts'

export type Filter = (value: Value, frame: Frame, run: Run) => Value

/** `[…]`: numbers pick by position, anything else by its truth. */
export function compileFilter(compiler: Compiler, node: SyntaxNode): Filter {
  if (node.type === 'number') {
    const index = Math.floor(Number(node.value))
    return (value, _frame, run) => {
      run.tick()
      return value instanceof TupleStream ? asValue(value.pick(index)) : pick(value, index)
    }
  }
  const test = compiler.compile(node)
  return (value, frame, run) => {
    if (value instanceof TupleStream) return asValue(filterTuples(value, test, frame, run))
    const items = isArray(value) ? value : [value]
    const found = newSequence()
    for (let at = 0; at < items.length; at++) {
      run.tick()
      const item = items[at]
      for (let times = countMatches(test(item, frame, run), at, items.length, run); times > 0; times--) found.push(item)
    }
    run.allow(found.length)
    return found
  }
}

function pick(value: Value, index: number): ValueArray {
  const items = isArray(value) ? value : [value]
  const item = items[index < 0 ? items.length + index : index]
  if (isArray(item)) return item
  const found = newSequence()
  if (item !== undefined) found.push(item)
  return found
}

function filterTuples(stream: TupleStream, test: Evaluate, frame: Frame, run: Run): TupleStream {
  const found = new TupleStream()
  stream.tuples.forEach((tuple, at) => {
    run.tick()
    const result = test(tuple.item, tuple.frame(frame), run)
    for (let times = countMatches(result, at, stream.tuples.length, run); times > 0; times--) found.add(tuple, run)
  })
  return found
}

/** How often the item at this position is wanted: an array of positions may name it more than once. */
export function countMatches(result: Value, at: number, length: number, run: Run): number {
  if (typeof result === 'boolean') return result ? 1 : 0
  if (isNumeric(result)) return isPosition(result, at, length) ? 1 : 0
  if (!isArray(result)) return isTruthy(result, run) ? 1 : 0
  run.chargeElements(result.length)
  if (!isArrayOfNumbers(result)) return isTruthy(result, run) ? 1 : 0
  return result.filter((position) => isPosition(position, at, length)).length
}

function isPosition(position: number, at: number, length: number): boolean {
  const index = Math.floor(position)
  return (index < 0 ? length + index : index) === at
}
