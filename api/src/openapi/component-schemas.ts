// The shapes that go over the wire, by name. Routes refer to them; /api/openapi.json carries them; the tests check every answer against them.
import { createRequire } from 'node:module'
import type { Json } from '@durable-canvas/schema'
import { problemCodes } from '../problem-json.ts'

const require = createRequire(import.meta.url)

export type SchemaObject = { readonly [keyword: string]: Json }

export const ref = (name: ComponentName): SchemaObject => ({ $ref: `#/components/schemas/${name}` })

export const listOf = (items: SchemaObject): SchemaObject => ({
  type: 'object',
  required: ['items', 'next'],
  properties: {
    items: { type: 'array', items },
    next: { type: ['string', 'null'], description: 'Pass it as cursor to get what follows; null at the end.' },
  },
})

export const instanceStatuses = ['Pending', 'Running', 'Suspended', 'Completed', 'Failed', 'Terminated'] as const
export const finishedStatuses = ['Completed', 'Failed', 'Terminated'] as const

const instant: SchemaObject = { type: 'string', format: 'date-time' }
const instantOrNull: SchemaObject = { type: ['string', 'null'], format: 'date-time' }
const anyJson: SchemaObject = { description: 'Any JSON value.' }
const textOrNull: SchemaObject = { type: ['string', 'null'] }

const object = (
  properties: Record<string, SchemaObject>,
  optional: readonly string[] = [],
  more: SchemaObject = {},
): SchemaObject => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
  ...more,
})

const counts: SchemaObject = {
  type: 'object',
  description: 'How many instances have which status.',
  propertyNames: { enum: [...instanceStatuses] },
  additionalProperties: { type: 'integer', minimum: 0 },
}

const failure = object(
  { type: { type: 'string' }, message: { type: 'string' }, step: textOrNull, details: anyJson },
  ['step', 'details'],
  { description: 'Why it failed.' },
)

