import type { Compiler, Evaluate } from '../compiler.ts'
import { Fault } from '../fault.ts'
import type { Frame } from '../frame.ts'
import { mergeSort } from '../merge-sort.ts'
import type { Run } from '../run.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import type { Value, ValueArray } from '../value.ts'
import { type Tuple, TupleStream } from './tuple.ts'

export interface Sort {
  values(items: ValueArray, frame: Frame, run: Run): ValueArray
  tuples(stream: TupleStream, frame: Frame, run: Run): TupleStream
}

interface Term {
  readonly evaluate: Evaluate
  readonly isDescending: boolean
}

/** `^(…)`. Each key is evaluated once per item, and only when a comparison needs it. */
export function compileSort(compiler: Compiler, node: SyntaxNode): Sort {
  const terms = required(node.terms).map((term) => ({
    evaluate: compiler.compile(term.expression),
    isDescending: term.descending,
  }))
  const { position } = node
  const sort = <T>(items: readonly T[], itemOf: (entry: T) => Value, frameOf: (entry: T) => Frame, run: Run): T[] => {
    const entries = items.map((entry) => new Entry(entry, itemOf, frameOf, terms))
    return mergeSort(entries, (a, b) => comesAfter(a, b, terms, position, run), run).map(({ entry }) => entry)
  }
  return {
    values: (items, frame, run) =>
      items.length <= 1
        ? items
        : sort(
            items,
            (item) => item,
            () => frame,
            run,
          ),
    tuples: (stream, frame, run) => {
      const sorted = new TupleStream()
      const bound = (tuple: Tuple) => tuple.frame(frame)
      sorted.tuples.push(...sort(stream.tuples, (tuple) => tuple.item, bound, run))
      return sorted
    },
  }
}

class Entry<T> {
  readonly entry: T
  readonly #keys: Value[] = []
  readonly #itemOf: (entry: T) => Value
  readonly #frameOf: (entry: T) => Frame
  readonly #terms: readonly Term[]

  constructor(entry: T, itemOf: (entry: T) => Value, frameOf: (entry: T) => Frame, terms: readonly Term[]) {
    this.entry = entry
    this.#itemOf = itemOf
    this.#frameOf = frameOf
    this.#terms = terms
  }

  key(at: number, run: Run): Value {
    while (this.#keys.length <= at) {
      const term = this.#terms[this.#keys.length]
      this.#keys.push(term?.evaluate(this.#itemOf(this.entry), this.#frameOf(this.entry), run))
    }
    return this.#keys[at]
  }
}

function comesAfter<T>(
  a: Entry<T>,
  b: Entry<T>,
  terms: readonly Term[],
  position: number | undefined,
  run: Run,
): boolean {
  for (let at = 0; at < terms.length; at++) {
    const order = compareKeys(a.key(at, run), b.key(at, run), position)
    if (order === 0) continue
    // what has no key comes last, whatever the direction
    if (order === 'a is missing') return true
    if (order === 'b is missing') return false
    return terms[at]?.isDescending === true ? order < 0 : order > 0
  }
  return false
}

function compareKeys(a: Value, b: Value, position: number | undefined): -1 | 0 | 1 | 'a is missing' | 'b is missing' {
  if (a === undefined) return b === undefined ? 0 : 'a is missing'
  if (b === undefined) return 'b is missing'
  if (!isSortable(a) || !isSortable(b)) throw new Fault('T2008', { position, value: isSortable(a) ? b : a })
  if (typeof a !== typeof b) throw new Fault('T2007', { position, value: a, value2: b })
  if (a === b) return 0
  return a < b ? -1 : 1
}

const isSortable = (value: Value): value is number | string => typeof value === 'number' || typeof value === 'string'
