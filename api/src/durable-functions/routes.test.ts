import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoing, failing, picky, waiting } from '../testing/definitions.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
const base = '/runtime/webhooks/durabletask'
beforeAll(async () => {
  server = await startTestServer()
  for (const definition of [
    echoing,
    failing,
    picky,
    { ...waiting, steps: { wait: { type: 'waitForEvent', event: 'Approval' } } },
  ])
    await server.engine.deploy(definition)
})
afterAll(() => server.close())

const start = (path: string, body?: unknown) => server.call('POST', `${base}/orchestrators/${path}`, body)
const status = (id: string, query = '') => server.call('GET', `${base}/instances/${id}${query}`)
const tell = (id: string, what: string, body?: unknown) => server.call('POST', `${base}/instances/${id}/${what}`, body)

test('a start answers 202 with the management payload', async () => {
  const { status: code, body, headers } = await start('waiting/m-1', { a: 1 })
  expect([code, headers.get('retry-after'), headers.get('location')]).toEqual([202, '10', body.statusQueryGetUri])
  expect(body.id).toBe('m-1')
  expect(Object.keys(body)).toEqual([
    'id',
    'statusQueryGetUri',
    'sendEventPostUri',
    'terminatePostUri',
    'rewindPostUri',
    'purgeHistoryDeleteUri',
    'restartPostUri',
    'suspendPostUri',
    'resumePostUri',
  ])
  expect(body.sendEventPostUri).toBe(`${server.url}${base}/instances/m-1/raiseEvent/{eventName}`)
  expect((await fetch(body.statusQueryGetUri)).status).toBe(202)
})

test('with a timeout the bare output comes at once, or the payload when it takes longer', async () => {
  const done = await start('echoing?timeout=30&pollingInterval=1', { n: 1 })
  expect([done.status, done.body]).toEqual([200, { n: 1 }])
  expect((await start('waiting?timeout=0.2')).status).toBe(202)
  const failed = await start('failing?timeout=30')
  expect([failed.status, failed.body.runtimeStatus]).toEqual([500, 'Failed'])
})

test('a running instance of that id is a conflict, a finished one is replaced', async () => {
  await start('waiting/c-1')
  expect((await start('waiting/c-1')).status).toBe(409)
  await tell('c-1', 'terminate?reason=x')
  expect((await start('waiting/c-1')).status).toBe(202)
})

test('an unknown orchestrator and a wrong input', async () => {
  expect((await start('nobody')).status).toBe(404)
  expect((await start('picky', {})).status).toBe(400)
  expect((await start('echoing', '{broken')).status).toBe(400)
})

test('the status is 202 while it runs and 200 when it is finished', async () => {
  await start('waiting/s-1', '"in"')
  const running = await status('s-1')
  expect([running.status, running.headers.get('retry-after')]).toEqual([202, '10'])
  expect(running.body).toMatchObject({
    name: 'waiting',
    instanceId: 's-1',
    runtimeStatus: 'Running',
    input: 'in',
    output: null,
    customStatus: null,
    historyEvents: null,
  })
  expect((await status('s-1', '?showInput=false')).body.input).toBeNull()
  await tell('s-1', 'raiseEvent/APPROVAL', true)
  await server.reached('s-1', 'Completed')
  const finished = await status('s-1', '?showHistory=true&showHistoryOutput=true')
  expect([finished.status, finished.body.output]).toEqual([200, true])
  expect(finished.body.historyEvents[0]).toMatchObject({ EventType: 'ExecutionStarted', FunctionName: 'waiting' })
  expect(finished.body.historyEvents.at(-1)).toMatchObject({ EventType: 'ExecutionCompleted', Result: true })
  expect((await status('nobody')).status).toBe(404)
})

