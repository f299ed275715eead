// A JSON Schema as a list of fields that can be read: what it is called, what it may be, whether it must be there.
import type { Json, JsonSchema } from '@durable-canvas/schema'

export interface SchemaField {
  /** `payment.amount`, `items[].sku`; "" is the value itself. */
  readonly path: string
  readonly type: string
  readonly isRequired: boolean
  /** Title, description, limits. */
  readonly notes: readonly string[]
}

type SchemaObject = { readonly [key: string]: Json }

const mostFields = 200
const deepest = 6

const isObject = (value: Json | undefined): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isSchema = (value: Json | undefined): value is JsonSchema & Json => typeof value === 'boolean' || isObject(value)

export function schemaFields(schema: JsonSchema): SchemaField[] {
  const fields: SchemaField[] = []
  const walk = (one: JsonSchema, path: string, isRequired: boolean, depth: number) => {
    if (fields.length >= mostFields) return
    const inner = isObject(one) ? members(one) : []
    if (path !== '' || inner.length === 0)
      fields.push({ path, type: typeText(one), isRequired, notes: isObject(one) ? notesOf(one) : [] })
    if (depth >= deepest) return
    for (const { name, schema: member, required } of inner)
      walk(member, path === '' || name.startsWith('[]') ? `${path}${name}` : `${path}.${name}`, required, depth + 1)
  }
  walk(schema, '', true, 0)
  return fields
}

function members(schema: SchemaObject): { name: string; schema: JsonSchema; required: boolean }[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : []
  const named = properties.flatMap(([name, member]) =>
    isSchema(member) ? [{ name, schema: member as JsonSchema, required: required.includes(name) }] : [],
  )
  const { items } = schema
  // Items that are plain values are told by the type of the list alone.
  const listed =
    isObject(items) && members(items).length > 0
      ? members(items).map((member) => ({ ...member, name: `[].${member.name}` }))
      : []
  return [...named, ...listed]
}

export function typeText(schema: JsonSchema): string {
  if (!isObject(schema)) return schema ? 'anything' : 'nothing'
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const options = schema.oneOf ?? schema.anyOf
  if (Array.isArray(options))
    return options
      .filter(isSchema)
      .map((one) => typeText(one as JsonSchema))
      .join(' or ')
  const { type, items } = schema
  if (type === 'array') return isSchema(items) ? `list of ${typeText(items as JsonSchema)}` : 'list'
  if (typeof type === 'string') return typeof schema.format === 'string' ? `${type} (${schema.format})` : type
  if (Array.isArray(type)) return type.join(' or ')
  return isObject(schema.properties) ? 'object' : typeof schema.$ref === 'string' ? schema.$ref : 'anything'
}

const limits: readonly (readonly [keyword: string, words: (value: Json) => string])[] = [
  ['minimum', (value) => `at least ${value}`],
  ['exclusiveMinimum', (value) => `more than ${value}`],
  ['maximum', (value) => `at most ${value}`],
  ['exclusiveMaximum', (value) => `less than ${value}`],
  ['minLength', (value) => (value === 1 ? 'not empty' : `${value} characters or more`)],
  ['maxLength', (value) => `at most ${value} characters`],
  ['minItems', (value) => `${value} or more`],
  ['maxItems', (value) => `at most ${value}`],
  ['pattern', (value) => `matches ${value}`],
  ['default', (value) => `default ${JSON.stringify(value)}`],
]

function notesOf(schema: SchemaObject): string[] {
  const texts = [schema.title, schema.description].filter((text): text is string => typeof text === 'string')
  return [
    ...texts,
    ...limits.flatMap(([keyword, words]) => (schema[keyword] === undefined ? [] : [words(schema[keyword])])),
  ]
}
