import { callBack } from '../apply.ts'
import type { BuiltIns } from '../built-in.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import { isTruthy } from '../truth.ts'
import { type FunctionValue, isArray, isFunction, isObject, newSequence, setProperty, type Value } from '../value.ts'

export const higherOrderFunctions: BuiltIns = {
  map: { signature: '<af>', arity: 2, call: ([items, target], run) => map(items, asFunction(target), run) },
  filter: { signature: '<af>', arity: 2, call: ([items, target], run) => filter(items, asFunction(target), run) },
  single: { signature: '<af?>', arity: 2, call: ([items, target], run) => single(items, target, run) },
  reduce: {
    signature: '<afj?:j>',
    arity: 3,
    call: ([items, target, initial], run) => reduce(items, asFunction(target), initial, run),
  },
  each: { signature: '<o-f:a>', arity: 2, call: ([object, target], run) => each(object, asFunction(target), run) },
  sift: { signature: '<o-f?:o>', arity: 2, call: ([object, target], run) => sift(object, asFunction(target), run) },
}

function asFunction(value: Value): FunctionValue {
  if (!isFunction(value)) throw new Fault('T1006', { value })
  return value
}

function map(items: Value, target: FunctionValue, run: Run): Value {
  if (!isArray(items)) return undefined
  const result = newSequence()
  items.forEach((item, at) => {
    const value = callBack(target, run, item, at, items)
    if (value !== undefined) result.push(value)
  })
  run.allow(result.length)
  return result
}

function filter(items: Value, target: FunctionValue, run: Run): Value {
  if (!isArray(items)) return undefined
  const result = newSequence()
  items.forEach((item, at) => {
    if (isTruthy(callBack(target, run, item, at, items), run)) result.push(item)
  })
  run.allow(result.length)
  return result
}

function single(items: Value, target: Value, run: Run): Value {
  if (!isArray(items)) return undefined
  const found = items.filter((item, at) => {
    run.tick()
    return target === undefined || isTruthy(callBack(asFunction(target), run, item, at, items), run)
  })
  if (found.length > 1) throw new Fault('D3138', {})
  if (found.length === 0) throw new Fault('D3139', {})
  return found[0]
}

function reduce(items: Value, target: FunctionValue, initial: Value, run: Run): Value {
  if (!isArray(items)) return undefined
  if (target.arity < 2) throw new Fault('D3050', { index: 1 })
  const startsWithFirst = initial === undefined && items.length > 0
  let result = startsWithFirst ? items[0] : initial
  for (let at = startsWithFirst ? 1 : 0; at < items.length; at++) {
    result = callBack(target, run, result, items[at], at, items)
  }
  return result
}

function each(object: Value, target: FunctionValue, run: Run): Value {
  const result = newSequence()
  if (!isObject(object)) return result
  for (const key of Object.keys(object)) {
    const value = callBack(target, run, object[key], key, object)
    if (value !== undefined) result.push(value)
  }
  run.allow(result.length)
  return result
}

function sift(object: Value, target: FunctionValue, run: Run): Value {
  if (!isObject(object)) return undefined
  const result: Record<string, Value> = {}
  let isEmpty = true
  for (const key of Object.keys(object)) {
    if (!isTruthy(callBack(target, run, object[key], key, object), run)) continue
    setProperty(result, key, object[key])
    isEmpty = false
  }
  return isEmpty ? undefined : result
}
