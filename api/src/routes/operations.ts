// What the world tells an instance: events, and the operators' commands.
import type { Engine, OperationOptions } from '@durable-canvas/interpreter'
import type { Json } from '@durable-canvas/schema'
import { ref } from '../openapi/component-schemas.ts'
import { idParam } from './instances.ts'
import { defineRoute, json, type Route } from './route.ts'
import { viewOf } from './start-instance.ts'

const raiseEvent = defineRoute<{
  params: { id: string; name: string }
  query: { messageId?: string; by?: string }
  body?: Json
}>({
  method: 'post',
  path: '/api/instances/{id}/events/{name}',
  operationId: 'raiseEvent',
  tag: 'Instances',
  summary: 'Raise an event to an instance',
  description:
    'Durable once this answers. The same `messageId` again changes nothing, so a caller who got no answer may send it again.',
  params: {
    id: idParam,
    name: { type: 'string', minLength: 1, maxLength: 255, description: 'The name of the event.' },
  },
  query: {
    messageId: { type: 'string', minLength: 1, maxLength: 255 },
    by: { type: 'string', minLength: 1, maxLength: 200 },
  },
  body: { required: false, checkedBy: 'door', schema: { description: "The event's data; null without a body." } },
  responses: {
    202: {
      description: 'Taken.',
      schema: {
        type: 'object',
        required: ['instanceId', 'event'],
        properties: { instanceId: { type: 'string' }, event: { type: 'string' } },
      },
    },
  },
  errors: ['UnknownInstance', 'InstanceFinished', 'InvalidRequest'],
  async handle({ params, query, body, door }) {
    await door.engine.raiseEvent(params.id, params.name, body ?? null, {
      ...(query.messageId === undefined ? {} : { messageId: query.messageId }),
      ...(query.by === undefined ? {} : { by: query.by }),
    })
    return json(202, { instanceId: params.id, event: params.name })
  },
})

type Operation = 'suspend' | 'resume' | 'terminate' | 'rewind'

const operation = (name: Operation, summary: string): Route =>
  defineRoute<{ params: { id: string }; body?: OperationOptions }>({
    method: 'post',
    path: `/api/instances/{id}/${name}`,
    operationId: `${name}Instance`,
    tag: 'Instances',
    summary,
    params: { id: idParam },
    body: { required: false, checkedBy: 'door', schema: ref('Operation') },
    responses: { 202: { description: 'Durable; the instance as it is now.', schema: ref('Instance') } },
    errors: ['UnknownInstance', 'StatusForbids'],
    async handle({ params, body, door }) {
      await door.engine[name](params.id, body ?? {})
      return json(202, await viewOf(door.engine, params.id))
    },
  })

type MigrationBody = Parameters<Engine['migrate']>[1]

const migrate = defineRoute<{ params: { id: string }; body?: NonNullable<MigrationBody> }>({
  method: 'post',
  path: '/api/instances/{id}/migrate',
  operationId: 'migrateInstance',
  tag: 'Instances',
  summary: 'Go on under another version',
  description:
    'For an instance that runs, is suspended or has failed. Refused where what is open in it has no place in that version.',
  params: { id: idParam },
  body: { required: false, checkedBy: 'door', schema: ref('Migration') },
  responses: { 202: { description: 'Durable; the instance as it is now.', schema: ref('Instance') } },
  errors: ['UnknownInstance', 'UnknownDefinition', 'StatusForbids', 'VersionMisfit'],
  async handle({ params, body, door }) {
    await door.engine.migrate(params.id, body ?? {})
    return json(202, await viewOf(door.engine, params.id))
  },
})

type RestartBody = Parameters<Engine['restart']>[1]

const restart = defineRoute<{ params: { id: string }; body?: NonNullable<RestartBody> }>({
  method: 'post',
  path: '/api/instances/{id}/restart',
  operationId: 'restartInstance',
  tag: 'Instances',
  summary: 'Run a finished instance again',
  description: 'With its input or another one, under its own id or a new one.',
  params: { id: idParam },
  body: { required: false, checkedBy: 'door', schema: ref('Restart') },
  responses: {
    202: {
      description: 'The instance that was started.',
      schema: ref('Instance'),
      headers: { Location: 'Where it can be read.' },
    },
  },
  errors: ['UnknownInstance', 'StatusForbids', 'InstanceExists', 'InvalidInput'],
  async handle({ params, body, door }) {
    const { instanceId } = await door.engine.restart(params.id, body ?? {})
    return json(202, await viewOf(door.engine, instanceId), {
      location: `/api/instances/${encodeURIComponent(instanceId)}`,
    })
  },
})

export const operationRoutes = [
  raiseEvent,
  operation('suspend', 'Suspend an instance'),
  operation('resume', 'Resume a suspended instance'),
  operation('terminate', 'Terminate an instance'),
  operation('rewind', 'Rewind a failed instance to its failed steps'),
  migrate,
  restart,
]
