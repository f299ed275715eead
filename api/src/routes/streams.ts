import { AllInstancesStream } from '../streams/all-instances-stream.ts'
import { EventStream } from '../streams/event-stream.ts'
import { InstanceStream } from '../streams/instance-stream.ts'
import { parseResumePoint } from '../streams/resume-point.ts'
import { idParam } from './instances.ts'
import { defineRoute } from './route.ts'
import { viewOf } from './start-instance.ts'

const ofOne = defineRoute<{ params: { id: string }; query: { lastEventId?: string } }>({
  method: 'get',
  path: '/api/instances/{id}/stream',
  operationId: 'streamInstance',
  tag: 'Streams',
  summary: 'Follow one instance',
  description:
    'Server-sent events: `history` (data: the event; id: its seq, from the second execution on `seq~executionId`), `instance` (the summary), ' +
    '`execution` (another execution begins, seq counts from 1 again), `purged`. `Last-Event-ID` resumes without loss.',
  access: 'tokenOrQuery',
  params: { id: idParam },
  query: { lastEventId: { type: 'string', description: 'As the header Last-Event-ID, for a first connection.' } },
  responses: { 200: { description: 'Stays open.', contentType: 'text/event-stream' } },
  errors: ['UnknownInstance'],
  async handle({ params, query, headers, door, response }) {
    await viewOf(door.engine, params.id)
    const header = headers['last-event-id']
    const from = parseResumePoint(typeof header === 'string' ? header : query.lastEventId)
    await new InstanceStream(new EventStream(response, door), door.engine, params.id).run(from)
    return undefined
  },
})

const ofAll = defineRoute<{ query: { definition?: string } }>({
  method: 'get',
  path: '/api/stream',
  operationId: 'streamInstances',
  tag: 'Streams',
  summary: 'Follow all instances',
  description:
    'Server-sent events: `instance` (a summary that changed), `purged` (data: `count` and `instanceIds`, of which at most 1,000 are named: load your lists again if there are fewer than `count`), ' +
    '`definition` (a version was deployed), `reload` (too much happened at once: load your lists again).',
  access: 'tokenOrQuery',
  query: { definition: { type: 'string', minLength: 1, description: 'Only instances of this definition.' } },
  responses: { 200: { description: 'Stays open.', contentType: 'text/event-stream' } },
  handle({ query, door, response }) {
    new AllInstancesStream(new EventStream(response, door), door.engine, door.announcements, query.definition)
    return undefined
  },
})

export const streamRoutes = [ofOne, ofAll]
