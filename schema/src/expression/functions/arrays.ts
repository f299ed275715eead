import { apply } from '../apply.ts'
import type { BuiltIns } from '../built-in.ts'
import { pushFlat } from '../closures/lookup.ts'
import { isEqual } from '../equality.ts'
import { Fault } from '../fault.ts'
import { mergeSort } from '../merge-sort.ts'
import { isArrayOfNumbers, isArrayOfStrings } from '../numeric.ts'
import type { Run } from '../run.ts'
import { isArray, isFunction, isSequence, newSequence, type Value, type ValueArray } from '../value.ts'

export const arrayFunctions: BuiltIns = {
  count: { signature: '<a:n>', arity: 1, call: ([items]) => (isArray(items) ? items.length : 0) },
  append: { signature: '<xx:a>', arity: 2, call: ([first, second], run) => append(first, second, run) },
  exists: { signature: '<x:b>', arity: 1, call: ([value]) => value !== undefined },
  reverse: { signature: '<a:a>', arity: 1, call: onArray((items) => items.slice().reverse()) },
  shuffle: { signature: '<a:a>', arity: 1, call: onArray(shuffle) },
  sort: { signature: '<af?:a>', arity: 2, call: ([items, comparator], run) => sort(items, comparator, run) },
  distinct: {
    signature: '<x:x>',
    arity: 1,
    call: ([value], run) => (isArray(value) && value.length > 1 ? distinct(value, run) : value),
  },
  zip: { signature: '<a+>', arity: 0, call: zip },
}

/** A function of an array that gives a new one; of one item or none, the array itself. */
function onArray(call: (items: ValueArray, run: Run) => ValueArray) {
  return ([items]: readonly Value[], run: Run): Value => {
    if (!isArray(items) || items.length <= 1) return items
    run.allow(items.length)
    run.chargeElements(items.length)
    return call(items, run)
  }
}

function append(first: Value, second: Value, run: Run): Value {
  if (first === undefined) return second
  if (second === undefined) return first
  const result: Value[] = []
  pushFlat(result, first, run)
  pushFlat(result, second, run)
  return result
}

/** Fisher-Yates from the inside out, by the host's draws. */
function shuffle(items: ValueArray, run: Run): ValueArray {
  const result: Value[] = []
  items.forEach((item, at) => {
    run.tick()
    const place = Math.floor(run.random() * (at + 1))
    result.push(result[place])
    result[place] = item
  })
  return result
}

function sort(items: Value, comparator: Value, run: Run): Value {
  if (!isArray(items) || items.length <= 1) return items
  if (isFunction(comparator)) return mergeSort(items, (a, b) => Boolean(apply(comparator, [a, b], null, run)), run)
  run.allow(items.length)
  if (isArrayOfNumbers(items)) return mergeSort(items, (a, b) => a > b, run)
  if (isArrayOfStrings(items)) return mergeSort(items, (a, b) => isAfter(a, b, run), run)
  throw new Fault('D3070', { index: 1 })
}

function isAfter(a: string, b: string, run: Run): boolean {
  run.chargeText(Math.min(a.length, b.length))
  return a > b
}

function distinct(items: ValueArray, run: Run): Value {
  const result: Value[] = isSequence(items) ? newSequence() : []
  const seen = new Set<Value>()
  const structures: Value[] = []
  for (const item of items) {
    run.tick()
    if (typeof item === 'string') run.chargeText(item.length)
    if (seen.has(item)) continue
    if (typeof item === 'object' && item !== null) {
      if (structures.some((known) => isEqual(known, item, run))) continue
      structures.push(item)
    }
    seen.add(item)
    result.push(item)
  }
  run.allow(result.length)
  return result
}

function zip(arrays: readonly Value[], run: Run): Value {
  const lengths = arrays.map((items) => (isArray(items) ? items.length : 0))
  const length = Math.min(...lengths)
  run.allow(length)
  const result: Value[] = []
  for (let at = 0; at < length; at++) {
    run.charge(arrays.length)
    result.push(arrays.map((items) => (isArray(items) ? items[at] : undefined)))
  }
  return result
}