const summary: Record<string, SchemaObject> = {
  instanceId: { type: 'string' },
  executionId: { type: 'string' },
  definition: { type: 'string' },
  version: { type: 'integer', minimum: 1 },
  status: { enum: [...instanceStatuses] },
  createdAt: instant,
  lastUpdatedAt: instant,
  completedAt: instantOrNull,
  customStatus: anyJson,
  failure: { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Failure' }] },
  parent: { ...textOrNull, description: 'The id of the instance that started this one.' },
  waitingFor: { type: 'array', items: { $ref: '#/components/schemas/WaitingFor' } },
  seq: { type: 'integer', minimum: 0, description: 'The seq of the latest event that this tells of.' },
}

const own = {
  Problem: object(
    {
      code: { type: 'string' },
      severity: { enum: ['error', 'warning'] },
      path: { type: 'string', description: 'JSON Pointer into the document.' },
      step: { type: 'string' },
      message: { type: 'string' },
      position: { type: 'integer', description: 'Offset in the expression.' },
    },
    ['step', 'position'],
  ),
  ProblemJson: object(
    {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { enum: [...problemCodes] },
      problems: { type: 'array', items: { $ref: '#/components/schemas/Problem' } },
    },
    ['problems'],
    { description: 'An error (RFC 9457).' },
  ),
  Failure: failure,
  WaitingFor: object(
    {
      kind: { enum: ['activity', 'timer', 'event', 'subOrchestration'] },
      step: { type: 'string' },
      since: instant,
      name: { type: 'string' },
      dueAt: instant,
      attempt: { type: 'integer' },
      running: { type: 'boolean' },
    },
    ['name', 'dueAt', 'attempt', 'running'],
  ),
  InstanceSummary: object(summary),
  Instance: object({ ...summary, input: anyJson, output: anyJson }),
  StartInstance: object(
    {
      definition: { type: 'string', minLength: 1, maxLength: 200 },
      version: { type: 'integer', minimum: 1, description: 'Default: the latest.' },
      instanceId: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
      input: anyJson,
      startAt: { type: 'string', description: 'ISO 8601; the instance is Pending until then.' },
      ifExists: {
        enum: ['fail', 'return', 'replaceFinished'],
        description: 'What to do if the id is taken. Default: fail.',
      },
      by: { type: 'string', maxLength: 200, description: 'Who starts it; recorded.' },
    },
    ['version', 'instanceId', 'input', 'startAt', 'ifExists', 'by'],
    { additionalProperties: false },
  ),
  Operation: object(
    { reason: { type: 'string', maxLength: 2000 }, by: { type: 'string', maxLength: 200 } },
    ['reason', 'by'],
    { additionalProperties: false },
  ),
  Migration: object(
    {
      version: { type: 'integer', minimum: 1, description: 'Default: the latest.' },
      reason: { type: 'string', maxLength: 2000 },
      by: { type: 'string', maxLength: 200 },
    },
    ['version', 'reason', 'by'],
    { additionalProperties: false },
  ),
  Restart: object(
    {
      newInstanceId: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' },
      input: anyJson,
      reason: { type: 'string', maxLength: 2000 },
      by: { type: 'string', maxLength: 200 },
    },
    ['newInstanceId', 'input', 'reason', 'by'],
    { additionalProperties: false },
  ),
  Deployed: object({
    name: { type: 'string' },
    version: { type: 'integer', minimum: 1 },
    hash: { type: 'string' },
    problems: { type: 'array', items: { $ref: '#/components/schemas/Problem' }, description: 'Warnings only.' },
  }),
  HistoryCheck: object({
    fits: { type: 'boolean' },
    events: { type: 'integer', minimum: 1 },
    status: { enum: [...instanceStatuses] },
    deviation: {
      type: ['object', 'null'],
      description: 'The first event that the definition would not give, and what it would give there instead.',
      required: ['seq', 'message', 'recorded', 'expected'],
      properties: {
        seq: { type: 'integer', minimum: 1 },
        message: { type: 'string' },
        recorded: { type: ['object', 'null'] },
        expected: { type: ['object', 'null'] },
      },
    },
  }),
  Validation: object({
    valid: { type: 'boolean' },
    problems: { type: 'array', items: { $ref: '#/components/schemas/Problem' } },
  }),
  DefinitionSummary: object({
    name: { type: 'string' },
    title: textOrNull,
    version: { type: 'integer', minimum: 1, description: 'The latest.' },
    versions: { type: 'integer', minimum: 1, description: 'How many there are.' },
    hash: { type: 'string' },
    deployedAt: instant,
    instances: counts,
  }),
  DefinitionVersionSummary: object({
    name: { type: 'string' },
    title: textOrNull,
    version: { type: 'integer', minimum: 1 },
    hash: { type: 'string' },
    deployedAt: instant,
    comment: textOrNull,
    instances: counts,
  }),
  DefinitionVersion: object({
    name: { type: 'string' },
    version: { type: 'integer', minimum: 1 },
    hash: { type: 'string' },
    deployedAt: instant,
    comment: textOrNull,
    definition: { $ref: '#/components/schemas/Definition' },
    layout: anyJson,
  }),
  Draft: object({
    name: { type: 'string' },
    definition: { description: 'The definition as far as it is drawn, valid or not.' },
    layout: anyJson,
    revision: { type: 'integer', minimum: 1 },
    updatedAt: instant,
  }),
  DraftSummary: object({ name: { type: 'string' }, revision: { type: 'integer', minimum: 1 }, updatedAt: instant }),
  Activity: object({
    name: { type: 'string' },
    title: textOrNull,
    description: textOrNull,
    icon: textOrNull,
    input: { description: 'JSON Schema or null.' },
    output: { description: 'JSON Schema or null.' },
    retry: { description: 'The retry policy proposed to authors, or null.' },
  }),
} satisfies Record<string, SchemaObject>

export type ComponentName = keyof typeof own | 'Definition' | 'HistoryEvent'

export const componentSchemas: Readonly<Record<ComponentName, SchemaObject>> = {
  ...own,
  Definition: asComponent('Definition', require('@durable-canvas/schema/definition.schema.json')),
  HistoryEvent: asComponent('HistoryEvent', require('@durable-canvas/schema/event.schema.json')),
}

/** The language's own schemas refer to their `$defs` from their root; inside of the document that root is elsewhere. */
function asComponent(name: string, schema: Json): SchemaObject {
  const moved = move(schema)
  if (typeof moved !== 'object' || moved === null || Array.isArray(moved))
    throw new Error(`The schema ${name} is no object.`)
  return moved as SchemaObject

  function move(value: Json): Json {
    if (Array.isArray(value)) return value.map(move)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).flatMap(([key, child]): [string, Json][] => {
      if (typeof child === 'string' && (key === '$schema' || key === '$id' || key === 'tsType')) return []
      if (key === '$ref' && typeof child === 'string')
        return [[key, child.replace(/^#\//, `#/components/schemas/${name}/`)]]
      return [[key, move(child)]]
    })
    return Object.fromEntries(entries)
  }
}
