import { Fault } from './fault.ts'
import type { Json } from './json.ts'
import { finite } from './numeric.ts'
import type { Run } from './run.ts'
import { isArray, isMarked, setProperty, type Value, type ValueArray, type ValueObject } from './value.ts'

/**
 * The value as plain JSON, within the budget's size and depth. What is plain already is shared; sequences become arrays.
 * Functions, and whatever else is not JSON, count as no match: dropped from objects, null within arrays.
 */
export function toResult(value: Value, run: Run): Json | undefined {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      return toNumber(value)
    case 'undefined':
      return undefined
    default: {
      const converter = new Converter(run)
      const result = converter.convert(value, 0)
      return result as Json | undefined
    }
  }
}

function toNumber(value: number): number {
  if (!finite(value)) throw new Fault('D1001', { value: String(value) })
  return value === 0 ? 0 : value
}

class Converter {
  #size = 0
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
  }

  convert(value: Value, level: number): Value {
    switch (typeof value) {
      case 'string':
        this.#count(value.length + 2)
        return value
      case 'number':
        this.#count(8)
        return toNumber(value)
      case 'boolean':
        this.#count(4)
        return value
      case 'object':
        this.#count(4)
        if (value === null) return null
        this.#run.allowLevel(level)
        return isArray(value) ? this.#convertArray(value, level) : this.#convertObject(value, level)
      default:
        return undefined
    }
  }

  #convertArray(items: ValueArray, level: number): Value {
    let copy: Value[] | undefined = isMarked(items) || Object.getPrototypeOf(items) !== Array.prototype ? [] : undefined
    for (let at = 0; at < items.length; at++) {
      const item = items[at]
      const converted = this.convert(item, level + 1) ?? null
      if (copy === undefined && !Object.is(converted, item)) copy = items.slice(0, at)
      copy?.push(converted)
    }
    return copy ?? items
  }

  #convertObject(object: ValueObject, level: number): Value {
    const keys = Object.keys(object)
    let isSame = isPlain(object)
    const converted: Value[] = []
    for (const key of keys) {
      this.#count(key.length + 4)
      const item = object[key]
      const result = this.convert(item, level + 1)
      if (result === undefined || !Object.is(result, item)) isSame = false
      converted.push(result)
    }
    if (isSame) return object
    const copy: Record<string, Value> = {}
    keys.forEach((key, at) => {
      if (converted[at] !== undefined) setProperty(copy, key, converted[at])
    })
    return copy
  }

  #count(size: number): void {
    this.#size += size
    this.#run.allowText(size, this.#size)
  }
}

function isPlain(object: ValueObject): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || prototype === Object.prototype
}
