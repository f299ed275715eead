import { ref } from '../openapi/component-schemas.ts'
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

export const activityRoutes = [list]
