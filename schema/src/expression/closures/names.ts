import type { Compiler, Evaluate } from '../compiler.ts'
import type { Run } from '../run.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import { isArray, isConstructed, isSequence, newSequence, unwrap, type Value, type ValueArray } from '../value.ts'
import { lookup, pushFlat } from './lookup.ts'

const hasOwn = Object.prototype.hasOwnProperty

interface Segment {
  readonly name: string
  /** A position, as in `items[0]`. */
  readonly index: number | undefined
}

/**
 * The common path, names with dots between them, walks the objects in one loop; it may start at a variable and pick
 * items by constant positions. It gives what the general path gives, and leaves to it what it does not know.
 * Undefined for any other path.
 */
export function compileNames(compiler: Compiler, node: SyntaxNode, general: Evaluate): Evaluate | undefined {
  const steps = required(node.steps)
  if (node.group !== undefined || node.keepSingletonArray === true) return undefined
  const start = steps[0]?.type === 'variable' && isPlain(steps[0]) ? compiler.compile(steps[0]) : undefined
  const segments = steps.slice(start === undefined ? 0 : 1).flatMap(readSegment)
  if (segments.length === 0 || segments.length < steps.length - (start === undefined ? 0 : 1)) return undefined
  const hasIndex = segments.some((segment) => segment.index !== undefined)
  const names = segments.map((segment) => segment.name)
  const [only] = names
  if (start === undefined && names.length === 1 && only !== undefined && !hasIndex) return compileName(only, general)
  const walk = hasIndex ? walkSegments : walkNames
  return (input, frame, run) => {
    run.tick()
    if (start === undefined && isArray(input)) return general(input, frame, run)
    const value = walk(start === undefined ? input : start(input, frame, run), segments)
    if (value === metArray) return general(input, frame, run)
    return value instanceof ArrayMet ? walkArray(value, names, run) : value
  }
}

function isPlain(step: SyntaxNode): boolean {
  return (
    step.stages === undefined && step.predicate === undefined && step.group === undefined && step.keepArray !== true
  )
}

function readSegment(step: SyntaxNode): Segment[] {
  if (step.type !== 'name' || step.predicate !== undefined || step.group !== undefined) return []
  const name = String(step.value)
  const [stage, ...others] = step.stages ?? []
  if (stage === undefined) return [{ name, index: undefined }]
  if (others.length > 0 || stage.expr?.type !== 'number') return []
  return [{ name, index: Math.floor(Number(stage.expr.value)) }]
}

function compileName(name: string, general: Evaluate): Evaluate {
  return (input, frame, run) => {
    run.tick()
    if (typeof input !== 'object' || input === null) return undefined
    if (isArray(input)) return general(input, frame, run)
    return finish(hasOwn.call(input, name) ? (input as Readonly<Record<string, Value>>)[name] : undefined)
  }
}

/** Where the walk came upon an array, and how many names are left. */
class ArrayMet {
  readonly items: ValueArray
  readonly at: number
  constructor(items: ValueArray, at: number) {
    this.items = items
    this.at = at
  }
}
const metArray = new ArrayMet([], 0)

function walkNames(start: Value, segments: readonly Segment[]): Value | ArrayMet {
  let value = start
  for (let at = 0; at < segments.length; at++) {
    if (typeof value !== 'object' || value === null) return undefined
    if (isArray(value)) return new ArrayMet(value, at)
    const name = segments[at]?.name ?? ''
    if (!hasOwn.call(value, name)) return undefined
    value = (value as Readonly<Record<string, Value>>)[name]
  }
  return finish(value)
}

function walkSegments(start: Value, segments: readonly Segment[]): Value | ArrayMet {
  let value = start
  for (const { name, index } of segments) {
    if (typeof value !== 'object' || value === null) return undefined
    if (isArray(value)) return metArray
    if (!hasOwn.call(value, name)) return undefined
    value = (value as Readonly<Record<string, Value>>)[name]
    if (index === undefined) continue
    if (isArray(value)) value = value[index < 0 ? value.length + index : index]
    else if (index !== 0 && index !== -1) return undefined
  }
  return finish(value)
}

/** A sequence that an object constructor stored is one like any other once a path has found it. */
function finish(value: Value): Value {
  if (!isArray(value) || !isSequence(value)) return value
  return value.length === 1 ? value[0] : value
}

function walkArray({ items: start, at: from }: ArrayMet, names: readonly string[], run: Run): Value {
  let items = isConstructed(start) ? [start] : start
  for (let at = from; at < names.length; at++) {
    const name = names[at] ?? ''
    const found = newSequence()
    let count = 0
    let single: Value
    for (const item of items) {
      run.tick()
      const looked = lookup(item, name, run)
      const value = isArray(item) && isSequence(looked) ? unwrap(looked) : looked
      if (value === undefined) continue
      if (++count === 1) single = value
      pushFlat(found, value, run)
    }
    if (at === names.length - 1 && count === 1 && isArray(single) && !isSequence(single)) return single
    items = found
  }
  return isSequence(items) ? unwrap(items) : undefined
}
