import type { Json } from './expression/json.ts'
import { pointerOf, stepAt } from './json-pointer.ts'
import { limits } from './limits.ts'
import type { Problem } from './problem.ts'
import { type ProblemCode, problem } from './problem-codes.ts'

// The gate: whatever a caller hands in becomes a plain JSON copy, or a problem. Everything behind the gate may then take for
// granted that the document is finite, shallow, free of getters, and reaches no prototype.

export type Admission = { readonly document: Json } | { readonly problem: Problem }

export function admit(document: unknown): Admission {
  const gate = new Gate()
  try {
    return { document: gate.copy(document, '', 0) }
  } catch {
    // What the gate did not refuse itself was thrown by a getter or a proxy of the caller's: a fault of the document.
    return { problem: gate.refusal ?? placed('WrongType', gate.reading, 'Reading the document failed here') }
  }
}

const placed = (code: ProblemCode, path: string, message: string): Problem =>
  problem(code, { path, step: stepAt(path)?.path }, message)

class Gate {
  refusal: Problem | undefined
  reading = ''
  private size = 0
  private readonly open = new Set<object>()

  copy(value: unknown, pointer: string, depth: number): Json {
    switch (typeof value) {
      case 'string':
        this.grow(value.length + 2)
        return value
      case 'boolean':
        this.grow(4)
        return value
      case 'number':
        this.grow(1)
        return Number.isFinite(value) ? value : this.refuse('WrongType', pointer, `${value} is no JSON number`)
      case 'object':
        this.grow(2)
        return value === null ? null : this.copyObject(value, pointer, depth)
      default:
        return this.refuse('WrongType', pointer, `A value of type ${typeof value} is not JSON`)
    }
  }

  private copyObject(value: object, pointer: string, depth: number): Json {
    if (depth >= limits.jsonDepth)
      return this.refuse('NestedTooDeep', '', `The JSON is nested deeper than ${limits.jsonDepth} levels`)
    if (this.open.has(value)) return this.refuse('WrongType', pointer, 'The document contains itself here')
    this.open.add(value)
    this.reading = pointer
    const copy = Array.isArray(value) ? this.copyArray(value, pointer, depth) : this.copyRecord(value, pointer, depth)
    this.open.delete(value)
    return copy
  }

  private copyArray(value: readonly unknown[], pointer: string, depth: number): Json {
    this.grow(value.length)
    return Array.from(value, (item, index) => this.copy(item, pointerOf(pointer, index), depth + 1))
  }

  private copyRecord(value: object, pointer: string, depth: number): Json {
    if (!isPlain(value)) return this.refuse('WrongType', pointer, 'Only plain objects are JSON')
    const copy: Record<string, Json> = {}
    for (const key of Object.keys(value)) {
      if (key === '__proto__') return this.refuse('ForbiddenName', pointer, '`__proto__` cannot be a name')
      this.reading = pointer
      const item: unknown = (value as Record<string, unknown>)[key]
      // As JSON.stringify has it: a property that is undefined is not there.
      if (item === undefined) continue
      this.grow(key.length + 4)
      copy[key] = this.copy(item, pointerOf(pointer, key), depth + 1)
    }
    return copy
  }

  private grow(by: number): void {
    this.size += by
    if (this.size > limits.documentSize)
      this.refuse('DocumentTooLarge', '', `The document is larger than ${limits.documentSize} characters of JSON`)
  }

  private refuse(code: ProblemCode, path: string, message: string): never {
    this.refusal = placed(code, path, message)
    throw new Error(message)
  }
}

/** Objects of another realm (a frame, a vm context) are plain too: their prototype has none above it. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
