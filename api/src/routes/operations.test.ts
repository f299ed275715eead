import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoing, failing, waiting } from '../testing/definitions.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const historyOf = async (id: string): Promise<{ type: string; data?: unknown; reason?: string; by?: string }[]> =>
  (await server.call('GET', `/api/instances/${id}/history?limit=500`)).body.items

test('an event reaches the instance that waits for it', async () => {
  await server.started(waiting, null, 'e-1')
  const answer = await server.call('POST', '/api/instances/e-1/events/go', { by: 'me' })
  expect([answer.status, answer.body]).toEqual([202, { instanceId: 'e-1', event: 'go' }])
  expect((await server.reached('e-1', 'Completed')).output).toEqual({ by: 'me' })
  const late = await server.call('POST', '/api/instances/e-1/events/go', 1)
  expect([late.status, late.body.code, late.body.instanceStatus]).toEqual([410, 'InstanceFinished', 'Completed'])
})

test('an event without a body has no data', async () => {
  await server.started(waiting, null, 'e-2')
  expect((await server.call('POST', '/api/instances/e-2/events/go')).status).toBe(202)
  expect((await server.reached('e-2', 'Completed')).output).toBeNull()
})

test('the same messageId again is 202 and no second event', async () => {
  await server.started(waiting, null, 'e-3')
  for (let n = 0; n < 3; n += 1) {
    expect((await server.call('POST', '/api/instances/e-3/events/other?messageId=m-1', n)).status).toBe(202)
  }
  const raised = (await historyOf('e-3')).filter((event) => event.type === 'EventRaised')
  expect(raised.map((event) => event.data)).toEqual([0])
})

test('an event that is not JSON is refused', async () => {
  await server.started(waiting, null, 'e-4')
  expect((await server.call('POST', '/api/instances/e-4/events/go', '{broken')).body.code).toBe('InvalidJson')
  expect(
    (await server.call('POST', '/api/instances/e-4/events/go', 'x', { 'content-type': 'text/plain' })).status,
  ).toBe(415)
})

test('suspend and resume, once each', async () => {
  await server.started(waiting, null, 's-1')
  const suspended = await server.call('POST', '/api/instances/s-1/suspend', { reason: 'lunch', by: 'ada' })
  expect([suspended.status, suspended.body.status]).toEqual([202, 'Suspended'])
  const again = await server.call('POST', '/api/instances/s-1/suspend')
  expect([again.status, again.body.code, again.body.instanceStatus]).toEqual([409, 'StatusForbids', 'Suspended'])
  expect((await server.call('POST', '/api/instances/s-1/resume')).body.status).toBe('Running')
  expect((await server.call('POST', '/api/instances/s-1/resume')).status).toBe(409)
  expect(await historyOf('s-1')).toContainEqual(
    expect.objectContaining({ type: 'ExecutionSuspended', reason: 'lunch', by: 'ada' }),
  )
})

test('terminate ends it, and nothing can be done to it afterwards but restart', async () => {
  await server.started(waiting, 5, 't-1')
  expect((await server.call('POST', '/api/instances/t-1/terminate', { reason: 'enough' })).body.status).toBe(
    'Terminated',
  )
  for (const operation of ['terminate', 'suspend', 'resume', 'rewind']) {
    const answer = await server.call('POST', `/api/instances/t-1/${operation}`)
    expect([operation, answer.status, answer.body.instanceStatus]).toEqual([operation, 409, 'Terminated'])
  }
  const restarted = await server.call('POST', '/api/instances/t-1/restart')
  expect([restarted.status, restarted.body.instanceId, restarted.body.status, restarted.body.input]).toEqual([
    202,
    't-1',
    'Running',
    5,
  ])
})

test('restart under another id and with another input', async () => {
  await server.started(echoing, 1, 'r-1')
  await server.reached('r-1', 'Completed')
  const answer = await server.call('POST', '/api/instances/r-1/restart', { newInstanceId: 'r-2', input: 2 })
  expect([answer.status, answer.headers.get('location')]).toEqual([202, '/api/instances/r-2'])
  expect((await server.reached('r-2', 'Completed')).output).toBe(2)
  expect((await server.call('POST', '/api/instances/r-1/restart', { newInstanceId: 'r-2' })).body.code).toBe(
    'InstanceExists',
  )
})

test('a running instance does not restart under its own id', async () => {
  await server.started(waiting, null, 'r-3')
  expect((await server.call('POST', '/api/instances/r-3/restart')).status).toBe(409)
})

test('a failed instance is rewound', async () => {
  await server.started(failing, null, 'w-1')
  await server.reached('w-1', 'Failed')
  expect((await server.call('POST', '/api/instances/w-1/rewind', { reason: 'again' })).status).toBe(202)
  await server.reached('w-1', 'Failed')
  expect(await historyOf('w-1')).toContainEqual(expect.objectContaining({ type: 'ExecutionRewound', reason: 'again' }))
})

test('what an operation says must be known', async () => {
  await server.started(waiting, null, 'o-1')
  expect((await server.call('POST', '/api/instances/o-1/terminate', { because: 'x' })).status).toBe(400)
  expect((await server.call('POST', '/api/instances/o-1/terminate', { reason: 5 })).status).toBe(400)
  expect((await server.call('GET', '/api/instances/o-1')).body.status).toBe('Running')
})
