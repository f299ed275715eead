// What a step gives, as far as something says it: an activity its schema, an awaited event its own, a sub-orchestration
// what the definition that it calls declares, else what can be read off the ends of that one.
import type { Json } from '@durable-canvas/schema'
import { fromEntries, getAt, isObject, type JsonObject, textAt } from './json.ts'
import { evaluatedOr, type OutputSchemaOf, sampleInReach } from './names-in-reach.ts'
import { sampleOf, schemaOf } from './sample.ts'
import { rootScope } from './static-path.ts'
import { scopesIn, stepsIn } from './tree.ts'

/** A definition that a step runs; without a version the latest. */
export interface Call {
  readonly name: string
  readonly version: number | undefined
}

export interface KnownDocuments {
  readonly activities: readonly { readonly name: string; readonly output?: Json | null }[]
  readonly called: (call: Call) => JsonObject | undefined
}

export interface KnownOutputs {
  /** What somebody promised. */
  readonly declared: OutputSchemaOf
  /** That, and what the ends of called definitions let expect: good enough to offer names, not to make up data. */
  readonly expected: OutputSchemaOf
}

export function callOf(step: JsonObject): Call | undefined {
  const name = step.type === 'subOrchestration' ? textAt(step, 'definition') : undefined
  const version = typeof step.version === 'number' ? step.version : undefined
  return name === undefined || name === '' ? undefined : { name, version }
}

export const callKey = ({ name, version }: Call): string => `${name}@${version ?? 'latest'}`

const known = new WeakMap<JsonObject, readonly Call[]>()

/** Of a definition or of a step's scope, each once; the same list for the same body, so that an edit reads its own alone. */
export function callsIn(body: JsonObject): readonly Call[] {
  const before = known.get(body)
  if (before !== undefined) return before
  const steps = isObject(body.steps) ? Object.values(body.steps) : []
  const calls = steps.flatMap((step): readonly Call[] => {
    if (!isObject(step)) return []
    const own = callOf(step)
    return own ? [own] : scopesIn('', step).flatMap((inner) => callsIn(inner.body))
  })
  const each = [...new Map(calls.map((call) => [callKey(call), call])).values()]
  known.set(body, each)
  return each
}

/** A child that is not waited for gives its id. */
const detached: Json = { type: 'object', properties: { instanceId: { type: 'string', title: 'of the child' } } }

export function knownOutputs({ activities, called }: KnownDocuments): KnownOutputs {
  const outputs = new Map(activities.map(({ name, output }) => [name, output ?? undefined]))
  const ownOutput: OutputSchemaOf = (step) =>
    step.type === 'activity'
      ? outputs.get(String(step.activity))
      : step.type === 'waitForEvent'
        ? step.schema
        : undefined
  const ends = new WeakMap<JsonObject, { readonly schema: Json | undefined }>()
  const endsOf = (definition: JsonObject) => {
    const read = ends.get(definition) ?? { schema: schemaOfEnds(definition, ownOutput) }
    ends.set(definition, read)
    return read.schema
  }
  const declared: OutputSchemaOf = (step) => {
    const call = callOf(step)
    if (call === undefined) return ownOutput(step)
    return step.mode === 'detach' ? detached : called(call)?.output
  }
  return {
    declared,
    expected: (step) => {
      const promised = declared(step)
      const call = promised === undefined ? callOf(step) : undefined
      const definition = call && called(call)
      return definition === undefined ? promised : endsOf(definition)
    },
  }
}

/** Out of what the last steps would give for made-up data; undefined where nothing says so. */
function schemaOfEnds(definition: JsonObject, outputOf: OutputSchemaOf): Json | undefined {
  const values = stepsIn(definition, rootScope).flatMap(({ step, path }): Json[] => {
    if (step.next !== undefined) return []
    if (step.output === undefined) {
      const schema = outputOf(step)
      return schema === undefined ? [] : [sampleOf(schema)]
    }
    const { input, bindings } = sampleInReach(definition, path, outputOf)
    return [fieldByField(step.output, (part) => evaluatedOr(part, input, bindings))]
  })
  return getAt(schemaOf(values), ['items'])
}

/** One field that cannot be evaluated leaves the others as they are. */
function fieldByField(value: Json, evaluated: (part: Json) => Json): Json {
  if (!isObject(value)) return evaluated(value)
  return fromEntries(Object.entries(value).map(([name, field]) => [name, fieldByField(field, evaluated)]))
}
