import type { Run } from './run.ts'
import { isArray, ownProperty, type Value, type ValueArray, type ValueObject } from './value.ts'

export function isEqual(left: Value, right: Value, run: Run, level = 0): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (left.length !== right.length) return false
    run.chargeText(left.length)
    return left === right
  }
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  run.allowLevel(level)
  if (isArray(left)) return isArray(right) && areItemsEqual(left, right, run, level)
  return !isArray(right) && arePropertiesEqual(left, right, run, level)
}

function areItemsEqual(left: ValueArray, right: ValueArray, run: Run, level: number): boolean {
  if (left.length !== right.length) return false
  for (let at = 0; at < left.length; at++) {
    run.tick()
    if (!isEqual(left[at], right[at], run, level + 1)) return false
  }
  return true
}

function arePropertiesEqual(left: ValueObject, right: ValueObject, run: Run, level: number): boolean {
  const keys = Object.keys(left)
  run.chargeKeys(keys.length)
  if (keys.length !== Object.keys(right).length) return false
  for (const key of keys) {
    run.tick()
    if (!Object.hasOwn(right, key)) return false
    if (!isEqual(ownProperty(left, key), ownProperty(right, key), run, level + 1)) return false
  }
  return true
}
