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

/** A schema that the sample fits: for authors who have data and no wish to write schemas. */
export function schemaOf(sample: Json): Json {
  if (sample === null) return {}
  if (isArray(sample))
    return sample[0] === undefined ? { type: 'array' } : { type: 'array', items: schemaOf(sample[0]) }
  if (isObject(sample)) {
    const properties = fromEntries(Object.entries(sample).map(([name, value]) => [name, schemaOf(value)]))
    return { type: 'object', properties, required: Object.keys(sample) }
  }
  if (typeof sample === 'number') return { type: Number.isInteger(sample) ? 'integer' : 'number' }
  return { type: typeof sample }
}
