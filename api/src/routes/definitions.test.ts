import { afterAll, beforeAll, expect, test } from 'vitest'
import { broken, echoing, gated } from '../testing/definitions.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('a definition gets version 1, the same content again stays version 1, another content gets version 2', async () => {
  const first = await server.call('POST', '/api/definitions', echoing)
  expect([first.status, first.body.version, first.headers.get('location')]).toEqual([
    201,
    1,
    '/api/definitions/echoing/versions/1',
  ])
  const again = await server.call('POST', '/api/definitions', {
    definition: echoing,
    layout: { work: [1, 2] },
    comment: 'the same',
  })
  expect([again.status, again.body.version, again.body.hash]).toEqual([200, 1, first.body.hash])
  const second = await server.call('POST', '/api/definitions', {
    definition: { ...echoing, title: 'Louder' },
    layout: { a: 1 },
    comment: 'louder',
  })
  expect([second.status, second.body.version]).toEqual([201, 2])

  const latest = await server.call('GET', '/api/definitions/echoing')
  expect(latest.body).toMatchObject({
    version: 2,
    comment: 'louder',
    layout: { a: 1 },
    definition: { title: 'Louder' },
  })
  const old = await server.call('GET', '/api/definitions/echoing/versions/1')
  expect(old.body).toMatchObject({ version: 1, comment: null, layout: null, definition: { title: 'Echoing' } })
  const versions = await server.call('GET', '/api/definitions/echoing/versions')
  expect(versions.body.items.map((one: { version: number }) => one.version)).toEqual([2, 1])
})

test('a definition with errors is refused with its problems and nothing is stored', async () => {
  const answer = await server.call('POST', '/api/definitions', broken)
  expect(answer.status).toBe(400)
  expect(answer.body.code).toBe('InvalidDefinition')
  expect(answer.body.problems).toContainEqual(expect.objectContaining({ severity: 'error', path: '/start' }))
  expect((await server.call('GET', '/api/definitions/broken')).status).toBe(404)
})

test.each([[5], ['text'], [null], [[]], [{}], [{ definition: null }]])('%j is no definition', async (body) => {
  const answer = await server.call('POST', '/api/definitions', JSON.stringify(body))
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidDefinition'])
  expect(answer.body.problems.length).toBeGreaterThan(0)
  const checked = await server.call('POST', '/api/definitions/validate', JSON.stringify(body))
  expect([checked.status, checked.body.valid]).toEqual([200, false])
})

test('what stands beside a wrapped definition must be known', async () => {
  const answer = await server.call('POST', '/api/definitions', { definition: echoing, coment: 'typo' })
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidRequest'])
  expect(answer.body.detail).toContain('"coment"')
})

test('validation tells of an unknown activity as a warning', async () => {
  const unknown = { ...echoing, steps: { work: { type: 'activity', activity: 'nobody' } } }
  const answer = await server.call('POST', '/api/definitions/validate', unknown)
  expect(answer.body.valid).toBe(true)
  expect(answer.body.problems).toContainEqual(expect.objectContaining({ severity: 'warning', step: 'work' }))
})

test('the list says how many instances each definition has, by status', async () => {
  await server.started(gated, null, 'g-1')
  await server.started(gated, null, 'g-2')
  const { body } = await server.call('GET', '/api/definitions')
  const listed = body.items.find((one: { name: string }) => one.name === 'gated')
  expect(listed).toMatchObject({ version: 1, versions: 1, title: null, instances: { Running: 2 } })
})

test('lists come in pages', async () => {
  await server.call('POST', '/api/definitions', echoing)
  await server.call('POST', '/api/definitions', gated)
  const first = await server.call('GET', '/api/definitions?limit=1')
  expect(first.body.items).toHaveLength(1)
  const second = await server.call('GET', `/api/definitions?limit=1&cursor=${encodeURIComponent(first.body.next)}`)
  expect(second.body.items[0].name > first.body.items[0].name).toBe(true)
  const odd = await server.call('GET', '/api/definitions?cursor=garbage')
  expect([odd.status, odd.body.code]).toEqual([400, 'InvalidCursor'])
})

test.each(['/api/definitions/nobody', '/api/definitions/nobody/versions', '/api/definitions/echoing/versions/99'])(
  '%s is unknown',
  async (path) => {
    const answer = await server.call('GET', path)
    expect([answer.status, answer.body.code]).toEqual([404, 'UnknownDefinition'])
  },
)

test('a version that is no number is refused', async () => {
  const answer = await server.call('GET', '/api/definitions/echoing/versions/latest')
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidRequest'])
})

test('a recorded history is held against its definition, or against another one', async () => {
  const { call } = server
  await call('POST', '/api/definitions', echoing)
  const run = await call('POST', '/api/instances?wait=10', { definition: 'echoing', instanceId: 'checked', input: 'x' })
  expect(run.status).toBe(200)
  const history = (await call('GET', '/api/instances/checked/history')).body
  expect((await call('POST', '/api/definitions/check', { history })).body).toMatchObject({
    fits: true,
    status: 'Completed',
    deviation: null,
  })
  const other = { ...echoing, steps: { [echoing.start]: { type: 'end', output: 1 } } }
  const answer = await call('POST', '/api/definitions/check', { definition: other, history })
  expect(answer.body).toMatchObject({ fits: false, deviation: { seq: 2, expected: { type: 'ExecutionCompleted' } } })
  expect((await call('POST', '/api/definitions/check', { history: [{ type: 'Nonsense' }] })).status).toBe(400)
  expect((await call('POST', '/api/definitions/check', { definition: broken, history })).body.code).toBe(
    'InvalidDefinition',
  )
})
