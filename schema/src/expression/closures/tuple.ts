import { Frame } from '../frame.ts'
import type { Run } from '../run.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { newSequence, type Value } from '../value.ts'

// Where a path binds variables (`@`, `#`) or is asked for a parent (`%`), each item travels with its bindings.

export class Tuple {
  readonly item: Value
  readonly ids: readonly number[]
  readonly values: Value[]

  constructor(item: Value, ids: readonly number[] = [], values: Value[] = []) {
    this.item = item
    this.ids = ids
    this.values = values
  }

  frame(parent: Frame): Frame {
    return new Frame(parent, this.ids, this.values)
  }

  withItem(item: Value): Tuple {
    return new Tuple(item, this.ids, this.values)
  }

  with(id: number, value: Value): Tuple {
    const at = this.ids.indexOf(id)
    if (at < 0) return new Tuple(this.item, [...this.ids, id], [...this.values, value])
    const values = [...this.values]
    values[at] = value
    return new Tuple(this.item, this.ids, values)
  }

  /** The bindings of both, and the other's item. */
  merge(other: Tuple): Tuple {
    let merged = this.withItem(other.item)
    other.ids.forEach((id, at) => {
      merged = merged.with(id, other.values[at])
    })
    return merged
  }
}

/** Passes where values do within one path, and never gets further: see Compiler.compile. */
export class TupleStream {
  readonly tuples: Tuple[] = []

  add(tuple: Tuple, run: Run): void {
    this.tuples.push(tuple)
    run.allow(this.tuples.length)
  }

  pick(index: number): TupleStream {
    const picked = new TupleStream()
    const tuple = this.tuples[index < 0 ? this.tuples.length + index : index]
    if (tuple !== undefined) picked.tuples.push(tuple)
    return picked
  }
}

export function asValue(stream: TupleStream): Value {
  return stream as unknown as Value
}

/** Whether a node may give a stream: the parser marks paths and blocks that a `%` looks into. */
export function isTupleSource(node: SyntaxNode): boolean {
  return node.tuple === true && (node.type === 'path' || node.type === 'block')
}

export function streamItems(value: Value): Value {
  if (!(value instanceof TupleStream)) return value
  const items = newSequence()
  for (const tuple of value.tuples) items.push(tuple.item)
  if (items.length === 0) return undefined
  return items.length === 1 ? items[0] : items
}
