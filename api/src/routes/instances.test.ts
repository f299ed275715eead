import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoing, eternal, failing, gated, picky, waiting } from '../testing/definitions.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const definition of [echoing, eternal, failing, gated, picky, waiting]) await server.engine.deploy(definition)
})
afterAll(() => server.close())

const start = (body: unknown, query = '') => server.call('POST', `/api/instances${query}`, body)

test('a start answers 201, the instance and where it is', async () => {
  const answer = await start({ definition: 'echoing', instanceId: 'a b/ü', input: { n: 1 } })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/api/instances/${encodeURIComponent('a b/ü')}`)
  expect(answer.body).toMatchObject({
    instanceId: 'a b/ü',
    definition: 'echoing',
    version: 1,
    input: { n: 1 },
    parent: null,
  })
  await server.reached('a b/ü', 'Completed')
  const got = await server.call('GET', answer.headers.get('location') ?? '')
  expect(got.body).toMatchObject({ status: 'Completed', output: { n: 1 }, failure: null, waitingFor: [] })
})

test('with wait the answer is 200 once it is finished, and 201 if it is not by then', async () => {
  const finished = await start({ definition: 'echoing', input: 7 }, '?wait=30')
  expect([finished.status, finished.body.status, finished.body.output]).toEqual([200, 'Completed', 7])
  const failed = await start({ definition: 'failing' }, '?wait=30')
  expect([failed.status, failed.body.status]).toEqual([200, 'Failed'])
  expect(failed.body.failure).toMatchObject({ type: 'Error', message: 'on purpose', step: 'work' })
  const waits = await start({ definition: 'waiting' }, '?wait=0.2')
  expect([waits.status, waits.body.status]).toEqual([201, 'Running'])
  expect(waits.body.waitingFor).toEqual([expect.objectContaining({ kind: 'event', name: 'go', step: 'wait' })])
})

test('an id that exists is a conflict, or that instance, or replaced once it is finished', async () => {
  await start({ definition: 'waiting', instanceId: 'taken' })
  const conflict = await start({ definition: 'waiting', instanceId: 'taken' })
  expect([conflict.status, conflict.body.code]).toEqual([409, 'InstanceExists'])
  const there = await start({ definition: 'waiting', instanceId: 'taken', ifExists: 'return' })
  expect([there.status, there.body.instanceId]).toEqual([200, 'taken'])
  expect((await start({ definition: 'waiting', instanceId: 'taken', ifExists: 'replaceFinished' })).status).toBe(409)
  await server.engine.terminate('taken')
  const replaced = await start({ definition: 'waiting', instanceId: 'taken', ifExists: 'replaceFinished' })
  expect([replaced.status, replaced.body.status]).toEqual([201, 'Running'])
  expect(replaced.body.executionId).not.toBe(there.body.executionId)
})

test('an unknown definition or version is 404', async () => {
  const unknown = await start({ definition: 'nobody' })
  expect([unknown.status, unknown.body.code]).toEqual([404, 'UnknownDefinition'])
  expect((await start({ definition: 'echoing', version: 99 })).body.code).toBe('UnknownDefinition')
})

test('an input that does not fit is 400 with problems, and no instance exists', async () => {
  const answer = await start({ definition: 'picky', instanceId: 'unfit', input: { amount: 0 } })
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidInput'])
  expect(answer.body.problems).toContainEqual(expect.objectContaining({ path: expect.stringContaining('amount') }))
  expect((await server.call('GET', '/api/instances/unfit')).status).toBe(404)
})

test.each([
  [{}, 'definition'],
  [{ definition: 5 }, '/definition'],
  [{ definition: 'echoing', version: '1' }, '/version'],
  [{ definition: 'echoing', instanceId: '' }, '/instanceId'],
  [{ definition: 'echoing', instanceId: 'a\nb' }, '/instanceId'],
  [{ definition: 'echoing', ifExists: 'perhaps' }, '/ifExists'],
  [{ definition: 'echoing', startAt: 'tomorrow' }, 'startAt'],
  [{ definition: 'echoing', inputs: 1 }, 'inputs'],
  [[], 'object'],
  ['echoing', 'object'],
])('%j is no start', async (body, word) => {
  const answer = await start(JSON.stringify(body))
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidRequest'])
  expect(answer.body.detail).toContain(word)
})

test('a wait of more than a minute is refused', async () => {
  expect((await start({ definition: 'echoing' }, '?wait=61')).status).toBe(400)
  expect((await start({ definition: 'echoing' }, '?wait=soon')).status).toBe(400)
  expect((await start({ definition: 'echoing' }, '?wiat=1')).body.detail).toContain('wiat')
})

test('an instance may start later', async () => {
  const { body } = await start({ definition: 'echoing', startAt: new Date(Date.now() + 3_600_000).toISOString() })
  expect(body.status).toBe('Pending')
})

test('a batch answers each in order, the bad ones with their problem', async () => {
  const { status, body } = await server.call('POST', '/api/instances/batch', [
    { definition: 'echoing', instanceId: 'batch-1' },
    { definition: 'nobody' },
    { definition: 'picky', input: {} },
    7,
    { definition: 'echoing', instanceId: 'batch-1' },
    { definition: 'echoing', instanceId: 'batch-1', ifExists: 'return' },
  ])
  expect(status).toBe(200)
  expect(body.items.map((one: { status: number }) => one.status)).toEqual([201, 404, 400, 400, 409, 200])
  expect(body.items.map((one: { problem?: { code: string } }) => one.problem?.code)).toEqual([
    undefined,
    'UnknownDefinition',
    'InvalidInput',
    'InvalidRequest',
    'InstanceExists',
    undefined,
  ])
  expect(body.items[0].instance.instanceId).toBe('batch-1')
})

test('a batch has at most 1,000 and is a list', async () => {
  expect((await server.call('POST', '/api/instances/batch', Array(1001).fill({ definition: 'echoing' }))).status).toBe(
    400,
  )
  expect((await server.call('POST', '/api/instances/batch', {})).status).toBe(400)
  expect((await server.call('POST', '/api/instances/batch', [])).body).toEqual({ items: [] })
})

test('lists filter and come in pages, newest first', async () => {
  for (const id of ['list-1', 'list-2', 'list-3']) await start({ definition: 'waiting', instanceId: id })
  await server.engine.terminate('list-2')
  await server.reached('list-2', 'Terminated')
  const ids = async (query: string) => {
    const { body } = await server.call('GET', `/api/instances?${query}`)
    return body.items.map((one: { instanceId: string }) => one.instanceId)
  }
  await expect.poll(() => ids('idPrefix=list-&status=Terminated')).toEqual(['list-2'])
  expect((await ids('idPrefix=list-')).toSorted()).toEqual(['list-1', 'list-2', 'list-3'])
  expect((await ids('idPrefix=list-&status=Running,Suspended')).toSorted()).toEqual(['list-1', 'list-3'])
  expect(await ids('idPrefix=list-&definition=echoing')).toEqual([])
  expect(await ids('idPrefix=list-&version=2')).toEqual([])
  expect(await ids('idPrefix=list-&createdTo=2020-01-01T00:00:00Z')).toEqual([])
  expect(await ids('idPrefix=list-&createdFrom=2020-01-01')).toHaveLength(3)
  expect(await ids('idPrefix=list-&parent=nobody')).toEqual([])
  const first = await server.call('GET', '/api/instances?idPrefix=list-&limit=2')
  const second = await server.call(
    'GET',
    `/api/instances?idPrefix=list-&limit=2&cursor=${encodeURIComponent(first.body.next)}`,
  )
  expect(first.body.items.length + second.body.items.length).toBe(3)
  expect(second.body.next).toBeNull()
})

test.each(['limit=0', 'limit=501', 'limit=ten', 'status=Done', 'createdFrom=yesterday', 'version=x', 'state=Failed'])(
  'a list refuses %s',
  async (query) => {
    const answer = await server.call('GET', `/api/instances?${query}`)
    expect([answer.status, answer.body.code]).toEqual([400, 'InvalidRequest'])
  },
)

test('a cursor that is none is refused', async () => {
  expect((await server.call('GET', '/api/instances?cursor=garbage')).body.code).toBe('InvalidCursor')
})

test('an unknown instance is 404 everywhere', async () => {
  const calls = [
    'GET ',
    'GET /history',
    'GET /stream',
    'DELETE ',
    'POST /events/go',
    ...['suspend', 'resume', 'terminate', 'rewind', 'migrate', 'restart'].map((name) => `POST /${name}`),
  ]
  for (const one of calls) {
    const [method = '', rest = ''] = one.split(' ')
    const answer = await server.call(method, `/api/instances/nobody${rest}`)
    expect([one, answer.status, answer.body.code]).toEqual([one, 404, 'UnknownInstance'])
  }
})

test('a finished instance is purged, a running one is not', async () => {
  await start({ definition: 'waiting', instanceId: 'keep' })
  const refused = await server.call('DELETE', '/api/instances/keep')
  expect([refused.status, refused.body.code, refused.body.instanceStatus]).toEqual([409, 'StatusForbids', 'Running'])
  await start({ definition: 'echoing', instanceId: 'drop' }, '?wait=30')
  expect((await server.call('DELETE', '/api/instances/drop')).body).toEqual({ purged: 1 })
  expect((await server.call('GET', '/api/instances/drop')).status).toBe(404)
})

test('instances are purged by filter, never those that run', async () => {
  for (const id of ['p-1', 'p-2']) await start({ definition: 'failing', instanceId: id }, '?wait=30')
  const one = await server.call('POST', '/api/instances/purge', {
    status: 'Failed',
    definition: 'failing',
    createdTo: '2020-01-01T00:00:00Z',
  })
  expect(one.body).toEqual({ purged: 0 })
  const two = await server.call('POST', '/api/instances/purge', {
    status: ['Failed', 'Terminated'],
    definition: 'failing',
  })
  expect(two.body.purged).toBeGreaterThanOrEqual(2)
  expect((await server.call('GET', '/api/instances/p-1')).status).toBe(404)
  for (const body of [
    {},
    { status: 'Running' },
    { status: [] },
    { status: 'Failed', createdTo: 'x' },
    { status: 'Failed', name: 'x' },
  ]) {
    expect((await server.call('POST', '/api/instances/purge', body)).status).toBe(400)
  }
})
