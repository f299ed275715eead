// A definition, compiled once: expressions, durations, schemas and transitions. Nothing is parsed on the hot path.
import {
  type Catcher,
  type Condition,
  compileCondition,
  compileTemplate,
  type Definition,
  type Expression,
  expressionSource,
  isExpression,
  type Json,
  type JsonSchema,
  parseDuration,
  type RetryPolicy,
  type ScopeBody,
  type Step,
} from '@durable-canvas/schema'

/** The meaning of the language that this code implements; written into every history. */
export const semantics = 1

export interface Limits {
  /** Events after which an execution fails with LimitExceeded. */
  readonly maxHistoryEvents: number
  /** Items of one forEach. */
  readonly maxFanOut: number
  /** Steps that one message may set off without anything to wait for. */
  readonly maxInstantSteps: number
}

export const defaultLimits: Limits = { maxHistoryEvents: 50_000, maxFanOut: 10_000, maxInstantSteps: 25_000 }

/** Says what is wrong with a value, in words; null: nothing. */
export type Validate = (value: Json) => string | null

export interface ProgramOptions {
  readonly version?: number
  readonly hash?: string
  readonly limits?: Partial<Limits>
  /** Compiles a JSON Schema. Without it inputs, outputs and event data go unchecked (as in a browser without such a thing). */
  readonly compileSchema?: (schema: JsonSchema) => Validate
}

/** A value that may hold expressions, with the names that they read. */
export interface Value {
  readonly evaluate: (input: Json, bindings: Record<string, Json>, host: EvaluationHost) => Json
  /** The value itself, if it holds no expression. */
  readonly constant: { readonly value: Json } | null
  readonly names: readonly string[]
  readonly steps: readonly string[]
}

export interface Test {
  readonly test: (input: Json, bindings: Record<string, Json>, host: EvaluationHost) => boolean
  readonly names: readonly string[]
  readonly steps: readonly string[]
}

export interface EvaluationHost {
  readonly millis: number
  readonly random: () => number
}

export interface CatchProgram {
  readonly errors: readonly string[]
  readonly when: Test | null
  readonly assign: Value | null
  readonly next: string
}

/** Milliseconds, or an expression that gives an ISO 8601 duration. */
export type Time = { readonly ms: number } | { readonly value: Value }

export interface RetryProgram {
  readonly maxNumberOfAttempts: number
  readonly first: Time | null
  readonly coefficient: number
  readonly max: Time | null
  readonly timeout: Time | null
  readonly jitter: boolean
  readonly retryOn: readonly string[] | null
  readonly abortOn: readonly string[] | null
}

export interface StepProgram<S extends Step = Step> {
  readonly id: string
  readonly type: S['type']
  /** Without visits and indexes: `each/charge`. */
  readonly path: string
  readonly definition: S
  readonly scope: ScopeProgram
  readonly next: string | null
  readonly status: Value | null
  readonly input: Value | null
  readonly output: Value | null
  readonly assign: Value | null
  readonly catches: readonly CatchProgram[]
  readonly retry: RetryProgram | null
  readonly times: Readonly<Record<string, Time>>
  /** Other values of the type, by field. */
  readonly values: Readonly<Record<string, Value>>
  readonly tests: readonly Test[]
  readonly validate: Validate | null
}

export interface ScopeProgram {
  /** '' | 'fork[left]' | 'each' | 'try' */
  readonly path: string
  readonly parent: ScopeProgram | null
  /** What the item is called in this forEach body; null elsewhere. */
  readonly itemName: string | null
  readonly start: string
  readonly steps: ReadonlyMap<string, StepProgram>
}

export interface Program {
  readonly definition: Definition
  readonly name: string
  readonly version: number
  readonly hash: string | undefined
  readonly limits: Limits
  readonly variables: Value
  readonly timeout: Time | null
  readonly root: ScopeProgram
  readonly scopes: ReadonlyMap<string, ScopeProgram>
  /** By static path. */
  readonly steps: ReadonlyMap<string, StepProgram>
  readonly validateInput: Validate | null
  readonly validateOutput: Validate | null
}

/** The definition must be free of errors (parseDefinition); throws an ExpressionError on one that slipped through. */
export function compileProgram(definition: Definition, options: ProgramOptions = {}): Program {
  const scopes = new Map<string, ScopeProgram>()
  const steps = new Map<string, StepProgram>()
  const schemaOf = (schema: JsonSchema | undefined) =>
    schema === undefined || !options.compileSchema ? null : options.compileSchema(schema)

  const compileScope = (body: ScopeBody, path: string, parent: ScopeProgram | null, itemName: string | null) => {
    const own = new Map<string, StepProgram>()
    const scope: ScopeProgram = { path, parent, itemName, start: body.start, steps: own }
    scopes.set(path, scope)
    for (const [id, step] of Object.entries(body.steps)) {
      const stepPath = path === '' ? id : `${path}/${id}`
      const program = compileStep(step, id, stepPath, scope, schemaOf)
      own.set(id, program)
      steps.set(stepPath, program)
      for (const inner of bodiesOf(step, stepPath)) compileScope(inner.body, inner.path, scope, inner.itemName)
    }
    return scope
  }

  const root = compileScope(definition, '', null, null)
  return {
    definition,
    name: definition.name,
    version: options.version ?? 0,
    hash: options.hash,
    limits: { ...defaultLimits, ...options.limits },
    variables: compileValue(definition.variables ?? {}),
    timeout: compileTime(definition.timeout),
    root,
    scopes,
    steps,
    validateInput: schemaOf(definition.input),
    validateOutput: schemaOf(definition.output),
  }
}

