import { builtInNames, takesContext } from './built-in.ts'
import type { Reference } from './expression.ts'
import { operand, pairsOf, type SyntaxNode } from './syntax-tree.ts'

export interface References {
  readonly references: readonly Reference[]
  readonly stepReferences: ReadonlySet<string>
  readonly usesInput: boolean
  readonly inputReferences: readonly Reference[]
  readonly hidesInput: boolean
}

/** What an expression asks of its surroundings, found without running it. */
export function findReferences(root: SyntaxNode): References {
  const finder = new Finder()
  finder.visitScope(root, new Set(), true)
  return finder
}

class Finder implements References {
  readonly references: Reference[] = []
  readonly stepReferences = new Set<string>()
  readonly inputReferences: Reference[] = []
  usesInput = false
  hidesInput = false
  /** Bodies of functions run later than they are written, so they see what their scope binds further down. */
  #later: (() => void)[] = []

  visitScope(node: SyntaxNode, names: Set<string>, isInput: boolean): void {
    this.#inScope(() => this.#visit(node, names, isInput))
  }

  #inScope(visit: () => void): void {
    const outer = this.#later
    this.#later = []
    visit()
    const bodies = this.#later
    this.#later = outer
    for (const body of bodies) body()
  }

  /** `isInput`: whether a bare path would look into the expression's input. */
  #visit(node: SyntaxNode, names: Set<string>, isInput: boolean): void {
    switch (node.type) {
      case 'variable':
        this.#visitVariable(node, names, isInput)
        break
      case 'name':
        if (isInput) this.#readInput(String(node.value), node.position)
        break
      case 'wildcard':
      case 'descendant':
      case 'parent':
        if (isInput) this.#readInputUnseen()
        break
      case 'path':
        this.#visitPath(node, names, isInput)
        break
      case 'lambda':
        this.#visitLambda(node, names, isInput)
        break
      case 'block':
        this.#visitBlock(node, names, isInput)
        break
      case 'bind':
        this.#visitOptional(node.rhs, names, isInput)
        names.add(String(operand(node.lhs).value))
        break
      case 'transform':
        for (const part of [node.pattern, node.update, node.delete]) this.#visitOptional(part, names, false)
        break
      default:
        this.#visitOperands(node, names, isInput)
    }
    for (const stage of node.predicate ?? []) this.#visitOptional(stage.expr, names, false)
    if (node.type !== 'path') this.#visitGroup(node, names)
  }

  #visitOptional(node: SyntaxNode | undefined, names: Set<string>, isInput: boolean): void {
    if (node !== undefined) this.#visit(node, names, isInput)
  }

  #visitVariable(node: SyntaxNode, names: Set<string>, isInput: boolean): void {
    const name = String(node.value)
    if (name === '$' || (name === '' && isInput)) this.#readInput(`$${name}`, node.position)
    if (name === '' || name === '$' || names.has(name)) return
    // the parser says where a variable ends
    this.references.push({ name, position: Math.max(0, (node.position ?? 0) - name.length - 1) })
  }

  /** Only the first step looks into the context; every other one into what the step before has found. */
  #visitPath(node: SyntaxNode, outer: Set<string>, isInput: boolean): void {
    const steps = node.steps ?? []
    const [first, second] = steps
    const names = steps.some((step) => step.focus !== undefined || step.tuple === true) ? new Set(outer) : outer
    if (first?.type === 'variable' && first.value === 'steps' && second?.type === 'name' && !names.has('steps')) {
      this.stepReferences.add(String(second.value))
    }
    steps.forEach((step, at) => {
      this.#visit(step, names, isInput && at === 0)
      for (const name of [step.focus, step.index]) if (name !== undefined) names.add(name)
      for (const term of step.terms ?? []) this.#visit(term.expression, names, false)
      for (const stage of step.stages ?? []) {
        this.#visitOptional(stage.expr, names, false)
        if (stage.value !== undefined) names.add(stage.value)
      }
    })
    this.#visitGroup(node, names)
  }

  #visitLambda(node: SyntaxNode, names: Set<string>, isInput: boolean): void {
    const { body } = node
    if (body === undefined) return
    const parameters = (node.arguments ?? []).map((parameter) => String(parameter.value))
    if (node.thunk === true) this.#visit(body, names, isInput)
    else this.#later.push(() => this.visitScope(body, new Set([...names, ...parameters]), isInput))
  }

  #visitBlock(node: SyntaxNode, outer: Set<string>, isInput: boolean): void {
    const names = new Set(outer)
    this.#inScope(() => {
      for (const part of node.expressions ?? []) this.#visit(part, names, isInput)
    })
  }

  #visitOperands(node: SyntaxNode, names: Set<string>, isInput: boolean): void {
    if (node.type === 'unary' && node.value === '{') {
      for (const part of pairsOf(node.lhs).flat()) this.#visit(part, names, isInput)
    } else if (node.lhs !== undefined) this.#visit(operand(node.lhs), names, isInput)
    for (const part of [node.rhs, node.expression]) this.#visitOptional(part, names, isInput)
    for (const part of node.expressions ?? []) this.#visit(part, names, isInput)
    for (const part of [node.condition, node.then, node.else]) this.#visitOptional(part, names, isInput)
    if (node.procedure !== undefined) this.#visitCall(node, node.procedure, names, isInput)
  }

  #visitCall(node: SyntaxNode, procedure: SyntaxNode, names: Set<string>, isInput: boolean): void {
    // `$count(…)` is the built-in function; `$count` anywhere else is what a host binds under that name, if it does.
    if (procedure.type !== 'variable' || !builtInNames.has(String(procedure.value)))
      this.#visit(procedure, names, isInput)
    const args = node.arguments ?? []
    for (const argument of args) this.#visit(argument, names, isInput)
    if (isInput && procedure.type === 'variable' && takesContext(String(procedure.value), args.length)) {
      this.#readInputUnseen()
    }
  }

  /** The parser says where a name ends. */
  #readInput(name: string, end: number | undefined): void {
    this.usesInput = true
    this.inputReferences.push({ name, position: end ?? 0 })
  }

  #readInputUnseen(): void {
    this.usesInput = true
    this.hidesInput = true
  }

  /** A path visits its own group, with the names that its steps have bound. */
  #visitGroup(node: SyntaxNode, names: Set<string>): void {
    if (node.group === undefined) return
    for (const part of node.group.lhs.flat()) this.#visit(part, names, false)
  }
}
