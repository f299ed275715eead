import type { Compiler, Evaluate } from '../compiler.ts'
import type { Frame } from '../frame.ts'
import type { Run } from '../run.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import {
  isArray,
  isConstructed,
  isSequence,
  keepSingleton,
  newSequence,
  type Sequence,
  sequenceOf,
  type Value,
  type ValueArray,
} from '../value.ts'
import { compileFilter, type Filter } from './filter.ts'
import { compileGroup } from './group.ts'
import { compileNames } from './names.ts'
import { compileSort } from './sort.ts'
import { compileTuplePath } from './tuple-path.ts'

export function compilePath(compiler: Compiler, node: SyntaxNode): Evaluate {
  const steps = required(node.steps)
  if (steps.some((step) => step.tuple === true)) return compileTuplePath(compiler, node)
  const general = compileSteps(compiler, node)
  return compileNames(compiler, node, general) ?? general
}

/** Takes a sequence of contexts to what the step finds in them. */
export type RunStep = (items: ValueArray, frame: Frame, run: Run) => Value

function compileSteps(compiler: Compiler, node: SyntaxNode): Evaluate {
  const nodes = required(node.steps)
  const steps = nodes.map((step, at) => compilePathStep(compiler, step, at, at === nodes.length - 1))
  const group = node.group === undefined ? undefined : compileGroup(compiler, node.group)
  const isAbsolute = nodes[0]?.type === 'variable'
  const keepsSingleton = node.keepSingletonArray === true
  return (input, frame, run) => {
    run.tick()
    let items = isArray(input) && !isAbsolute ? input : [input]
    let result: Value
    for (const step of steps) {
      result = step(items, frame, run)
      if (!isArray(result) || result.length === 0) break
      items = result
    }
    if (keepsSingleton) result = keepResult(result)
    return group === undefined ? result : group(result, frame, run)
  }
}

export function keepResult(result: Value): Value {
  const kept = isConstructed(result) ? sequenceOf(result) : result
  if (isSequence(kept)) keepSingleton(kept)
  return kept
}

export function compilePathStep(compiler: Compiler, node: SyntaxNode, at: number, isLast: boolean): RunStep {
  if (node.type === 'sort') return compileSortStep(compiler, node)
  const evaluate = compiler.compile(node)
  // an array constructor at the start is not evaluated for each item
  if (at === 0 && node.consarray === true) return (items, frame, run) => evaluate(items, frame, run)
  const filters = (node.stages ?? []).flatMap((stage) =>
    stage.expr === undefined ? [] : [compileFilter(compiler, stage.expr)],
  )
  const runItem = filters.length === 0 ? evaluate : filtering(evaluate, filters)
  return (items, frame, run) => runStep(items, runItem, isLast, frame, run)
}

function filtering(evaluate: Evaluate, filters: readonly Filter[]): Evaluate {
  return (input, frame, run) => {
    let value = evaluate(input, frame, run)
    for (const filter of filters) value = filter(value, frame, run)
    return value
  }
}

/** What is found is flattened into one sequence, except an array that is all that the last step found. */
function runStep(items: ValueArray, runItem: Evaluate, isLast: boolean, frame: Frame, run: Run): Value {
  const found = newSequence()
  let count = 0
  let single: Value
  for (let at = 0; at < items.length; at++) {
    run.tick()
    const value = runItem(items[at], frame, run)
    if (value === undefined) continue
    if (++count === 1) single = value
    if (!isArray(value) || isConstructed(value)) found.push(value)
    else {
      // a single array may be kept as it is, so it is not copied before a second one turns up
      if (isLast && items.length === 1) return isSequence(value) ? flatten(value, run) : value
      run.allow(found.length + value.length)
      run.chargeElements(value.length)
      for (const item of value) found.push(item)
    }
  }
  run.allow(found.length)
  if (isLast && count === 1 && isArray(single) && !isSequence(single)) return single
  return found
}

function flatten(value: Sequence, run: Run): Sequence {
  run.chargeElements(value.length)
  const found = newSequence()
  for (const item of value) found.push(item)
  return found
}

function compileSortStep(compiler: Compiler, node: SyntaxNode): RunStep {
  const sort = compileSort(compiler, node)
  const filters = (node.stages ?? []).flatMap((stage) =>
    stage.expr === undefined ? [] : [compileFilter(compiler, stage.expr)],
  )
  return (items, frame, run) => {
    let result: Value = sort.values(items, frame, run)
    for (const filter of filters) result = filter(result, frame, run)
    return result
  }
}
