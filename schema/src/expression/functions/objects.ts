import type { BuiltIns } from '../built-in.ts'
import { clone } from '../clone.ts'
import { lookup, pushFlat } from '../closures/lookup.ts'
import { Fault } from '../fault.ts'
import { isNumeric } from '../numeric.ts'
import type { Run } from '../run.ts'
import { isArray, isFunction, isObject, newSequence, type Sequence, setProperty, type Value } from '../value.ts'

export const objectFunctions: BuiltIns = {
  keys: { signature: '<x-:a<s>>', arity: 1, call: ([value], run) => keys(value, run) },
  lookup: { signature: '<x-s:x>', arity: 2, call: ([value, key], run) => lookup(value, String(key), run) },
  spread: { signature: '<x-:a<o>>', arity: 1, call: ([value], run) => spread(value, run, 0) },
  merge: { signature: '<a<o>:o>', arity: 1, call: ([objects], run) => merge(objects, run) },
  clone: {
    signature: '<(oa)-:o>',
    arity: 1,
    call: ([value], run) => (value === undefined ? undefined : clone(value, run)),
  },
  type: { signature: '<x:s>', arity: 1, call: ([value]) => typeName(value) },
  error: {
    signature: '<s?:x>',
    arity: 1,
    call: ([message]) => {
      throw new Fault('D3137', { message: given(message) })
    },
  },
  assert: {
    signature: '<bs?:x>',
    arity: 2,
    call: ([condition, message]) => {
      if (condition !== true) throw new Fault('D3141', { message: given(message) })
      return undefined
    },
  },
}

const given = (message: Value) => (typeof message === 'string' && message !== '' ? message : undefined)

function keys(value: Value, run: Run): Sequence {
  const names: Record<string, true> = Object.create(null)
  collectKeys(value, names, run, 0)
  const found = newSequence()
  for (const name of Object.keys(names)) found.push(name)
  run.allow(found.length)
  return found
}

function collectKeys(value: Value, names: Record<string, true>, run: Run, level: number): void {
  run.allowLevel(level)
  if (isArray(value)) {
    for (const item of value) {
      run.tick()
      collectKeys(item, names, run, level + 1)
    }
  } else if (isObject(value)) {
    const own = Object.keys(value)
    run.chargeKeys(own.length)
    for (const name of own) names[name] = true
  }
}

function spread(value: Value, run: Run, level: number): Value {
  run.allowLevel(level)
  if (isArray(value)) {
    const found: Value[] = []
    for (const item of value) {
      run.tick()
      pushFlat(found, spread(item, run, level + 1), run)
    }
    return found.length === 0 ? undefined : found
  }
  if (!isObject(value)) return value
  const found = newSequence()
  for (const key of Object.keys(value)) {
    run.tick()
    const single: Record<string, Value> = {}
    setProperty(single, key, value[key])
    found.push(single)
    run.allow(found.length)
  }
  return found
}

function merge(objects: Value, run: Run): Value {
  if (!isArray(objects)) return undefined
  const result: Record<string, Value> = {}
  for (const object of objects) {
    run.tick()
    if (!isObject(object)) continue
    const own = Object.keys(object)
    run.charge(own.length)
    for (const key of own) setProperty(result, key, object[key])
  }
  return result
}

function typeName(value: Value): Value {
  if (value === undefined) return undefined
  if (value === null) return 'null'
  if (isArray(value)) return 'array'
  if (isFunction(value)) return 'function'
  if (typeof value === 'number') return isNumeric(value) ? 'number' : 'object'
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : 'object'
}
