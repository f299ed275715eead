import { finite } from './numeric.ts'
import type { Run } from './run.ts'
import { isArray, isObject, type Value, type ValueObject } from './value.ts'

/**
 * JSONata's `$boolean`, with no match as false. Zero, '', null, {} and [] are false, so is a function, and so is an
 * array of which every item is false.
 */
export function isTruthy(value: Value, run: Run, level = 0): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      return finite(value) && value !== 0
    case 'string':
      return value !== ''
    case 'object':
      if (value === null) return false
      return isArray(value) ? isSomeTruthy(value, run, level) : isObject(value) && hasProperties(value, run)
    default:
      return false
  }
}

/** Telling whether there is one takes time in proportion to all: JavaScript collects the keys first. */
function hasProperties(object: ValueObject, run: Run): boolean {
  const { length } = Object.keys(object)
  run.chargeKeys(length)
  return length > 0
}

function isSomeTruthy(items: readonly Value[], run: Run, level: number): boolean {
  run.allowLevel(level)
  run.chargeElements(items.length)
  for (const item of items) if (isTruthy(item, run, level + 1)) return true
  return false
}
