// Keys and values that the language's own schema allows where the cursor stands.
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { Json } from '@durable-canvas/schema'
import schema from '@durable-canvas/schema/definition.schema.json'
import { getAt, isArray, isObject, type JsonObject, textAt } from '../drawing/json.ts'
import { pointerAt } from './code-pointer.ts'

const root = schema as unknown as JsonObject

export function codeCompletion(context: CompletionContext): CompletionResult | null {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1)
  const isName = node.name === 'PropertyName' || (node.name === '⚠' && node.parent?.name === 'Object')
  const isText = node.name === 'String' || isName
  if (!isText && !context.explicit) return null
  const path = pointerAt(context.state, context.pos)
  const parent = node.name === 'PropertyName' ? path.slice(0, -1) : path
  const from = isText && node.name !== '⚠' ? node.from : context.pos
  const to = isText && node.name !== '⚠' ? node.to : context.pos
  const value = parsedText(context.state.doc.toString())
  if (isName || node.name === 'Object') {
    const found = schemaAt(parent, value)
    const options = Object.entries(found).map(([name, field]) => ({
      label: `"${name}"`,
      type: 'property',
      info: textAt(resolved(field), 'description') ?? '',
    }))
    return options.length === 0 ? null : { from, to, options, filter: true }
  }
  const key = path.at(-1)
  const field = key === undefined ? undefined : resolved(schemaAt(path.slice(0, -1), value)[key])
  const choices =
    isObject(field) && isArray(field.enum) ? field.enum : key === 'type' ? stepTypes() : targetsFor(path, value)
  const options = choices.map((choice) => ({ label: JSON.stringify(choice), type: 'constant' }))
  return options.length === 0 ? null : { from, to, options }
}

function parsedText(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

function resolved(field: Json | undefined): Json | undefined {
  const ref = textAt(field, '$ref')
  return ref === undefined ? field : getAt(root, ref.split('/').slice(1))
}

const definitions = () => (isObject(root.$defs) ? root.$defs : {})

function stepTypes(): string[] {
  return Object.values(definitions()).flatMap((one) => textAt(getAt(one, ['properties', 'type']), 'const') ?? [])
}

/** The properties that an object at the path may have. */
function schemaAt(path: readonly string[], document: Json): JsonObject {
  let at: Json | undefined = root
  let value: Json | undefined = document
  for (const key of path) {
    const properties = getAt(at, ['properties'])
    const inner =
      isObject(properties) && key in properties
        ? properties[key]
        : (getAt(at, ['additionalProperties']) ?? getAt(at, ['items']))
    at = resolved(inner)
    value = isArray(value) ? value[Number(key)] : getAt(value, [key])
    if (at !== undefined && getAt(at, ['properties']) === undefined) at = ofType(textAt(value, 'type')) ?? at
  }
  const properties = getAt(at, ['properties'])
  return isObject(properties) ? properties : {}
}

function ofType(type: string | undefined): Json | undefined {
  return Object.values(definitions()).find(
    (one) => textAt(getAt(one, ['properties', 'type']), 'const') === type && type !== undefined,
  )
}

/** `next` and its like name steps of the same scope. */
function targetsFor(path: readonly string[], document: Json): string[] {
  const key = path.at(-1)
  if (key === undefined || !['next', 'otherwise', 'onTimeout', 'start'].includes(key)) return []
  const place = key === 'start' ? path.slice(0, -1) : path.slice(0, path.lastIndexOf('steps'))
  const steps = getAt(document, [...place, 'steps'])
  return isObject(steps) ? Object.keys(steps) : []
}
