import { nestingLimit, stackLimit } from './budget.ts'
import { compileApplication } from './closures/application.ts'
import { compileArray } from './closures/array.ts'
import { compileBlock, compileCondition, compileLiteral } from './closures/basics.ts'
import { compileBinary, compileNegation } from './closures/binary.ts'
import { compileCall, compilePartial, compileTailCall } from './closures/call.ts'
import { compileFilter } from './closures/filter.ts'
import { compileGroup, compileObject } from './closures/group.ts'
import { compileLambda } from './closures/lambda.ts'
import { compileDescendants, compileName, compileWildcard } from './closures/lookup.ts'
import { compilePath } from './closures/path.ts'
import { compileRegex } from './closures/regex.ts'
import { compileTransform } from './closures/transform.ts'
import { isTupleSource, streamItems } from './closures/tuple.ts'
import { compileBinding, compileParent, compileVariable } from './closures/variable.ts'
import { Fault } from './fault.ts'
import type { Frame } from './frame.ts'
import type { Run } from './run.ts'
import { children, required, type Stage, type SyntaxNode } from './syntax-tree.ts'
import { isSequence, unwrap, type Value } from './value.ts'

/** A compiled part of an expression. */
export type Evaluate = (input: Value, frame: Frame, run: Run) => Value

/**
 * Turns a syntax tree into closures, once. Each kind of node has its function in closures/; here is what they share:
 * the numbers of the names that the expression binds, and how deep the closures nest.
 */
export class Compiler {
  readonly #ids = new Map<string, number>()
  #level = 0
  /** Frames that the closures from the body's start to here take, and the most that any of its parts do. */
  #height = 0
  #highest = 0
  /** Above zero, calls in tail position are made at once, since something is still done with their result. */
  #directCalls = 0

  constructor(root: SyntaxNode) {
    this.#nameBindings(root)
  }

  get bindsNames(): boolean {
    return this.#ids.size > 0
  }

  /** Undefined for a name that nothing in the expression binds. */
  idOf(name: string): number | undefined {
    return this.#ids.get(name)
  }

  boundId(name: string): number {
    return required(this.#ids.get(name))
  }

  compile(node: SyntaxNode): Evaluate {
    if (!isTupleSource(node)) return this.compileStep(node)
    const evaluate = this.compileStep(node)
    return (input, frame, run) => streamItems(evaluate(input, frame, run))
  }

  /** As a step of a path with `@`, `#` or `%`: what the step finds may carry bindings along. */
  compileStep(node: SyntaxNode): Evaluate {
    if (++this.#level > nestingLimit) throw new Fault('S9002', { value: nestingLimit, position: node.position })
    const frames = framesOf(node)
    this.#height += frames
    this.#highest = Math.max(this.#highest, this.#height)
    const isFollowed = node.predicate !== undefined || (node.group !== undefined && node.type !== 'path')
    if (isFollowed) this.#directCalls++
    const evaluate = this.#compileParts(node)
    if (isFollowed) this.#directCalls--
    this.#height -= frames
    this.#level--
    return evaluate
  }

  /** The body of a function, and how deep its closures nest. */
  compileBody(node: SyntaxNode): { readonly evaluate: Evaluate; readonly height: number } {
    const outer = { height: this.#height, highest: this.#highest }
    const directCalls = this.#directCalls
    this.#height = 0
    this.#highest = 0
    this.#directCalls = 0
    const evaluate = this.compile(node)
    const height = this.#highest
    this.#height = outer.height
    this.#highest = outer.highest
    if (height > stackLimit) throw new Fault('S9002', { value: nestingLimit, position: node.position })
    this.#directCalls = directCalls
    return { evaluate, height }
  }

  #compileParts(node: SyntaxNode): Evaluate {
    let evaluate = this.#compileNode(node)
    for (const stage of node.predicate ?? []) evaluate = this.#addFilter(stage, evaluate)
    if (node.group !== undefined && node.type !== 'path') {
      const source = evaluate
      const group = compileGroup(this, node.group)
      evaluate = (input, frame, run) => group(source(input, frame, run), frame, run)
    }
    return givesSequence(node) ? unwrapping(evaluate, node.keepArray === true) : evaluate
  }

  #addFilter(stage: Stage, source: Evaluate): Evaluate {
    const filter = compileFilter(this, required(stage.expr))
    return (input, frame, run) => filter(source(input, frame, run), frame, run)
  }

  #compileNode(node: SyntaxNode): Evaluate {
    switch (node.type) {
      case 'path':
        return compilePath(this, node)
      case 'binary':
        return compileBinary(this, node)
      case 'unary':
        return this.#compileUnary(node)
      case 'name':
        return compileName(node)
      case 'string':
      case 'number':
      case 'value':
        return compileLiteral(node)
      case 'wildcard':
        return compileWildcard()
      case 'descendant':
        return compileDescendants()
      case 'parent':
        return compileParent(this, node)
      case 'condition':
        return compileCondition(this, node)
      case 'block':
        return compileBlock(this, node)
      case 'bind':
        return compileBinding(this, node)
      case 'regex':
        return compileRegex(node)
      case 'function':
        return compileCall(this, node)
      case 'variable':
        return compileVariable(this, node)
      case 'lambda':
        if (node.thunk !== true) return compileLambda(this, node)
        return this.#directCalls > 0 ? this.compile(required(node.body)) : compileTailCall(this, required(node.body))
      case 'partial':
        return compilePartial(this, node)
      case 'apply':
        return compileApplication(this, node)
      case 'transform':
        return compileTransform(this, node)
      default:
        // such as a ? outside of a call: the parser lets it through, and it means nothing
        return () => undefined
    }
  }

