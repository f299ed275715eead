import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test.each([
  ['{"dsl": "1",\n  "name": x}', 'Line 2, column 11'],
  ['{"dsl": "1",}', 'Line 1'],
  ['{', 'Line 1, column 2'],
  ['nonsense', 'Line 1, column 1'],
])('broken JSON names its place: %j', async (body, place) => {
  const answer = await server.call('POST', '/api/definitions', body)
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidJson'])
  expect(answer.body.detail).toContain(place)
})

test('a body of 2 MB is refused with an answer, not with a broken connection', async () => {
  const answer = await server.call('POST', '/api/definitions', JSON.stringify({ text: 'x'.repeat(2_000_000) }))
  expect([answer.status, answer.body.code]).toEqual([413, 'PayloadTooLarge'])
  expect((await server.call('GET', '/healthz')).status).toBe(200)
})

test('a small body that unpacks to a large one is refused', async () => {
  const response = await fetch(`${server.url}/api/definitions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(20_000_000, ' ')),
  })
  expect(response.status).toBe(413)
})

test('a body of almost 1 MB is taken', async () => {
  const answer = await server.call('POST', '/api/definitions/validate', JSON.stringify({ text: 'x'.repeat(1_000_000) }))
  expect(answer.status).toBe(200)
})

test('what is nested without end is refused', async () => {
  const deep = await server.call('POST', '/api/definitions', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect([deep.status, deep.body.code]).toEqual([400, 'InvalidJson'])
  const brackets = JSON.stringify({ definition: 'nobody', input: '['.repeat(10_000) })
  expect((await server.call('POST', '/api/instances', brackets)).body.code).toBe('UnknownDefinition')
})

test('other content types are refused, JSON under other names is not', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx']) {
    expect((await server.call('POST', '/api/definitions/validate', '{}', { 'content-type': type })).status).toBe(415)
  }
  for (const type of ['application/json; charset=utf-8', 'application/schema+json', 'APPLICATION/JSON']) {
    expect((await server.call('POST', '/api/definitions/validate', '{}', { 'content-type': type })).status).toBe(200)
  }
})

test('a missing body is told', async () => {
  const answer = await server.call('POST', '/api/definitions')
  expect([answer.status, answer.body.detail]).toEqual([400, 'A JSON body is needed.'])
})

test('bytes that are no UTF-8 are no JSON', async () => {
  const response = await fetch(`${server.url}/api/definitions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array([34, 255, 254, 34]),
  })
  expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: 'InvalidJson' })])
})
