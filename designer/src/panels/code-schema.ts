// What the language's own schema says of a place in a definition that may be half written: which properties belong there,
// of what kind they are and what they mean.
import type { Json } from '@durable-canvas/schema'
import schema from '@durable-canvas/schema/definition.schema.json'
import { getAt, isArray, isObject, type JsonObject, textAt } from '../drawing/json.ts'

const root = schema as unknown as JsonObject
const types: ReadonlyMap<string, JsonObject> = new Map(
  (isObject(root.$defs) ? Object.values(root.$defs) : []).flatMap((one) => {
    const type = getAt(one, ['properties', 'type', 'const'])
    return typeof type === 'string' && isObject(one) ? [[type, one] as const] : []
  }),
)

export const stepTypeNames: readonly string[] = [...types.keys()]

export interface FieldSchema {
  readonly name: string
  readonly isRequired: boolean
  /** "string", "array of strings", "all | any | object" */
  readonly kind: string
  /** What it means, as the schema has it. */
  readonly meaning: string
  /** "at most 200 characters" */
  readonly limits: string
  /** All values that there are, where they are few. */
  readonly choices: readonly Json[]
}

/** The properties that the object at the place may have. */
export function fieldsAt(path: readonly string[], document: Json): readonly FieldSchema[] {
  const at = schemaAt(path, document)
  const properties = at === undefined ? undefined : at.properties
  if (at === undefined || !isObject(properties)) return []
  return Object.entries(properties).map(([name, field]) => fieldOf(name, field, at))
}

/** What stands at the place, seen from what holds it; undefined where the schema leaves it to the author. */
export function fieldAt(path: readonly string[], document: Json): FieldSchema | undefined {
  const name = path.at(-1)
  if (name === undefined) return undefined
  const holder = schemaAt(path.slice(0, -1), document)
  if (holder === undefined) return undefined
  const properties = isObject(holder.properties) ? holder.properties : {}
  if (Object.hasOwn(properties, name)) return fieldOf(name, properties[name], holder)
  const other = holder.additionalProperties ?? holder.items
  return isObject(other) ? fieldOf(name, isStep(other) ? stepAt(path, document) : other, holder) : undefined
}

const isStep = (field: JsonObject): boolean => textAt(field, '$ref') === '#/$defs/step'

const stepAt = (path: readonly string[], document: Json): Json => schemaAt(path, document) ?? {}

function fieldOf(name: string, field: Json | undefined, holder: JsonObject): FieldSchema {
  const resolved = resolve(field)
  const meaning = [textAt(field, 'description'), textAt(resolved, 'description')].filter(
    (text, index, all) => text !== undefined && all.indexOf(text) === index,
  )
  return {
    name,
    isRequired: isArray(holder.required) && holder.required.includes(name),
    kind: kindOf(resolved),
    meaning: meaning.join(' '),
    limits: limitsOf(resolved),
    choices: name === 'type' && isStepHolder(holder) ? stepTypeNames : choicesOf(resolved),
  }
}

const isStepHolder = (holder: JsonObject): boolean => getAt(holder, ['properties', 'type']) !== undefined

function resolve(field: Json | undefined): JsonObject {
  const ref = textAt(field, '$ref')
  const found = ref === undefined ? field : getAt(root, ref.split('/').slice(1))
  return isObject(found) ? found : {}
}

const optionsOf = (field: JsonObject): readonly Json[] =>
  isArray(field.oneOf) ? field.oneOf : isArray(field.anyOf) ? field.anyOf : []

function choicesOf(field: JsonObject): readonly Json[] {
  if (isArray(field.enum)) return field.enum
  if (field.const !== undefined) return [field.const]
  if (field.type === 'boolean') return [true, false]
  return optionsOf(field).flatMap((option) => choicesOf(resolve(option)))
}

function kindOf(field: JsonObject): string {
  const options = optionsOf(field)
  if (options.length > 0) {
    if (options.every((option) => getAt(resolve(option), ['properties', 'type', 'const']) !== undefined)) return 'step'
    return options.map((option) => kindOf(resolve(option))).join(' | ')
  }
  if (isArray(field.enum)) return field.enum.map(String).join(' | ')
  if (field.const !== undefined) return JSON.stringify(field.const)
  if (field.type === 'array') {
    const inner = isObject(field.items) ? kindOf(resolve(field.items)) : ''
    return inner === '' ? 'array' : `array of ${/\W/.test(inner) ? `(${inner})` : `${inner}s`}`
  }
  const type = isArray(field.type) ? field.type.join(' | ') : textAt(field, 'type')
  if (getAt(field, ['properties', 'type', 'const']) !== undefined) return 'step'
  return type ?? 'any JSON'
}

function limitsOf(field: JsonObject): string {
  const { minimum, maximum, maxLength, minItems, pattern } = field
  const range =
    minimum !== undefined && maximum !== undefined
      ? `from ${minimum} to ${maximum}`
      : minimum !== undefined
        ? `at least ${minimum}`
        : maximum !== undefined
          ? `at most ${maximum}`
          : undefined
  const parts = [
    range,
    maxLength === undefined ? undefined : `at most ${maxLength} characters`,
    minItems === undefined ? undefined : `at least ${minItems} item${minItems === 1 ? '' : 's'}`,
    typeof pattern === 'string' && field.description === undefined ? `matches ${pattern}` : undefined,
    ownFields(field),
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

/** `{ maxNumberOfAttempts, firstRetryInterval?, … }` */
function ownFields({ properties, required }: JsonObject): string | undefined {
  if (!isObject(properties)) return undefined
  const isRequired = (name: string) => isArray(required) && required.includes(name)
  return `{ ${Object.keys(properties)
    .map((name) => (isRequired(name) ? name : `${name}?`))
    .join(', ')} }`
}

/** The schema that the value at the place is under, with the alternative that it has chosen. */
function schemaAt(path: readonly string[], document: Json): JsonObject | undefined {
  let at: JsonObject | undefined = root
  let value: Json | undefined = document
  for (const key of path) {
    if (at === undefined) return undefined
    const properties: Json | undefined = at.properties
    const inner: Json | undefined =
      isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : (at.additionalProperties ?? at.items)
    value = isArray(value) ? value[Number(key)] : getAt(value, [key])
    at = isObject(inner) ? narrowed(resolve(inner), value) : undefined
  }
  return at
}

const untyped: JsonObject = {
  description: 'A step. Its type says what else it has.',
  required: ['type'],
  properties: { type: { type: 'string', description: 'What kind of step it is.' } },
}

function narrowed(field: JsonObject, value: Json | undefined): JsonObject {
  const options = optionsOf(field).map((option) => resolve(option))
  if (options.length === 0) return field
  if (kindOf(field) === 'step') return types.get(textAt(value, 'type') ?? '') ?? untyped
  return options.find((option) => option.properties !== undefined) ?? field
}
