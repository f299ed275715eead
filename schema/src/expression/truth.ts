import { finite } from './numeric.ts'
import type { Run } from './run.ts'
import { isArray, type Value } from './value.ts'

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
      if (isArray(value)) return isSomeTruthy(value, run, level)
      for (const key in value) if (Object.hasOwn(value, key)) return true
      return false
    default:
      return false
  }
}

function isSomeTruthy(items: readonly Value[], run: Run, level: number): boolean {
  run.allowLevel(level)
  run.chargeElements(items.length)
  for (const item of items) if (isTruthy(item, run, level + 1)) return true
  return false
}
