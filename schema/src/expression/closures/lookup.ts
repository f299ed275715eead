import type { Evaluate } from '../compiler.ts'
import type { Run } from '../run.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import {
  isArray,
  isInputWrapper,
  isObject,
  newSequence,
  ownProperty,
  type Sequence,
  unwrap,
  type Value,
} from '../value.ts'

export function compileName(node: SyntaxNode): Evaluate {
  const key = String(node.value)
  return (input, _frame, run) => {
    run.tick()
    return lookup(input, key, run)
  }
}

/** The value of a property; of an array, those of all its items in one sequence. */
export function lookup(input: Value, key: string, run: Run): Value {
  if (typeof input !== 'object' || input === null) return undefined
  if (!isArray(input)) return isObject(input) ? ownProperty(input, key) : undefined
  const found = newSequence()
  collect(input, key, found, run, 0)
  return found
}

function collect(items: readonly Value[], key: string, found: Sequence, run: Run, level: number): void {
  run.allowLevel(level)
  for (const item of items) {
    run.tick()
    if (isArray(item)) collect(item, key, found, run, level + 1)
    else if (isObject(item)) pushFlat(found, ownProperty(item, key), run)
  }
}

/** Adds the value to the sequence; an array adds its items. */
export function pushFlat(found: Value[], value: Value, run: Run): void {
  if (value === undefined) return
  if (!isArray(value)) found.push(value)
  else {
    run.chargeElements(value.length)
    run.allow(found.length + value.length)
    for (const item of value) found.push(item)
    return
  }
  run.allow(found.length)
}

export function compileWildcard(): Evaluate {
  return (input, _frame, run) => {
    run.tick()
    const found = newSequence()
    const source = isInputWrapper(input) ? input[0] : input
    if (typeof source !== 'object' || source === null) return found
    let isPlain = false
    for (const key of Object.keys(source)) {
      run.tick()
      const value = (source as Readonly<Record<string, Value>>)[key]
      if (isArray(value)) {
        isPlain = true
        flattenInto(found, value, run, 0)
      } else {
        found.push(value)
        run.allow(found.length)
      }
    }
    // having appended an array makes the result one that a path does not unwrap
    return isPlain ? found.slice() : found
  }
}

function flattenInto(found: Value[], items: readonly Value[], run: Run, level: number): void {
  run.allowLevel(level)
  for (const item of items) {
    run.tick()
    if (isArray(item)) flattenInto(found, item, run, level + 1)
    else {
      found.push(item)
      run.allow(found.length)
    }
  }
}

export function compileDescendants(): Evaluate {
  return (input, _frame, run) => {
    run.tick()
    if (input === undefined) return undefined
    const found = newSequence()
    addDescendants(input, found, run, 0)
    return unwrap(found)
  }
}

function addDescendants(value: Value, found: Sequence, run: Run, level: number): void {
  run.tick()
  run.allowLevel(level)
  if (isArray(value)) {
    for (const item of value) addDescendants(item, found, run, level + 1)
    return
  }
  found.push(value)
  run.allow(found.length)
  if (!isObject(value)) return
  for (const key of Object.keys(value)) addDescendants(value[key], found, run, level + 1)
}
