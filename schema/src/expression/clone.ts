import type { Run } from './run.ts'
import { toText } from './text.ts'
import { isArray, isFunction, isObject, setProperty, type Value } from './value.ts'

/** A deep copy, as JSON would make it: functions become '', numbers keep 15 digits. */
export function clone(value: Value, run: Run): Value {
  return cloneTracked(value, new Set(), run)
}

/** The same, telling which arrays and objects it made. */
export function cloneTracked(value: Value, copies: Set<Value>, run: Run, level = 0): Value {
  run.tick()
  if (typeof value === 'number') return Number(toText(value, run))
  if (isFunction(value)) return ''
  if (typeof value !== 'object' || value === null) return value
  run.allowLevel(level)
  if (isArray(value)) {
    run.allow(value.length)
    const copy = Array.from(value, (item) => cloneTracked(item, copies, run, level + 1) ?? null)
    copies.add(copy)
    return copy
  }
  const copy: Record<string, Value> = {}
  if (isObject(value)) {
    for (const key of Object.keys(value)) {
      const item = cloneTracked(value[key], copies, run, level + 1)
      if (item !== undefined) setProperty(copy, key, item)
    }
  }
  copies.add(copy)
  return copy
}
