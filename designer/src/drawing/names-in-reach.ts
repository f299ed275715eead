// What an expression of a step can speak of: the input, variables, outputs of steps in reach, loop items, the context.
import { compileTemplate, ExpressionError, type Json } from '@durable-canvas/schema'
import { isArray, isObject, type JsonObject, textAt } from './json.ts'
import { sampleOf } from './sample.ts'
import { enclosingScopes, ownerOf, rootScope } from './static-path.ts'
import { stepAt, stepsIn } from './tree.ts'

export interface Named {
  /** As it is written: `$input.order.total` */
  readonly text: string
  readonly detail: string
}

/** What a step gives, by its schema; undefined where nothing is known. */
export type OutputSchemaOf = (step: JsonObject) => Json | undefined

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/
/** As an expression writes a name that may hold anything. */
export const quotedName = (name: string): string => (plain.test(name) ? name : `\`${name}\``)

export function namesInReach(definition: JsonObject, path: string | undefined, outputOf: OutputSchemaOf): Named[] {
  const names: Named[] = [{ text: '$input', detail: 'what the instance was started with' }]
  names.push(...fieldsOf('$input', definition.input))
  if (isObject(definition.variables)) {
    for (const [name, value] of Object.entries(definition.variables)) {
      names.push({ text: `$${quotedName(name)}`, detail: `variable, at first ${short(value)}` })
    }
  }
  const scopes = path === undefined ? [rootScope] : enclosingScopes(path)
  for (const scope of [...scopes].reverse()) {
    const owner = ownerOf(scope)
    const holder = owner === undefined ? undefined : stepAt(definition, owner)
    if (holder?.type === 'forEach') {
      names.push({ text: `$${textAt(holder, 'item') ?? 'item'}`, detail: 'the item of this round' })
      names.push({ text: '$index', detail: 'its number, from 0' })
    }
    for (const { id, step, path: other } of stepsIn(definition, scope)) {
      if (other === path) continue
      const text = `$steps.${quotedName(id)}.output`
      names.push({ text, detail: textAt(step, 'title') ?? String(step.type) })
      names.push(...fieldsOf(text, outputOf(step)))
    }
  }
  names.push({ text: '$result', detail: 'what the step gave (in output and assign)' })
  const own = path === undefined ? undefined : stepAt(definition, path)
  if (own !== undefined) names.push(...fieldsOf('$result', outputOf(own)))
  for (const field of ['type', 'message', 'details', 'step', 'attempt']) {
    names.push({ text: `$error.${field}`, detail: 'the error that was caught (in catch)' })
  }
  for (const field of ['instanceId', 'name', 'version', 'startedAt', 'parentInstanceId']) {
    names.push({ text: `$context.${field}`, detail: 'of this instance' })
  }
  return names
}

function fieldsOf(text: string, schema: Json | undefined, depth = 0): Named[] {
  if (!isObject(schema) || depth > 3) return []
  const inner = isObject(schema.items) ? schema.items : schema
  if (!isObject(inner.properties)) return []
  return Object.entries(inner.properties).flatMap(([name, field]) => {
    const deeper = `${text}.${quotedName(name)}`
    return [{ text: deeper, detail: describe(field) }, ...fieldsOf(deeper, field, depth + 1)]
  })
}

function describe(schema: Json): string {
  if (!isObject(schema)) return ''
  const type = isArray(schema.type) ? schema.type.join(' or ') : textAt(schema, 'type')
  return [type, textAt(schema, 'title') ?? textAt(schema, 'description')].filter(Boolean).join(', ')
}

function short(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}

export interface Sample {
  readonly input: Json
  readonly bindings: { readonly [name: string]: Json }
  /** What stands for nothing here, as it is written (`$result`, `$steps.charge`), each with the reason. */
  readonly unknown: { readonly [name: string]: string }
  /** The instance that the data comes from; undefined: made up. */
  readonly source?: string
  /** The time that `$now()` says, in milliseconds since 1970. */
  readonly at?: number
}

/** Values for all of these names, out of examples and schemas; `outputs` has what is known better (mocks, a past run). */
export function sampleInReach(
  definition: JsonObject,
  path: string | undefined,
  outputOf: OutputSchemaOf,
  outputs: { readonly [staticPath: string]: Json } = {},
): Sample {
  const input = sampleOf(definition.input)
  const steps: { [id: string]: Json } = {}
  const unknown: { [name: string]: string } = {}
  const bindings: { [name: string]: Json } = { ...(isObject(definition.variables) ? definition.variables : {}) }
  let inner = input
  for (const scope of path === undefined ? [rootScope] : enclosingScopes(path)) {
    const owner = ownerOf(scope)
    const holder = owner === undefined ? undefined : stepAt(definition, owner)
    const evaluated = (value: Json) => evaluatedOr(value, inner, { ...bindings, input, steps })
    if (holder?.type === 'forEach') {
      const items = evaluated(holder.items ?? null)
      const item = isArray(items) ? (items[0] ?? null) : items
      bindings[textAt(holder, 'item') ?? 'item'] = item
      bindings.index = 0
      inner = holder.input === undefined ? item : evaluated(holder.input)
    } else if (holder?.input !== undefined) inner = evaluated(holder.input)
    for (const { id, step, path: other } of stepsIn(definition, scope)) {
      const schema = outputOf(step)
      if (outputs[other] === undefined && schema === undefined)
        unknown[`$steps.${id}`] = 'no schema and no made-up answer say what it gives'
      steps[id] = { output: outputs[other] ?? sampleOf(schema) }
    }
  }
  const own = path === undefined ? undefined : stepAt(definition, path)
  const schema = own === undefined ? undefined : outputOf(own)
  const result = outputs[path ?? ''] ?? sampleOf(schema)
  if (own !== undefined && outputs[path ?? ''] === undefined && schema === undefined)
    unknown.$result = 'no schema and no made-up answer say what the step gives'
  const context = {
    instanceId: 'sample',
    name: textAt(definition, 'name') ?? '',
    version: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
  }
  const error = { type: 'Error', message: 'a message', details: null, step: path ?? '', attempt: 1 }
  return { input: inner, bindings: { ...bindings, input, steps, result, error, context }, unknown }
}

/** Null where it fails: then there is no sample of it. */
export function evaluatedOr(value: Json, input: Json, bindings: { readonly [name: string]: Json }): Json {
  try {
    return compileTemplate(value).evaluate(input, bindings, { millis: 0, random: () => 0.5 }) ?? null
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}
