// The HTTP routes of Azure Durable Functions, so that clients written for them work against this server. What they answer follows
// HttpApiHandler.cs of Azure/azure-functions-durable-extension, not the manners of the routes under /api.
import { randomUUID } from 'node:crypto'
import { EngineError, type InstanceStatus, type InstanceView, type OperationOptions } from '@durable-canvas/interpreter'
import type { Json } from '@durable-canvas/schema'
import type { Request } from 'express'
import { finishedStatuses, instanceStatuses, type SchemaObject } from '../openapi/component-schemas.ts'
import { ApiError } from '../problem-json.ts'
import { type FilterQuery, filterOf } from '../routes/instance-filter.ts'
import { type Answer, defineRoute, json, type Route } from '../routes/route.ts'
import { isFinished, startInstance, viewOf, waitUntilFinished } from '../routes/start-instance.ts'
import { meantEventName } from './event-name.ts'
import { base, instanceUri, managementPayload } from './management-payload.ts'
import { historyBody, statusBody } from './status-body.ts'

const text: SchemaObject = { type: 'string' }
const object: SchemaObject = { type: 'object' }
const common = { tag: 'Durable Functions', access: 'tokenOrCode', looseQuery: true } as const
const retryAfter = { 'retry-after': '10' }
const maxHistory = 10_000

const isTrue = (value: unknown): boolean => /^true$/i.test(String(value))

function accepted(request: Request, instanceId: string): Answer {
  return json(202, managementPayload(request, instanceId), {
    location: instanceUri(request, instanceId),
    ...retryAfter,
  })
}

const start = (path: string, operationId: string): Route =>
  defineRoute<{
    params: { name: string; instanceId?: string } & Record<string, string>
    query: { timeout?: string }
    body?: Json
  }>({
    ...common,
    method: 'post',
    path: `${base}/orchestrators/${path}`,
    operationId,
    summary: 'Start an orchestration',
    params: path.includes('instanceId') ? { name: text, instanceId: text } : { name: text },
    query: { timeout: { type: 'string', description: 'Seconds to wait for the output.' }, pollingInterval: text },
    body: { required: false, checkedBy: 'door', anyContentType: true, schema: { description: 'The input.' } },
    responses: {
      200: { description: 'It completed within `timeout`: the bare output.', schema: {} },
      202: { description: 'Started.', schema: object, headers: { Location: 'Its status.', 'Retry-After': 'Seconds.' } },
      500: { description: 'It failed within `timeout`: its status.', schema: object },
    },
    errors: ['UnknownDefinition', 'InvalidInput', 'InstanceExists'],
    async handle({ params, query, body, door, request, response }) {
      const { handle, view } = await startInstance(door.engine, {
        definition: params.name,
        input: body ?? null,
        // A finished instance of that id is replaced there, a running one is a conflict.
        ...(params.instanceId === undefined ? {} : { instanceId: params.instanceId, ifExists: 'replaceFinished' }),
      })
      const seconds = Math.min(Number(query.timeout ?? 0), 230)
      if (!(seconds > 0)) return accepted(request, handle.instanceId)
      const gone = new AbortController()
      response.once('close', () => gone.abort())
      if (!isFinished(view)) await waitUntilFinished(handle, seconds, [gone.signal, door.closing])
      const after = await viewOf(door.engine, handle.instanceId)
      if (after.status === 'Completed') return json(200, after.output)
      return isFinished(after)
        ? json(after.status === 'Failed' ? 500 : 200, statusBody(after, true))
        : accepted(request, handle.instanceId)
    },
  })

interface StatusQuery {
  readonly showInput?: string
  readonly showHistory?: string
  readonly showHistoryOutput?: string
  readonly returnInternalServerErrorOnFailure?: string
}

