// Data that a schema would allow, for previews and for simulated runs: what its author gave as an example, else
// something of the right kind.
import type { Json } from '@durable-canvas/schema'
import { fromEntries, isArray, isObject } from './json.ts'

export function sampleOf(schema: Json | undefined, depth = 0): Json {
  if (!isObject(schema) || depth > 6) return null
  const [example] = isArray(schema.examples) ? schema.examples : []
  if (example !== undefined) return example
  for (const key of ['default', 'const', 'example']) if (schema[key] !== undefined) return schema[key]
  if (isArray(schema.enum) && schema.enum[0] !== undefined) return schema.enum[0]
  for (const key of ['oneOf', 'anyOf', 'allOf']) {
    const options = schema[key]
    if (isArray(options) && options.length > 0) return sampleOf(options[0], depth + 1)
  }
  return sampleByType(schema, depth)
}

function sampleByType(schema: { readonly [key: string]: Json }, depth: number): Json {
  const type = isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || isObject(schema.properties)) {
    const properties = isObject(schema.properties) ? schema.properties : {}
    return fromEntries(Object.entries(properties).map(([name, inner]) => [name, sampleOf(inner, depth + 1)]))
  }
  switch (type) {
    case 'array':
      return isObject(schema.items) ? [sampleOf(schema.items, depth + 1)] : []
    case 'string':
      return typeof schema.title === 'string' ? schema.title : 'text'
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1
    case 'boolean':
      return true
    default:
      return null
  }
}

/**
 * A schema that the sample fits: for authors who have data and no wish to write schemas. The items of an array share one:
 * what only some of them have is not required, and what differs in kind may be either.
 */
export function schemaOf(sample: Json): Json {
  return withoutBareNull(typed(sample))
}

type Typed = { readonly [key: string]: Json }

function typed(sample: Json): Typed {
  if (sample === null) return { type: 'null' }
  if (isArray(sample)) {
    const [first, ...others] = sample.map(typed)
    return first === undefined ? { type: 'array' } : { type: 'array', items: others.reduce(either, first) }
  }
  if (isObject(sample)) {
    const properties = fromEntries(Object.entries(sample).map(([name, value]) => [name, typed(value)]))
    return { type: 'object', properties, required: Object.keys(sample) }
  }
  if (typeof sample === 'number') return { type: Number.isInteger(sample) ? 'integer' : 'number' }
  return { type: typeof sample }
}

/** A schema for what either of the two takes. */
function either(a: Typed, b: Typed): Typed {
  const kinds = new Set([...typesOf(a), ...typesOf(b)])
  if (kinds.has('number')) kinds.delete('integer')
  const type: Json = kinds.size === 1 ? ([...kinds][0] ?? 'null') : [...kinds]
  const items = isObject(a.items) && isObject(b.items) ? either(a.items, b.items) : (a.items ?? b.items)
  return { type, ...(items !== undefined && { items }), ...eitherObject(a, b) }
}

const typesOf = ({ type }: Typed): string[] => (isArray(type) ? type.map(String) : [String(type)])

function eitherObject(a: Typed, b: Typed): Typed {
  const left = isObject(a.properties) ? a.properties : undefined
  const right = isObject(b.properties) ? b.properties : undefined
  if (left === undefined || right === undefined) {
    const one = left === undefined ? b : a
    return one.properties === undefined ? {} : { properties: one.properties, required: one.required ?? [] }
  }
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  const properties = names.map((name) => {
    const [mine, theirs] = [left[name], right[name]]
    return [name, isObject(mine) && isObject(theirs) ? either(mine, theirs) : (mine ?? theirs ?? {})] as const
  })
  const required = [a, b].map((one) => (isArray(one.required) ? one.required : []))
  return {
    properties: fromEntries(properties),
    required: (required[0] ?? []).filter((name) => required[1]?.includes(name)),
  }
}

/** Of a value that is null in all of the sample nothing is known. */
function withoutBareNull(schema: Json): Json {
  if (!isObject(schema)) return schema
  if (schema.type === 'null') return {}
  return {
    ...schema,
    ...(schema.items !== undefined && { items: withoutBareNull(schema.items) }),
    ...(isObject(schema.properties) && {
      properties: fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, withoutBareNull(inner)])),
    }),
  }
}