test('a failed one is 500 only if asked for', async () => {
  await start('failing/f-1')
  await server.reached('f-1', 'Failed')
  expect((await status('f-1')).status).toBe(200)
  expect((await status('f-1')).body.output).toBe('Error: on purpose')
  expect((await status('f-1', '?returnInternalServerErrorOnFailure=true')).status).toBe(500)
})

test('events match without regard to case, early and late', async () => {
  await start('waiting/e-1')
  expect((await tell('e-1', 'raiseEvent/approval', '"x"')).status).toBe(202)
  expect((await server.reached('e-1', 'Completed')).output).toBe('x')
  expect((await tell('e-1', 'raiseEvent/approval', 1)).status).toBe(410)
  expect((await tell('nobody', 'raiseEvent/approval', 1)).status).toBe(404)
  await start('waiting/e-2')
  expect((await tell('e-2', 'raiseEvent/approval', 'not JSON')).status).toBe(400)
})

test('operations answer 202, 404, and 410 when it is finished', async () => {
  await start('waiting/o-1')
  for (const one of ['suspend', 'suspend', 'resume', 'resume'])
    expect((await tell('o-1', `${one}?reason=r`)).status).toBe(202)
  expect((await tell('o-1', 'rewind')).status).toBe(410)
  expect((await tell('o-1', 'terminate?reason=r')).status).toBe(202)
  for (const one of ['terminate', 'suspend', 'resume', 'rewind']) {
    expect([one, (await tell('o-1', one)).status, (await tell('nobody', one)).status]).toEqual([one, 410, 404])
  }
  await start('failing/o-2')
  await server.reached('o-2', 'Failed')
  expect((await tell('o-2', 'rewind?reason=again')).status).toBe(202)
})

test('restart under a new id, or its own', async () => {
  await start('echoing/r-1', 9)
  await server.reached('r-1', 'Completed')
  const renewed = await tell('r-1', 'restart')
  expect(renewed.status).toBe(202)
  expect(renewed.body.id).not.toBe('r-1')
  expect((await server.reached(renewed.body.id, 'Completed')).output).toBe(9)
  expect((await tell('r-1', 'restart?restartWithNewInstanceId=false')).body.id).toBe('r-1')
  expect((await tell('nobody', 'restart')).status).toBe(400)
})

test('lists filter and continue by token', async () => {
  for (const id of ['l-1', 'l-2', 'l-3']) await start(`waiting/${id}`)
  const first = await server.call('GET', `${base}/instances?instanceIdPrefix=l-&runtimeStatus=running,Pending&top=2`)
  expect(first.body).toHaveLength(2)
  const token = first.headers.get('x-ms-continuation-token') ?? ''
  const second = await server.call('GET', `${base}/instances?instanceIdPrefix=l-&top=2`, undefined, {
    'x-ms-continuation-token': token,
  })
  expect(second.body).toHaveLength(1)
  expect(second.headers.get('x-ms-continuation-token')).toBeNull()
  expect(
    (await server.call('GET', `${base}/instances?instanceIdPrefix=l-&createdTimeTo=2020-01-01T00:00:00Z`)).body,
  ).toEqual([])
  expect((await server.call('GET', `${base}/instances?instanceIdPrefix=l-&runtimeStatus=Completed`)).body).toEqual([])
})

test('purge one and many', async () => {
  await start('echoing/p-1')
  await server.reached('p-1', 'Completed')
  await start('waiting/p-2')
  const purge = (path: string) => server.call('DELETE', `${base}/instances${path}`)
  expect((await purge('/p-1')).body).toEqual({ instancesDeleted: 1 })
  expect((await purge('/p-1')).status).toBe(404)
  expect((await purge('/p-2')).status).toBe(404)
  expect((await purge('')).status).toBe(400)
  expect((await purge('?createdTimeFrom=2100-01-01T00:00:00Z')).status).toBe(404)
  expect((await purge('?createdTimeFrom=2020-01-01T00:00:00Z')).body.instancesDeleted).toBeGreaterThan(0)
  expect((await status('p-2')).status).toBe(202)
})