const getStatus = defineRoute<{ params: { instanceId: string }; query: StatusQuery }>({
  ...common,
  method: 'get',
  path: `${base}/instances/{instanceId}`,
  operationId: 'durableGetStatus',
  summary: 'Get the status of an orchestration',
  params: { instanceId: text },
  query: { showInput: text, showHistory: text, showHistoryOutput: text, returnInternalServerErrorOnFailure: text },
  responses: {
    200: { description: 'Finished.', schema: object },
    202: { description: 'Pending, running or suspended.', schema: object },
    500: { description: 'Failed, if `returnInternalServerErrorOnFailure=true`.', schema: object },
  },
  errors: ['UnknownInstance'],
  async handle({ params, query, door, request }) {
    const view = await viewOf(door.engine, params.instanceId)
    const events = isTrue(query.showHistory)
      ? await door.engine.readHistory(params.instanceId, { limit: maxHistory })
      : null
    const history = events && historyBody(events, isTrue(query.showHistoryOutput))
    const body = statusBody(view, query.showInput === undefined || isTrue(query.showInput), history)
    if (!isFinished(view)) return json(202, body, { location: instanceUri(request, params.instanceId), ...retryAfter })
    return json(view.status === 'Failed' && isTrue(query.returnInternalServerErrorOnFailure) ? 500 : 200, body)
  },
})

interface ListQuery {
  readonly instanceIdPrefix?: string
  readonly createdTimeFrom?: string
  readonly createdTimeTo?: string
  readonly runtimeStatus?: string
  readonly showInput?: string
  readonly top?: number
}

const listQuery = {
  instanceIdPrefix: text,
  createdTimeFrom: text,
  createdTimeTo: text,
  runtimeStatus: { type: 'string', description: 'With commas between.' },
} as const

const listStatus = defineRoute<{ query: ListQuery }>({
  ...common,
  method: 'get',
  path: `${base}/instances`,
  operationId: 'durableListStatus',
  summary: 'List orchestrations',
  query: { ...listQuery, showInput: text, top: { type: 'integer', minimum: 1 } },
  responses: {
    200: {
      description: 'A page; `x-ms-continuation-token` leads to the next.',
      schema: { type: 'array', items: object },
    },
  },
  errors: ['InvalidCursor'],
  async handle({ query, headers, door }) {
    const token = headers['x-ms-continuation-token']
    const cursor = typeof token === 'string' && token !== '' && token !== 'null' ? token : null
    const page = await door.engine.list(durableFilter(query, instanceStatuses), {
      limit: Math.min(query.top ?? 100, 500),
      cursor,
    })
    const showInput = isTrue(query.showInput)
    const items = await Promise.all(
      page.items.map(async (one) =>
        statusBody(
          (showInput || one.status === 'Completed' ? await door.engine.get(one.instanceId) : null) ?? one,
          showInput,
        ),
      ),
    )
    return json(200, items, page.next === null ? {} : { 'x-ms-continuation-token': page.next })
  },
})

function durableFilter(query: ListQuery, known: readonly InstanceStatus[]) {
  const filter: FilterQuery = {
    ...(query.instanceIdPrefix === undefined ? {} : { idPrefix: query.instanceIdPrefix }),
    ...(query.createdTimeFrom === undefined ? {} : { createdFrom: query.createdTimeFrom }),
    ...(query.createdTimeTo === undefined ? {} : { createdTo: query.createdTimeTo }),
  }
  const asked = query.runtimeStatus?.split(',').map((status) => status.trim().toLowerCase())
  const statuses = known.filter((status) => asked === undefined || asked.includes(status.toLowerCase()))
  return {
    ...filterOf(filter),
    ...(asked === undefined && known.length === instanceStatuses.length ? {} : { statuses }),
  }
}

const raiseEvent = defineRoute<{ params: { instanceId: string; eventName: string }; body?: Json }>({
  ...common,
  method: 'post',
  path: `${base}/instances/{instanceId}/raiseEvent/{eventName}`,
  operationId: 'durableRaiseEvent',
  summary: 'Raise an event to an orchestration',
  params: { instanceId: text, eventName: text },
  body: { required: false, checkedBy: 'door', anyContentType: true, schema: { description: "The event's data." } },
  responses: { 202: { description: 'Taken.' } },
  errors: ['UnknownInstance', 'InstanceFinished', 'InvalidJson'],
  async handle({ params, body, door }) {
    const view = await viewOf(door.engine, params.instanceId)
    await door.engine.raiseEvent(
      params.instanceId,
      await meantEventName(door.engine, view, params.eventName),
      body ?? null,
    )
    return { status: 202 }
  },
})

/** The status in which it has nothing to do, and is not an error there. */
type Operation = { readonly name: 'terminate' | 'suspend' | 'resume' | 'rewind'; readonly idleIn?: InstanceStatus }

