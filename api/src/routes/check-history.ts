import { parseDefinition } from '@durable-canvas/schema'
import { ref } from '../openapi/component-schemas.ts'
import { ApiError } from '../problem-json.ts'
import { historyOf, replayHistory } from '../replayed-history.ts'
import { defineRoute, json, type Route } from './route.ts'

const checkHistory = defineRoute<{ body: { definition?: unknown; history: unknown } }>({
  method: 'post',
  path: '/api/definitions/check',
  operationId: 'checkHistory',
  tag: 'Definitions',
  summary: 'Hold a recorded history against a definition',
  description:
    'Decides every message of the history again and names the first event that this definition would not give. Without a definition it is the deployed version that the history names.',
  body: {
    required: true,
    checkedBy: 'door',
    schema: {
      type: 'object',
      required: ['history'],
      properties: {
        definition: { description: 'The definition to hold it against.' },
        history: { description: 'The events, or a page of them as `GET /api/instances/{id}/history` gives it.' },
      },
      additionalProperties: false,
    },
  },
  responses: { 200: { description: 'What was found.', schema: ref('HistoryCheck') } },
  errors: ['InvalidRequest', 'InvalidDefinition', 'UnknownDefinition'],
  async handle({ body, door }) {
    const read = historyOf(body.history)
    if ('wrong' in read) throw new ApiError('InvalidRequest', read.wrong)
    const [started] = read.history
    if (started?.type !== 'ExecutionStarted')
      throw new ApiError('InvalidRequest', 'A history begins with ExecutionStarted.')
    const document = body.definition ?? (await deployed(started.definition, started.version))
    const { definition, problems } = parseDefinition(document)
    if (!definition) throw new ApiError('InvalidDefinition', 'The definition has errors.', { problems })
    return json(200, replayHistory(definition, read.history))

    async function deployed(name: string, version: number): Promise<unknown> {
      const stored = await door.engine.store.getDefinition(name, version)
      if (!stored) throw new ApiError('UnknownDefinition', `There is no definition ${name} version ${version}.`)
      return JSON.parse(stored.definitionJson)
    }
  },
})

export const checkRoutes: readonly Route[] = [checkHistory]
