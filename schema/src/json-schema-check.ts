import { pointerOf, resolvePointer } from './json-pointer.ts'

// Whether a value is a usable JSON Schema (draft 2020-12). Looks at the structure only: a validator that compiles its meta-schema
// may not run where a page's policy forbids to make code from text.

export interface JsonSchemaFault {
  readonly pointer: string
  readonly message: string
}

export function checkJsonSchema(schema: unknown, pointer = ''): JsonSchemaFault[] {
  const check = new SchemaCheck(schema)
  check.schema(schema, pointer)
  return check.faults
}

type KeywordCheck = (check: SchemaCheck, value: unknown, pointer: string) => void

class SchemaCheck {
  readonly faults: JsonSchemaFault[] = []
  private readonly root: unknown

  constructor(root: unknown) {
    this.root = root
  }

  schema(value: unknown, pointer: string): void {
    if (typeof value === 'boolean') return
    if (!isRecord(value)) return this.fault(pointer, 'A schema must be an object, true or false')
    for (const [keyword, item] of Object.entries(value))
      if (Object.hasOwn(keywords, keyword)) keywords[keyword]?.(this, item, pointerOf(pointer, keyword))
  }

  fault(pointer: string, message: string): void {
    this.faults.push({ pointer, message })
  }

  reference(value: unknown, pointer: string): void {
    if (typeof value !== 'string') return this.fault(pointer, 'A reference must be a string')
    if (value === '#' || /^#[A-Za-z_]/.test(value)) return
    if (!value.startsWith('#')) {
      if (!isRecord(this.root) || this.root.$id === undefined)
        this.fault(pointer, `${value} lies outside: only references inside of the schema (#/…) can be followed`)
      return
    }
    let path = value.slice(1)
    try {
      path = decodeURIComponent(path)
    } catch {
      return this.fault(pointer, `${value} is no reference`)
    }
    if (!path.startsWith('/') || resolvePointer(this.root, path) === undefined)
      this.fault(pointer, `${value} leads to nothing in this schema`)
  }
}

const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

const schema: KeywordCheck = (check, value, pointer) => check.schema(value, pointer)

const schemaList: KeywordCheck = (check, value, pointer) => {
  if (!Array.isArray(value) || value.length === 0) return check.fault(pointer, 'must be a list of schemas')
  for (const [index, item] of value.entries()) check.schema(item, pointerOf(pointer, index))
}

const schemaMap: KeywordCheck = (check, value, pointer) => {
  if (!isRecord(value)) return check.fault(pointer, 'must be an object of schemas')
  for (const [key, item] of Object.entries(value)) check.schema(item, pointerOf(pointer, key))
}

const items: KeywordCheck = (check, value, pointer) => {
  if (Array.isArray(value)) check.fault(pointer, '`items` is one schema; a list of them is called `prefixItems`')
  else check.schema(value, pointer)
}

const pattern: KeywordCheck = (check, value, pointer) => {
  const fault = typeof value === 'string' ? patternFault(value) : 'must be a string'
  if (fault !== undefined) check.fault(pointer, fault)
}

const patternMap: KeywordCheck = (check, value, pointer) => {
  schemaMap(check, value, pointer)
  if (isRecord(value)) for (const key of Object.keys(value)) pattern(check, key, pointerOf(pointer, key))
}

const type: KeywordCheck = (check, value, pointer) => {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value]
  const wrong = names.find((name) => typeof name !== 'string' || !typeNames.includes(name))
  if (wrong !== undefined || names.length === 0)
    check.fault(pointer, `${JSON.stringify(wrong ?? value)} is no type; there are ${typeNames.join(', ')}`)
  else if (new Set(names).size < names.length) check.fault(pointer, 'names a type twice')
}

const texts: KeywordCheck = (check, value, pointer) => {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string'))
    check.fault(pointer, 'must be a list of property names')
  else if (new Set(value).size < value.length) check.fault(pointer, 'names a property twice')
}

const textsMap: KeywordCheck = (check, value, pointer) => {
  if (!isRecord(value)) return check.fault(pointer, 'must be an object of lists')
  for (const [key, item] of Object.entries(value)) texts(check, item, pointerOf(pointer, key))
}

const mustBe =
  (test: (value: unknown) => boolean, words: string): KeywordCheck =>
  (check, value, pointer) => {
    if (!test(value)) check.fault(pointer, `must be ${words}`)
  }

const number = mustBe((value) => typeof value === 'number', 'a number')
const count = mustBe((value) => Number.isInteger(value) && Number(value) >= 0, 'a whole number from 0')
const flag = mustBe((value) => typeof value === 'boolean', 'true or false')
const text = mustBe((value) => typeof value === 'string', 'a string')
const list = mustBe(Array.isArray, 'a list')

const reference: KeywordCheck = (check, value, pointer) => check.reference(value, pointer)

const keywords: { readonly [keyword: string]: KeywordCheck } = {
  $schema: mustBe(
    (value) => typeof value === 'string' && /^https:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(value),
    'https://json-schema.org/draft/2020-12/schema, or left out',
  ),
  $id: text,
  $anchor: text,
  $comment: text,
  $ref: reference,
  $dynamicRef: reference,
  $defs: schemaMap,
  definitions: schemaMap,
  type,
  enum: mustBe((value) => Array.isArray(value) && value.length > 0, 'a list of values'),
  title: text,
  description: text,
  format: text,
  examples: list,
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
  uniqueItems: flag,
  multipleOf: mustBe((value) => typeof value === 'number' && value > 0, 'a number above 0'),
  maximum: number,
  exclusiveMaximum: number,
  minimum: number,
  exclusiveMinimum: number,
  maxLength: count,
  minLength: count,
  maxItems: count,
  minItems: count,
  maxContains: count,
  minContains: count,
  maxProperties: count,
  minProperties: count,
  pattern,
  required: texts,
  dependentRequired: textsMap,
  properties: schemaMap,
  patternProperties: patternMap,
  dependentSchemas: schemaMap,
  additionalProperties: schema,
  unevaluatedProperties: schema,
  propertyNames: schema,
  items,
  prefixItems: schemaList,
  contains: schema,
  unevaluatedItems: schema,
  allOf: schemaList,
  anyOf: schemaList,
  oneOf: schemaList,
  not: schema,
  if: schema,
  // biome-ignore lint/suspicious/noThenProperty: the keyword's own name
  then: schema,
  else: schema,
  contentSchema: schema,
  contentEncoding: text,
  contentMediaType: text,
}

function patternFault(source: string): string | undefined {
  try {
    new RegExp(source, 'u')
    return undefined
  } catch {
    return `${JSON.stringify(source)} is no regular expression`
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
