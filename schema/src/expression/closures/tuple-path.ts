import type { Compiler, Evaluate } from '../compiler.ts'
import type { Frame } from '../frame.ts'
import type { Run } from '../run.ts'
import { required, type Stage, type SyntaxNode } from '../syntax-tree.ts'
import { isArray, newSequence, type Value } from '../value.ts'
import { compileFilter } from './filter.ts'
import { compileGroup } from './group.ts'
import { compilePathStep, keepResult } from './path.ts'
import { compileSort } from './sort.ts'
import { asValue, Tuple, TupleStream } from './tuple.ts'

type TupleStep = (stream: TupleStream, frame: Frame, run: Run) => TupleStream

/** A path in which, from some step on, each item carries what `@`, `#` and `%` have bound. */
export function compileTuplePath(compiler: Compiler, node: SyntaxNode): Evaluate {
  const nodes = required(node.steps)
  const firstTuple = nodes.findIndex((step) => step.tuple === true)
  const plainSteps = nodes.slice(0, firstTuple).map((step, at) => compilePathStep(compiler, step, at, false))
  const tupleSteps = nodes.slice(firstTuple).map((step) => compileTupleStep(compiler, step))
  const group = node.group === undefined ? undefined : compileGroup(compiler, node.group)
  const isAbsolute = nodes[0]?.type === 'variable'
  return (input, frame, run) => {
    run.tick()
    let items = isArray(input) && !isAbsolute ? input : [input]
    for (const step of plainSteps) {
      const result = step(items, frame, run)
      if (!isArray(result) || result.length === 0) return group === undefined ? result : group(result, frame, run)
      items = result
    }
    let stream = new TupleStream()
    for (const item of items) stream.add(new Tuple(item), run)
    for (const step of tupleSteps) stream = step(stream, frame, run)
    if (group !== undefined) return group(asValue(stream), frame, run)
    if (node.tuple === true) return asValue(stream)
    const found = itemsOf(stream)
    return node.keepSingletonArray === true ? keepResult(found) : found
  }
}

function itemsOf(stream: TupleStream): Value {
  const found = newSequence()
  for (const tuple of stream.tuples) found.push(tuple.item)
  return found
}

function compileTupleStep(compiler: Compiler, node: SyntaxNode): TupleStep {
  const expand = node.type === 'sort' ? compileSortStep(compiler, node) : compileExpansion(compiler, node)
  const stages = (node.stages ?? []).map((stage) => compileStage(compiler, stage))
  return (stream, frame, run) => {
    let result = expand(stream, frame, run)
    for (const stage of stages) result = stage(result, frame, run)
    return result
  }
}

function compileStage(compiler: Compiler, stage: Stage): TupleStep {
  if (stage.type === 'index') return numbering(compiler.boundId(required(stage.value)))
  const filter = compileFilter(compiler, required(stage.expr))
  return (stream, frame, run) => {
    const result: Value = filter(asValue(stream), frame, run)
    return result instanceof TupleStream ? result : new TupleStream()
  }
}

function numbering(id: number): TupleStep {
  return (stream, _frame, run) => {
    const numbered = new TupleStream()
    stream.tuples.forEach((tuple, at) => {
      run.tick()
      numbered.add(tuple.with(id, at), run)
    })
    return numbered
  }
}

function compileSortStep(compiler: Compiler, node: SyntaxNode): TupleStep {
  const sort = compileSort(compiler, node)
  const number = node.index === undefined ? undefined : numbering(compiler.boundId(node.index))
  return (stream, frame, run) => {
    const sorted = sort.tuples(stream, frame, run)
    return number === undefined ? sorted : number(sorted, frame, run)
  }
}

/** Each item that the step finds goes on as a tuple of its own, with the bindings of the one that it was found in. */
function compileExpansion(compiler: Compiler, node: SyntaxNode): TupleStep {
  const evaluate = compiler.compileStep(node)
  const focus = node.focus === undefined ? undefined : compiler.boundId(node.focus)
  const index = node.index === undefined ? undefined : compiler.boundId(node.index)
  const ancestor = node.ancestor === undefined ? undefined : compiler.boundId(node.ancestor.label)
  return (stream, frame, run) => {
    const expanded = new TupleStream()
    for (const tuple of stream.tuples) {
      run.tick()
      const found = evaluate(tuple.item, tuple.frame(frame), run)
      if (found === undefined) continue
      if (found instanceof TupleStream) {
        for (const inner of found.tuples) expanded.add(tuple.merge(inner), run)
        continue
      }
      const items = isArray(found) ? found : [found]
      items.forEach((item, at) => {
        run.charge(1 + tuple.ids.length)
        let next = focus === undefined ? tuple.withItem(item) : tuple.with(focus, item)
        if (index !== undefined) next = next.with(index, at)
        if (ancestor !== undefined) next = next.with(ancestor, tuple.item)
        expanded.add(next, run)
      })
    }
    return expanded
  }
}
