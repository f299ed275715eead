import type { InstanceFilter } from '@durable-canvas/interpreter'
import { apiErrorOf } from '../api-error-of.ts'
import type { Door } from '../door.ts'
import { compileSchema, problemsOf } from '../middleware/check-request.ts'
import { componentSchemas, finishedStatuses, listOf, ref, type SchemaObject } from '../openapi/component-schemas.ts'
import { ApiError, toProblemJson } from '../problem-json.ts'
import { type FilterQuery, filterOf, filterQuery } from './instance-filter.ts'
import { type PageQuery, pageOf, pageQuery } from './paging.ts'
import { defineRoute, json } from './route.ts'
import { isFinished, type StartBody, startInstance, viewOf, waitUntilFinished } from './start-instance.ts'

export const idParam: SchemaObject = { type: 'string', description: 'The id of the instance.' }
export const maxWaitSeconds = 60
const maxBatch = 1000

const start = defineRoute<{ query: { wait?: number }; body: StartBody }>({
  method: 'post',
  path: '/api/instances',
  operationId: 'startInstance',
  tag: 'Instances',
  summary: 'Start an instance',
  description:
    'It is durable once this answers. With `wait` the answer comes when it is finished (200) or the time is over (201).',
  query: {
    wait: {
      type: 'number',
      minimum: 0,
      maximum: maxWaitSeconds,
      description: 'Seconds to wait for the end, at most 60.',
    },
  },
  body: { required: true, checkedBy: 'door', schema: ref('StartInstance') },
  responses: {
    200: {
      description: 'It was there already (`ifExists: "return"`), or it is finished (`wait`).',
      schema: ref('Instance'),
    },
    201: { description: 'Started.', schema: ref('Instance'), headers: { Location: 'Where it can be read.' } },
  },
  errors: ['UnknownDefinition', 'InvalidInput', 'InvalidRequest', 'InstanceExists'],
  async handle({ query, body, door, response }) {
    const { handle, view } = await startInstance(door.engine, body)
    const headers = { location: `/api/instances/${encodeURIComponent(handle.instanceId)}` }
    if (query.wait === undefined) return json(handle.created ? 201 : 200, view, headers)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    if (!isFinished(view)) await waitUntilFinished(handle, query.wait, [gone.signal, door.closing])
    const after = await viewOf(door.engine, handle.instanceId)
    return json(isFinished(after) || !handle.created ? 200 : 201, after, headers)
  },
})

const checkStart = compileSchema(componentSchemas.StartInstance as SchemaObject)

async function startOne(door: Door, body: unknown, requestId: string) {
  try {
    if (!checkStart(body)) {
      const problems = problemsOf('body', checkStart.errors ?? [])
      throw new ApiError('InvalidRequest', problems.map((problem) => problem.message).join(' '), { problems })
    }
    const { handle, view } = await startInstance(door.engine, body as StartBody)
    return { status: handle.created ? 201 : 200, instance: view }
  } catch (thrown) {
    const error = apiErrorOf(thrown, requestId)
    if (error.code === 'InternalError') door.log.error({ err: thrown, requestId }, 'start in a batch failed')
    const problem = toProblemJson(error)
    return { status: problem.status, problem }
  }
}

const startBatch = defineRoute<{ body: readonly unknown[] }>({
  method: 'post',
  path: '/api/instances/batch',
  operationId: 'startInstances',
  tag: 'Instances',
  summary: 'Start many instances',
  description: 'Each for itself: what is wrong with one does not keep the others from starting.',
  body: {
    required: true,
    checkedBy: 'door',
    // The items are checked one by one, so that a bad one answers for itself.
    schema: { type: 'array', maxItems: maxBatch, description: 'Each like the body of startInstance.' },
  },
  responses: {
    200: {
      description: 'In the order of the request.',
      schema: {
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['status'],
              properties: { status: { type: 'integer' }, instance: ref('Instance'), problem: ref('ProblemJson') },
            },
          },
        },
      },
    },
  },
  async handle({ body, door, request }) {
    return json(200, { items: await Promise.all(body.map((one) => startOne(door, one, String(request.id)))) })
  },
})

const list = defineRoute<{ query: FilterQuery & PageQuery }>({
  method: 'get',
  path: '/api/instances',
  operationId: 'listInstances',
  tag: 'Instances',
  summary: 'List instances',
  description: 'What happens to an instance shows here up to 0.3 s later than where it is asked for by its id.',
  query: { ...filterQuery, ...pageQuery },
  responses: { 200: { description: 'Newest first.', schema: listOf(ref('InstanceSummary')) } },
  errors: ['InvalidCursor'],
  async handle({ query, door }) {
    return json(200, await door.engine.list(filterOf(query), pageOf(query)))
  },
})

const get = defineRoute<{ params: { id: string } }>({
  method: 'get',
  path: '/api/instances/{id}',
  operationId: 'getInstance',
  tag: 'Instances',
  summary: 'Get an instance',
  params: { id: idParam },
  responses: { 200: { description: 'As it is now.', schema: ref('Instance') } },
  errors: ['UnknownInstance'],
  async handle({ params, door }) {
    return json(200, await viewOf(door.engine, params.id))
  },
})

const purgedSchema: SchemaObject = {
  type: 'object',
  required: ['purged'],
  properties: { purged: { type: 'integer', minimum: 0 } },
}

const remove = defineRoute<{ params: { id: string } }>({
  method: 'delete',
  path: '/api/instances/{id}',
  operationId: 'purgeInstance',
  tag: 'Instances',
  summary: 'Remove a finished instance with its history',
  params: { id: idParam },
  responses: { 200: { description: 'Removed.', schema: purgedSchema } },
  errors: ['UnknownInstance', 'StatusForbids'],
  async handle({ params, door }) {
    await door.engine.purge(params.id)
    return json(200, { purged: 1 })
  },
})

interface PurgeBody {
  readonly status: string | readonly string[]
  readonly createdFrom?: string
  readonly createdTo?: string
  readonly definition?: string
}

const oneFinished = `(?:${finishedStatuses.join('|')})`

const purge = defineRoute<{ body: PurgeBody }>({
  method: 'post',
  path: '/api/instances/purge',
  operationId: 'purgeInstances',
  tag: 'Instances',
  summary: 'Remove finished instances that match',
  body: {
    required: true,
    checkedBy: 'door',
    schema: {
      type: 'object',
      required: ['status'],
      properties: {
        status: {
          description: 'One finished status, several with commas between, or a list.',
          oneOf: [
            { type: 'string', pattern: `^${oneFinished}(?:,${oneFinished})*$` },
            { type: 'array', minItems: 1, items: { enum: [...finishedStatuses] } },
          ],
        },
        createdFrom: { type: 'string' },
        createdTo: { type: 'string' },
        definition: { type: 'string', minLength: 1 },
      },
      additionalProperties: false,
    },
  },
  responses: { 200: { description: 'How many were removed.', schema: purgedSchema } },
  async handle({ body, door }) {
    const { status, ...rest } = body
    const filter: InstanceFilter = filterOf({ ...rest, status: typeof status === 'string' ? status : status.join(',') })
    return json(200, { purged: await door.engine.purgeMany(filter) })
  },
})

export const instanceRoutes = [start, startBatch, list, purge, get, remove]
