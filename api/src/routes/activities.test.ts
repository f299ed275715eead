import { defineActivity } from '@durable-canvas/interpreter'
import { expect, test } from 'vitest'
import { startTestServer } from '../testing/test-server.ts'

test('activities are listed by name with all that a form needs', async () => {
  const charge = defineActivity(
    {
      name: 'charge',
      title: 'Charge',
      icon: 'credit-card',
      input: { type: 'object' },
      retry: { maxNumberOfAttempts: 2 },
    },
    () => null,
  )
  const server = await startTestServer({ activities: [charge] })
  const { body } = await server.call('GET', '/api/activities')
  expect(body.items.map((one: { name: string }) => one.name)).toEqual(['charge', 'echo', 'failing', 'gated'])
  expect(body.items[0]).toEqual({
    name: 'charge',
    title: 'Charge',
    description: null,
    icon: 'credit-card',
    input: { type: 'object' },
    output: null,
    retry: { maxNumberOfAttempts: 2 },
  })
  await server.close()
})
