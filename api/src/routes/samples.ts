import { ApiError } from '../problem-json.ts'
import { defineRoute, json } from './route.ts'

const read = defineRoute({
  method: 'get',
  path: '/api/samples',
  operationId: 'readSamples',
  tag: 'Server',
  summary: 'What the sample activities did: order book, stock, payments, outbox',
  description: 'Only on a server whose sample activities are on.',
  responses: {
    200: {
      description: 'As their file is now.',
      schema: {
        type: 'object',
        required: ['stock', 'orders', 'payments', 'outbox'],
        properties: {
          stock: { type: 'object', additionalProperties: { type: 'integer' } },
          orders: { type: 'object' },
          payments: { type: 'array' },
          outbox: { type: 'array' },
        },
      },
    },
  },
  errors: ['NotFound'],
  async handle({ door }) {
    if (!door.samples) throw new ApiError('NotFound', 'This server runs without the sample activities (SAMPLES=off).')
    const { stock, orders, payments, outbox, reservations, jobs, delays } = await door.samples.read()
    return json(200, { stock, orders, payments: Object.values(payments), outbox, reservations, jobs, delays })
  },
})

export const sampleRoutes = [read]
