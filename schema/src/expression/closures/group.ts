import type { Compiler, Evaluate } from '../compiler.ts'
import { Fault, located } from '../fault.ts'
import type { Frame } from '../frame.ts'
import type { Run } from '../run.ts'
import { type Grouping, type Pair, pairsOf, type SyntaxNode } from '../syntax-tree.ts'
import { isArray, setProperty, type Value } from '../value.ts'
import { pushFlat } from './lookup.ts'
import { type Tuple, TupleStream } from './tuple.ts'

interface CompiledPair {
  readonly key: Evaluate
  readonly value: Evaluate
}

/** All the items that gave the same key, joined as JSONata's append does. */
interface Group {
  readonly pair: CompiledPair
  data: Value
  tuple: Tuple | undefined
  /** Whether `data` is an array of the group's own, so that it can grow in place. */
  isOwned: boolean
}

export function compileObject(compiler: Compiler, node: SyntaxNode): Evaluate {
  const nodes = pairsOf(node.lhs)
  const pairs = compilePairs(compiler, nodes)
  const group = groupBy(pairs, node.position)
  const keys = constantKeys(nodes)
  if (keys === undefined) return group
  return (input, frame, run) => {
    if (isArray(input)) return group(input, frame, run)
    run.tick()
    const result: Record<string, Value> = {}
    for (let at = 0; at < pairs.length; at++) {
      const value = pairs[at]?.value(input, frame, run)
      if (value !== undefined) setProperty(result, keys[at] ?? '', value)
    }
    return result
  }
}

function compilePairs(compiler: Compiler, nodes: readonly Pair[]): readonly CompiledPair[] {
  return nodes.map(([key, value]) => ({ key: compiler.compile(key), value: compiler.compile(value) }))
}

/** Most objects are written with their keys, each once. */
function constantKeys(pairs: readonly Pair[]): readonly string[] | undefined {
  const keys = pairs.flatMap(([key]) => (key.type === 'string' ? [String(key.value)] : []))
  return keys.length === pairs.length && new Set(keys).size === keys.length ? keys : undefined
}

/** `{…}` after a path, and objects in general: items with the same key are one group. */
export function compileGroup(compiler: Compiler, grouping: Grouping): Evaluate {
  return groupBy(compilePairs(compiler, grouping.lhs), grouping.position)
}

function groupBy(pairs: readonly CompiledPair[], position: number | undefined): Evaluate {
  return (input, frame, run) => {
    run.tick()
    const groups = new Map<string, Group>()
    if (input instanceof TupleStream) {
      for (const tuple of input.tuples) addToGroups(groups, pairs, tuple.item, tuple, tuple.frame(frame), position, run)
    } else {
      const items = isArray(input) ? input : [input]
      for (const item of items.length === 0 ? [undefined] : items) {
        addToGroups(groups, pairs, item, undefined, frame, position, run)
      }
    }
    const result: Record<string, Value> = {}
    for (const [key, { pair, data, tuple }] of groups) {
      const value = pair.value(data, tuple === undefined ? frame : tuple.frame(frame), run)
      if (value !== undefined) setProperty(result, key, value)
    }
    return result
  }
}

function addToGroups(
  groups: Map<string, Group>,
  pairs: readonly CompiledPair[],
  item: Value,
  tuple: Tuple | undefined,
  frame: Frame,
  position: number | undefined,
  run: Run,
): void {
  for (const pair of pairs) {
    run.tick()
    const key = pair.key(item, frame, run)
    if (key === undefined) continue
    if (typeof key !== 'string') throw new Fault('T1003', { position, value: key })
    const group = groups.get(key)
    if (group === undefined) {
      groups.set(key, { pair, data: item, tuple, isOwned: false })
      run.allow(groups.size)
      continue
    }
    if (group.pair !== pair) throw new Fault('D1009', { position, value: key })
    try {
      addToGroup(group, item, tuple, run)
    } catch (error) {
      throw located(error, position, '{')
    }
  }
}

function addToGroup(group: Group, item: Value, tuple: Tuple | undefined, run: Run): void {
  const own = group.isOwned && isArray(group.data) ? (group.data as Value[]) : append([], group.data, run)
  group.data = append(own, item, run)
  group.isOwned = true
  if (group.tuple === undefined || tuple === undefined) return
  let merged = group.tuple
  tuple.ids.forEach((id, at) => {
    const before = group.tuple?.values[group.tuple.ids.indexOf(id)]
    merged = merged.with(id, append(append([], before, run), tuple.values[at], run))
  })
  group.tuple = merged
}

function append(target: Value[], value: Value, run: Run): Value[] {
  pushFlat(target, value, run)
  return target
}
