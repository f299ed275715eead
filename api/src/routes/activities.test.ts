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

test('an activity can be called by hand, and what it throws is its failure', async () => {
  const keys: string[] = []
  const add = defineActivity(
    { name: 'add', input: { type: 'object', required: ['a'] }, output: { type: 'number' } },
    ({ input, idempotencyKey, attempt, log }) => {
      keys.push(idempotencyKey)
      log('adds', { attempt })
      const { a } = input as { a: unknown }
      if (a === 'strange') return 'text' as never
      if (a === 'text') throw 'only text'
      if (a === 'bad') throw Object.assign(new Error('no'), { name: 'Broken', details: { a }, nonRetryable: true })
      return (a as number) + 1
    },
  )
  const server = await startTestServer({ activities: [add] })
  const run = (a: unknown) => server.call('POST', '/api/activities/add/run', { input: { a } })
  expect(await run(1)).toMatchObject({ status: 200, body: { result: 2, durationMs: expect.any(Number) } })
  expect((await run('bad')).body.failure).toEqual({
    type: 'Broken',
    message: 'no',
    details: { a: 'bad' },
    nonRetryable: true,
  })
  expect((await run('text')).body.failure).toEqual({ type: 'Error', message: 'only text' })
  expect((await run('strange')).body.failure).toMatchObject({ type: 'InvalidOutput', details: 'text' })
  expect(keys[0]).toMatch(/^try\//)
  expect(new Set(keys).size).toBe(4)
  expect((await server.call('POST', '/api/activities/add/run', {})).body).toMatchObject({ code: 'InvalidInput' })
  expect((await server.call('POST', '/api/activities/nobody/run', {})).body).toMatchObject({ code: 'NotFound' })
  expect((await server.call('POST', '/api/activities/echo/run')).body).toMatchObject({ result: null })
  await server.close()
})

test('a caller who leaves, or a server that closes, ends the wait', async () => {
  const server = await startTestServer()
  const call = server.call('POST', '/api/activities/gated/run', {})
  setTimeout(() => server.closing.abort(new Error('closing')), 100)
  expect((await call).body.failure).toEqual({ type: 'Error', message: 'closing' })
  await server.close()
})

test('where everybody can reach the server no activity can be called by hand', async () => {
  const open = await startTestServer({ host: '0.0.0.0' })
  expect((await open.call('POST', '/api/activities/echo/run', {})).status).toBe(404)
  await open.close()
  const kept = await startTestServer({ host: '0.0.0.0', apiToken: 'secret' })
  expect((await kept.call('POST', '/api/activities/echo/run', {})).status).toBe(401)
  const headers = { authorization: 'Bearer secret' }
  expect((await kept.call('POST', '/api/activities/echo/run', { input: 1 }, headers)).body).toMatchObject({ result: 1 })
  await kept.close()
})
