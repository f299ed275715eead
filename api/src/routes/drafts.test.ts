import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const isNew = { 'if-none-match': '*' }
const drawing = { definition: { half: 'drawn' }, layout: { a: [1, 2] } }

test('a draft is saved whatever it holds, and comes back as it was', async () => {
  const saved = await server.call('PUT', '/api/drafts/order', drawing, isNew)
  expect([saved.status, saved.body.revision, saved.headers.get('etag')]).toEqual([201, 1, '"1"'])
  const got = await server.call('GET', '/api/drafts/order')
  expect(got.body).toMatchObject({ name: 'order', ...drawing, revision: 1 })
  expect(got.headers.get('etag')).toBe('"1"')
})

test('a write from the latest revision wins, one from an older revision loses and gets the newer draft', async () => {
  await server.call('PUT', '/api/drafts/race', drawing, isNew)
  const won = await server.call('PUT', '/api/drafts/race', { definition: 2 }, { 'if-match': '"1"' })
  expect([won.status, won.body.revision, won.body.layout]).toEqual([200, 2, null])
  const lost = await server.call('PUT', '/api/drafts/race', { definition: 3 }, { 'if-match': '1' })
  expect([lost.status, lost.body.code, lost.headers.get('etag')]).toEqual([412, 'RevisionConflict', '"2"'])
  expect(lost.body.current).toMatchObject({ definition: 2, revision: 2 })
  expect((await server.call('PUT', '/api/drafts/race', { definition: 4 }, isNew)).status).toBe(412)
  expect((await server.call('PUT', '/api/drafts/race', { definition: 5 }, { 'if-match': '*' })).body.revision).toBe(3)
})

test('what GET gave may be sent back as it is', async () => {
  await server.call('PUT', '/api/drafts/round', drawing, isNew)
  const { body } = await server.call('GET', '/api/drafts/round')
  expect((await server.call('PUT', '/api/drafts/round', body, { 'if-match': '"1"' })).status).toBe(200)
})

test('a write that does not say what it was made from is refused', async () => {
  const answer = await server.call('PUT', '/api/drafts/order', drawing)
  expect([answer.status, answer.body.code]).toEqual([428, 'RevisionRequired'])
  expect((await server.call('PUT', '/api/drafts/order', drawing, { 'if-match': 'W/"x"' })).status).toBe(400)
})

test('a draft that was deleted meanwhile is a lost race without a newer one', async () => {
  await server.call('PUT', '/api/drafts/gone', drawing, isNew)
  const deleted = await server.call('DELETE', '/api/drafts/gone')
  expect([deleted.status, deleted.text]).toEqual([204, ''])
  const lost = await server.call('PUT', '/api/drafts/gone', drawing, { 'if-match': '"1"' })
  expect([lost.status, lost.body.current]).toEqual([412, null])
})

test('drafts are listed', async () => {
  await server.call('PUT', '/api/drafts/listed', drawing, isNew)
  const { body } = await server.call('GET', '/api/drafts')
  expect(body.items).toContainEqual(expect.objectContaining({ name: 'listed', revision: 1 }))
})

test('unknown drafts and impossible names', async () => {
  expect((await server.call('GET', '/api/drafts/nobody')).body.code).toBe('UnknownDraft')
  expect((await server.call('DELETE', '/api/drafts/nobody')).body.code).toBe('UnknownDraft')
  expect((await server.call('PUT', '/api/drafts/Not%20A%20Name', drawing, isNew)).body.code).toBe('InvalidRequest')
  expect((await server.call('PUT', '/api/drafts/order', { layout: {} }, isNew)).body.code).toBe('InvalidRequest')
})

test('the list of drafts comes in pages, by name', async () => {
  for (const name of ['page-a', 'page-b', 'page-c'])
    await server.call('PUT', `/api/drafts/${name}`, { definition: {} }, { 'if-none-match': '*' })
  const names: string[] = []
  let cursor = ''
  do {
    const page = await server.call('GET', `/api/drafts?limit=2${cursor && `&cursor=${cursor}`}`)
    expect(page.status).toBe(200)
    names.push(...page.body.items.map(({ name }: { name: string }) => name))
    cursor = page.body.next ?? ''
  } while (cursor !== '')
  expect(names.filter((name) => name.startsWith('page-'))).toEqual(['page-a', 'page-b', 'page-c'])
  expect((await server.call('GET', '/api/drafts?cursor=bm9uZQ')).body.code).toBe('InvalidCursor')
})