const operation = ({ name, idleIn }: Operation): Route =>
  defineRoute<{ params: { instanceId: string }; query: { reason?: string } }>({
    ...common,
    method: 'post',
    path: `${base}/instances/{instanceId}/${name}`,
    operationId: `durable${name[0]?.toUpperCase()}${name.slice(1)}`,
    summary: `${name[0]?.toUpperCase()}${name.slice(1)} an orchestration`,
    params: { instanceId: text },
    query: { reason: text },
    responses: { 202: { description: 'Done.' } },
    errors: ['UnknownInstance', 'InstanceFinished'],
    async handle({ params, query, door }) {
      const options: OperationOptions = query.reason === undefined ? {} : { reason: query.reason }
      try {
        await door.engine[name](params.instanceId, options)
      } catch (error) {
        const status = error instanceof EngineError && error.code === 'StatusForbids' ? error.status : undefined
        if (status === undefined) throw error
        if (status !== idleIn)
          throw new ApiError('InstanceFinished', `The status ${status} forbids it.`, {
            members: { instanceStatus: status },
          })
      }
      return { status: 202 }
    },
  })

const restart = defineRoute<{ params: { instanceId: string }; query: { restartWithNewInstanceId?: string } }>({
  ...common,
  method: 'post',
  path: `${base}/instances/{instanceId}/restart`,
  operationId: 'durableRestart',
  summary: 'Restart an orchestration',
  params: { instanceId: text },
  query: { restartWithNewInstanceId: { type: 'string', description: 'Default true.' } },
  responses: { 202: { description: 'Restarted.', schema: object } },
  errors: ['InvalidRequest', 'StatusForbids'],
  async handle({ params, query, door, request }) {
    if (!(await door.engine.get(params.instanceId)))
      throw new ApiError('InvalidRequest', `There is no instance ${params.instanceId}.`)
    const isNew = query.restartWithNewInstanceId === undefined || isTrue(query.restartWithNewInstanceId)
    const { instanceId } = await door.engine.restart(params.instanceId, isNew ? { newInstanceId: randomUUID() } : {})
    return accepted(request, instanceId)
  },
})

const purgedSchema: SchemaObject = {
  type: 'object',
  required: ['instancesDeleted'],
  properties: { instancesDeleted: { type: 'integer' } },
}

const nothingPurged = (): ApiError => new ApiError('UnknownInstance', 'There is no finished instance to purge.')

const purge = defineRoute<{ params: { instanceId: string } }>({
  ...common,
  method: 'delete',
  path: `${base}/instances/{instanceId}`,
  operationId: 'durablePurge',
  summary: 'Purge an orchestration',
  params: { instanceId: text },
  responses: { 200: { description: 'Purged.', schema: purgedSchema } },
  errors: ['UnknownInstance'],
  async handle({ params, door }) {
    const view: InstanceView = await viewOf(door.engine, params.instanceId)
    if (!isFinished(view)) throw nothingPurged()
    await door.engine.purge(params.instanceId)
    return json(200, { instancesDeleted: 1 })
  },
})

const purgeMany = defineRoute<{ query: ListQuery }>({
  ...common,
  method: 'delete',
  path: `${base}/instances`,
  operationId: 'durablePurgeMany',
  summary: 'Purge orchestrations',
  query: { createdTimeFrom: text, createdTimeTo: text, runtimeStatus: listQuery.runtimeStatus },
  responses: { 200: { description: 'Purged.', schema: purgedSchema } },
  errors: ['UnknownInstance', 'InvalidRequest'],
  async handle({ query, door }) {
    if (query.createdTimeFrom === undefined) throw new ApiError('InvalidRequest', 'createdTimeFrom is needed.')
    const purged = await door.engine.purgeMany(durableFilter(query, finishedStatuses))
    if (purged === 0) throw nothingPurged()
    return json(200, { instancesDeleted: purged })
  },
})

export const durableFunctionsRoutes: readonly Route[] = [
  start('{name}', 'durableStart'),
  start('{name}/{instanceId}', 'durableStartWithId'),
  listStatus,
  getStatus,
  raiseEvent,
  operation({ name: 'terminate' }),
  operation({ name: 'suspend', idleIn: 'Suspended' }),
  operation({ name: 'resume', idleIn: 'Running' }),
  operation({ name: 'rewind' }),
  restart,
  purge,
  purgeMany,
]
