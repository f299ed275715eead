// The tree that the jsonata package's parser gives. The package does not type it, so this is what we rely on.

export interface SyntaxNode {
  readonly type: string
  readonly value?: unknown
  readonly position?: number
  readonly steps?: readonly SyntaxNode[]
  readonly stages?: readonly Stage[]
  readonly predicate?: readonly Stage[]
  readonly group?: Grouping
  readonly keepArray?: boolean
  readonly keepSingletonArray?: boolean
  readonly consarray?: boolean
  /** The node gives a stream of tuples: it binds `@`, `#` or is looked up by `%`. */
  readonly tuple?: boolean
  readonly focus?: string
  readonly index?: string
  readonly ancestor?: Slot
  readonly slot?: Slot
  readonly lhs?: SyntaxNode | readonly Pair[]
  readonly rhs?: SyntaxNode
  readonly expression?: SyntaxNode
  readonly expressions?: readonly SyntaxNode[]
  readonly arguments?: readonly SyntaxNode[]
  readonly procedure?: SyntaxNode
  readonly condition?: SyntaxNode
  readonly then?: SyntaxNode
  readonly else?: SyntaxNode
  readonly body?: SyntaxNode
  readonly signature?: { readonly definition: string }
  /** A lambda made by the parser around a call in tail position. */
  readonly thunk?: boolean
  readonly pattern?: SyntaxNode
  readonly update?: SyntaxNode
  readonly delete?: SyntaxNode
  readonly terms?: readonly SortTerm[]
}

export type Pair = readonly [SyntaxNode, SyntaxNode]

export interface Stage {
  readonly type: 'filter' | 'index'
  readonly expr?: SyntaxNode
  readonly value?: string
}

export interface Grouping {
  readonly lhs: readonly Pair[]
  readonly position?: number
}

export interface Slot {
  readonly label: string
}

export interface SortTerm {
  readonly descending: boolean
  readonly expression: SyntaxNode
}

/** A part that the parser always sets for this type of node. */
export function required<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The parser left out a part of the tree')
  return part
}

export function operand(part: SyntaxNode['lhs']): SyntaxNode {
  if (part === undefined || isPairs(part)) throw new Error('The parser left out an operand')
  return part
}

export function pairsOf(part: SyntaxNode['lhs']): readonly Pair[] {
  return part !== undefined && isPairs(part) ? part : []
}

const isPairs = (part: SyntaxNode | readonly Pair[]): part is readonly Pair[] => Array.isArray(part)

/** Every node directly below, in the order of evaluation. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  const add = (...parts: readonly (SyntaxNode | undefined)[]) => {
    for (const part of parts) if (part !== undefined) found.push(part)
  }
  if (node.lhs !== undefined) {
    if (isPairs(node.lhs)) add(...node.lhs.flat())
    else add(node.lhs)
  }
  add(...(node.steps ?? []), node.rhs, node.expression, ...(node.expressions ?? []))
  add(node.procedure, ...(node.arguments ?? []), node.condition, node.then, node.else, node.body)
  add(node.pattern, node.update, node.delete, ...(node.terms ?? []).map((term) => term.expression))
  add(...(node.predicate ?? []).map((stage) => stage.expr), ...(node.stages ?? []).map((stage) => stage.expr))
  add(...(node.group?.lhs ?? []).flat())
  return found
}