interface InnerBody {
  readonly body: ScopeBody
  readonly path: string
  readonly itemName: string | null
}

function bodiesOf(step: Step, path: string): InnerBody[] {
  if (step.type === 'parallel')
    return Object.entries(step.branches).map(([name, body]) => ({ body, path: `${path}[${name}]`, itemName: null }))
  if (step.type === 'forEach') return [{ body: step.body, path, itemName: step.item ?? 'item' }]
  if (step.type === 'scope') return [{ body: step.body, path, itemName: null }]
  return []
}

/** Fields that hold values, beside the common ones, by step type. */
const valueFields = ['items', 'instanceId', 'correlationKey', 'data', 'variables', 'until'] as const
const timeFields = ['timeout', 'scheduleToStartTimeout', 'heartbeatTimeout', 'delay'] as const

function compileStep(
  step: Step,
  id: string,
  path: string,
  scope: ScopeProgram,
  schemaOf: (schema: JsonSchema | undefined) => Validate | null,
): StepProgram {
  const fields = step as unknown as Readonly<Record<string, Json | undefined>>
  const value = (name: string) => (fields[name] === undefined ? null : compileValue(fields[name]))
  const values: Record<string, Value> = {}
  for (const name of valueFields) if (fields[name] !== undefined) values[name] = compileValue(fields[name])
  if (step.type === 'setCustomStatus') values.customStatus = compileValue(step.status)
  if (step.type === 'fail') values.error = compileValue(step.error as unknown as Json)
  if (step.type === 'activity' && step.compensate) values.compensate = compileValue(step.compensate.input ?? null)
  const times: Record<string, Time> = {}
  for (const name of timeFields) {
    const time = compileTime(fields[name] as string | undefined)
    if (time) times[name] = time
  }
  return {
    id,
    type: step.type,
    path,
    definition: step,
    scope,
    next: ('next' in step && step.next) || null,
    status: step.type === 'setCustomStatus' ? null : value('status'),
    input: value('input'),
    output: value('output'),
    assign: value('assign'),
    catches: ('catch' in step && step.catch ? step.catch : []).map(compileCatch),
    retry: 'retry' in step && step.retry ? compileRetry(step.retry) : null,
    times,
    values,
    tests: step.type === 'choice' ? step.choices.map((choice) => compileTest(choice.when)) : [],
    validate: step.type === 'waitForEvent' ? schemaOf(step.schema) : null,
  }
}

function compileCatch(catcher: Catcher): CatchProgram {
  return {
    errors: catcher.errors,
    when: catcher.when === undefined ? null : compileTest(catcher.when),
    assign: catcher.assign === undefined ? null : compileValue(catcher.assign),
    next: catcher.next,
  }
}

export function compileRetry(retry: RetryPolicy): RetryProgram {
  return {
    maxNumberOfAttempts: retry.maxNumberOfAttempts,
    first: compileTime(retry.firstRetryInterval),
    coefficient: retry.backoffCoefficient ?? 1,
    max: compileTime(retry.maxRetryInterval),
    timeout: compileTime(retry.retryTimeout),
    jitter: retry.jitter === 'full',
    retryOn: retry.retryOn ?? null,
    abortOn: retry.abortOn ?? null,
  }
}

export function compileValue(value: Json): Value {
  const template = compileTemplate(value)
  return {
    evaluate: (input, bindings, host) => template.evaluate(input, bindings, host),
    constant: template.isConstant ? { value } : null,
    names: [...template.variables],
    steps: referencedSteps(template.expressions.map(({ expression }) => expression)),
  }
}

function compileTest(source: string | boolean): Test {
  if (typeof source === 'boolean') return { test: () => source, names: [], steps: [] }
  const condition: Condition = compileCondition(isExpression(source) ? expressionSource(source) : source)
  return {
    test: (input, bindings, host) => condition.test(input, bindings, host),
    names: [...condition.expression.variables],
    steps: referencedSteps([condition.expression]),
  }
}

const referencedSteps = (expressions: readonly Expression[]): string[] => [
  ...new Set(expressions.flatMap((expression) => [...expression.stepReferences])),
]

function compileTime(text: string | undefined): Time | null {
  if (text === undefined) return null
  if (isExpression(text)) return { value: compileValue(text) }
  const ms = parseDuration(text)
  // A literal that is no duration is the checker's to refuse; here it is a value that fails when it is read.
  return ms === undefined ? { value: compileValue(text) } : { ms }
}
