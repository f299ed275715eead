import { ref, type SchemaObject } from '../openapi/component-schemas.ts'
import { defaultLimit, limitSchema } from './paging.ts'
import { defineRoute, json } from './route.ts'

const seq: SchemaObject = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }

const read = defineRoute<{ params: { id: string }; query: { after?: number; cursor?: number; limit?: number } }>({
  method: 'get',
  path: '/api/instances/{id}/history',
  operationId: 'readHistory',
  tag: 'Instances',
  summary: 'Read the history of an instance',
  description: 'The events of the current execution in order of `seq` from 1, without gaps.',
  params: { id: { type: 'string', description: 'The id of the instance.' } },
  query: {
    after: { ...seq, description: 'Only events with a greater seq.' },
    cursor: { ...seq, description: 'The same as `after`.' },
    limit: limitSchema,
  },
  responses: {
    200: {
      description: 'A page of it.',
      schema: {
        type: 'object',
        required: ['items', 'next'],
        properties: {
          items: { type: 'array', items: ref('HistoryEvent') },
          next: {
            type: ['integer', 'null'],
            description: 'Pass it as `after` to get what follows; null at the end so far.',
          },
        },
      },
    },
  },
  errors: ['UnknownInstance'],
  async handle({ params, query, door }) {
    const limit = query.limit ?? defaultLimit
    // One more than asked for tells whether there is more.
    const events = await door.engine.readHistory(params.id, {
      after: query.after ?? query.cursor ?? 0,
      limit: limit + 1,
    })
    const items = events.slice(0, limit)
    return json(200, { items, next: events.length > limit ? (items.at(-1)?.seq ?? null) : null })
  },
})

export const historyRoutes = [read]
