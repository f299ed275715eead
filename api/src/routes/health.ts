import type { SchemaObject } from '../openapi/component-schemas.ts'
import { defineRoute, json } from './route.ts'

const statusSchema: SchemaObject = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string' }, reason: { type: 'string' } },
}

const live = defineRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'isAlive',
  tag: 'Server',
  summary: 'Whether the process answers',
  access: 'open',
  looseQuery: true,
  responses: { 200: { description: 'It does.', schema: statusSchema } },
  handle: () => json(200, { status: 'ok' }, { 'cache-control': 'no-store' }),
})

const ready = defineRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'isReady',
  tag: 'Server',
  summary: 'Whether the store can be reached and the engine runs',
  access: 'open',
  looseQuery: true,
  responses: {
    200: { description: 'Ready.', schema: statusSchema },
    503: { description: 'Not ready, and why.', schema: statusSchema },
  },
  async handle({ door }) {
    const noStore = { 'cache-control': 'no-store' }
    if (door.closing.aborted)
      return json(503, { status: 'unavailable', reason: 'The server is shutting down.' }, noStore)
    const reason = await door.engine.health()
    return reason === null
      ? json(200, { status: 'ready' }, noStore)
      : json(503, { status: 'unavailable', reason }, noStore)
  },
})

const metrics = defineRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'readMetrics',
  tag: 'Server',
  summary: 'Figures for Prometheus',
  looseQuery: true,
  responses: { 200: { description: 'In the text format of Prometheus.', contentType: 'text/plain' } },
  async handle({ door, response }) {
    response.setHeader('content-type', door.metrics.contentType)
    response.end(await door.metrics.text())
    return undefined
  },
})

export const healthRoutes = [live, ready, metrics]
