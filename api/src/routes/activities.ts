import type { Json } from '@durable-canvas/schema'
import { inputFault, tryActivity } from '../activities/try-activity.ts'
import { ref } from '../openapi/component-schemas.ts'
import { ApiError } from '../problem-json.ts'
import { defineRoute, json } from './route.ts'

const list = defineRoute({
  method: 'get',
  path: '/api/activities',
  operationId: 'listActivities',
  tag: 'Activities',
  summary: 'List the activities that this server can run',
  responses: {
    200: {
      description: 'By name.',
      schema: { type: 'object', required: ['items'], properties: { items: { type: 'array', items: ref('Activity') } } },
    },
  },
  handle({ door }) {
    const items = door.engine
      .activities()
      .map(({ name, title, description, icon, input, output, retry }) => ({
        name,
        title: title ?? null,
        description: description ?? null,
        icon: icon ?? null,
        input: input ?? null,
        output: output ?? null,
        retry: retry ?? null,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    return json(200, { items })
  },
})

/** A browser, and what stands before the server, give up about then. */
const longestTryMs = 60_000

const run = defineRoute<{ params: { name: string }; body?: { input?: Json } }>({
  method: 'post',
  path: '/api/activities/{name}/run',
  operationId: 'runActivity',
  tag: 'Activities',
  summary: 'Call an activity once, by hand',
  description:
    'It really runs, outside of any instance and without retries; nothing is recorded. What it throws is answered as its `failure`. Only on a server that listens on the loopback address or asks for a token.',
  params: { name: { type: 'string', minLength: 1, maxLength: 127 } },
  body: {
    required: false,
    checkedBy: 'door',
    schema: { type: 'object', additionalProperties: false, properties: { input: {} } },
  },
  responses: {
    200: {
      description: 'What came of it: a `result` or a `failure`.',
      schema: {
        type: 'object',
        required: ['durationMs'],
        properties: { result: {}, failure: { type: 'object' }, durationMs: { type: 'integer' } },
      },
    },
  },
  errors: ['NotFound', 'InvalidInput'],
  async handle({ params, body, door, response }) {
    const activity = door.tryable.get(params.name)
    if (!activity) throw new ApiError('NotFound', `There is no activity ${params.name} that can be tried here.`)
    const input = body?.input ?? null
    const wrong = inputFault(activity, input)
    if (wrong !== null) throw new ApiError('InvalidInput', wrong)
    const gone = new AbortController()
    response.once('close', () => gone.abort(new Error('the caller has gone')))
    const signal = AbortSignal.any([gone.signal, door.closing, AbortSignal.timeout(longestTryMs)])
    return json(200, await tryActivity(activity, input, { signal, log: door.log }))
  },
})

export const activityRoutes = [list, run]
