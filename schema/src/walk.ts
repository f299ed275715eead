import type { Step } from './definition.generated.ts'
import { pointerOf } from './json-pointer.ts'

// The scopes and steps of a definition, with the ways between them. Everything that looks at a definition as a graph starts here.
// Reads with care, so that documents that are half drawn can be walked too: what is out of shape is left out.

export interface ScopeVisit {
  readonly kind: 'document' | 'branch' | 'body'
  readonly pointer: string
  /** Empty for the document; `fork[left]` for a branch, `each` for a body. */
  readonly path: string
  readonly start: string | undefined
  readonly steps: ReadonlyMap<string, StepVisit>
  /** The step that holds this scope. */
  readonly owner: StepVisit | undefined
  /** 0 for the document. */
  readonly depth: number
}

export interface StepVisit {
  readonly id: string
  /** Right only in a definition that was parsed without errors. */
  readonly step: Step
  readonly pointer: string
  /** `each/charge`, `fork[left]/wait`, `try/x` */
  readonly path: string
  readonly scope: ScopeVisit
  readonly edges: readonly Edge[]
  /** The scopes inside of the step. */
  readonly scopes: readonly ScopeVisit[]
}

export interface Edge {
  readonly kind: 'next' | 'choice' | 'otherwise' | 'catch' | 'onTimeout'
  /** A step id, which may not exist. */
  readonly to: string
  /** Of the property that names the target. */
  readonly pointer: string
}

/** The document's own scope; all others hang below it. Never throws; deep nesting is the caller's to refuse. */
export function walkDefinition(definition: object): ScopeVisit {
  return visitScope({ kind: 'document', pointer: '', path: '', value: definition, owner: undefined, depth: 0 })
}

/** A scope and all scopes inside of it, outer ones first. */
export function* eachScope(scope: ScopeVisit): Generator<ScopeVisit> {
  const open = [scope]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next
    for (const visit of [...next.steps.values()].reverse()) open.push(...[...visit.scopes].reverse())
  }
}

/** All steps of a scope and of the scopes inside of it. */
export function* eachStep(scope: ScopeVisit): Generator<StepVisit> {
  for (const inner of eachScope(scope)) yield* inner.steps.values()
}

/** The scope itself, then the scopes around it, up to the document. */
export function* enclosingScopes(scope: ScopeVisit): Generator<ScopeVisit> {
  for (let next: ScopeVisit | undefined = scope; next !== undefined; next = next.owner?.scope) yield next
}

type Fields = { readonly [field: string]: unknown }

interface ScopeSource {
  readonly kind: ScopeVisit['kind']
  readonly pointer: string
  readonly path: string
  readonly value: unknown
  readonly owner: StepVisit | undefined
  readonly depth: number
}

function visitScope({ value, ...source }: ScopeSource): ScopeVisit {
  const fields = isFields(value) ? value : {}
  const steps = new Map<string, StepVisit>()
  const scope: ScopeVisit = { ...source, start: textOf(fields.start), steps }
  const entries = isFields(fields.steps) ? Object.entries(fields.steps) : []
  // What is no object is still there to be named.
  for (const [id, step] of entries) steps.set(id, visitStep(id, isFields(step) ? step : {}, scope))
  return scope
}

function visitStep(id: string, fields: Fields, scope: ScopeVisit): StepVisit {
  const pointer = pointerOf(scope.pointer, 'steps', id)
  const scopes: ScopeVisit[] = []
  const visit: StepVisit = {
    id,
    step: fields as unknown as Step,
    pointer,
    path: scope.path === '' ? id : `${scope.path}/${id}`,
    scope,
    edges: edgesOf(fields, pointer),
    scopes,
  }
  const inner = { owner: visit, depth: scope.depth + 1 }
  if (isFields(fields.body))
    scopes.push(
      visitScope({ ...inner, kind: 'body', pointer: `${pointer}/body`, path: visit.path, value: fields.body }),
    )
  if (isFields(fields.branches))
    for (const [name, value] of Object.entries(fields.branches))
      scopes.push(
        visitScope({
          ...inner,
          kind: 'branch',
          pointer: pointerOf(pointer, 'branches', name),
          path: `${visit.path}[${name}]`,
          value,
        }),
      )
  return visit
}

function edgesOf(step: Fields, pointer: string): Edge[] {
  const edges: Edge[] = []
  const add = (kind: Edge['kind'], to: unknown, ...segments: readonly (string | number)[]) => {
    if (typeof to === 'string') edges.push({ kind, to, pointer: pointerOf(pointer, ...segments) })
  }
  for (const [index, choice] of listOf(step.choices)) add('choice', choice.next, 'choices', index, 'next')
  add('otherwise', step.otherwise, 'otherwise')
  add('next', step.next, 'next')
  add('onTimeout', step.onTimeout, 'onTimeout')
  for (const [index, catcher] of listOf(step.catch)) add('catch', catcher.next, 'catch', index, 'next')
  return edges
}

function listOf(value: unknown): [number, Fields][] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item, index): [number, Fields][] => (isFields(item) ? [[index, item]] : []))
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