  #compileUnary(node: SyntaxNode): Evaluate {
    if (node.value === '[') return compileArray(this, node)
    return node.value === '{' ? compileObject(this, node) : compileNegation(this, node)
  }

  #nameBindings(node: SyntaxNode): void {
    const add = (name: unknown) => {
      if (typeof name === 'string' && !this.#ids.has(name)) this.#ids.set(name, this.#ids.size)
    }
    if (node.type === 'bind' && node.lhs !== undefined && 'value' in node.lhs) add(node.lhs.value)
    if (node.type === 'lambda') for (const parameter of node.arguments ?? []) add(parameter.value)
    add(node.focus)
    add(node.index)
    add(node.ancestor?.label)
    if (node.type === 'parent') add(node.slot?.label)
    for (const stage of node.stages ?? []) if (stage.type === 'index') add(stage.value)
    for (const child of children(node)) this.#nameBindings(child)
  }
}

/** How many frames of JavaScript's stack a closure takes while it evaluates its parts, rather too many than too few. */
function framesOf(node: SyntaxNode): number {
  const filters = 2 * ((node.predicate ?? node.stages ?? []).length > 0 ? 1 : 0)
  switch (node.type) {
    case 'path':
      // a sort may be under way in its merges
      return node.steps?.some((step) => step.type === 'sort') ? 40 : node.tuple || hasTuples(node) ? 10 : 5
    case 'function':
    case 'apply':
    case 'partial':
      return 6
    case 'unary':
      return node.value === '{' ? 4 : 2
    case 'transform':
      return 6
    default:
      return 2 + filters + (node.group === undefined ? 0 : 4)
  }
}

const hasTuples = (path: SyntaxNode) => path.steps?.some((step) => step.tuple === true) === true

/** Whether what a node gives may have to be unwrapped; for the others the check would only cost time. */
function givesSequence(node: SyntaxNode): boolean {
  if (node.keepArray === true || node.predicate !== undefined) return true
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
    case 'lambda':
    case 'regex':
    case 'transform':
    case 'unary':
    case 'partial':
    case 'parent':
    case 'bind':
    case 'block':
    case 'condition':
      return false
    case 'binary':
      return node.value === '..'
    default:
      return true
  }
}

function unwrapping(evaluate: Evaluate, keepArray: boolean): Evaluate {
  return (input, frame, run) => {
    const value = evaluate(input, frame, run)
    return isSequence(value) ? unwrap(value, keepArray) : value
  }
}
