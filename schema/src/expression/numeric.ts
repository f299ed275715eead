import { Fault } from './fault.ts'
import { isArray, type Value } from './value.ts'

/** False for NaN; an infinite number is an error wherever a number is looked at. */
export function finite(value: number): boolean {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) throw new Fault('D1001', { value })
  return !Number.isNaN(value)
}

export function isNumeric(value: Value): value is number {
  return typeof value === 'number' && finite(value)
}

export function isArrayOfNumbers(value: Value): value is readonly number[] {
  return isArray(value) && value.every(isNumeric)
}

export function isArrayOfStrings(value: Value): value is readonly string[] {
  return isArray(value) && value.every((item) => typeof item === 'string')
}
