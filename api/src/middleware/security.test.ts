import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoing, waiting } from '../testing/definitions.ts'
import { openSse } from '../testing/sse-reader.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let locked: TestServer
const token = 'correct-horse'
beforeAll(async () => {
  server = await startTestServer()
  locked = await startTestServer({ apiToken: token, allowedHosts: ['flows.example'] })
})
afterAll(async () => {
  await server.close()
  await locked.close()
})

/** fetch does not let one choose the Host header. */
function withHost(url: string, host: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/healthz`, { headers: { host } }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    sent.on('error', reject).end()
  })
}

test.each(['localhost', 'localhost:8080', '127.0.0.1', '[::1]:8080', 'LOCALHOST'])(
  'Host: %s is one of this machine',
  async (host) => {
    expect((await withHost(server.url, host)).status).toBe(200)
  },
)

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.nip.io',
  '169.254.169.254',
  '[::2]',
  'a@localhost',
  'localhost:x',
])('Host: %s is refused', async (host) => {
  const { status, body } = await withHost(server.url, host)
  expect([status, JSON.parse(body).code]).toEqual([403, 'HostNotAllowed'])
})

test('names of ALLOWED_HOSTS are served', async () => {
  expect((await withHost(locked.url, 'flows.example')).status).toBe(200)
  expect((await withHost(locked.url, 'other.example')).status).toBe(403)
})

test.each<Record<string, string>>([
  { origin: 'http://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('a write that a page of another site made (%j) is refused', async (headers) => {
  const answer = await server.call('POST', '/api/definitions', echoing, headers)
  expect([answer.status, answer.body.code]).toEqual([403, 'CrossSite'])
  expect((await server.call('GET', '/api/definitions/echoing')).status).toBe(404)
})

test('a write of our own page is taken', async () => {
  expect((await server.call('POST', '/api/definitions/validate', echoing, { origin: server.url })).status).toBe(200)
  expect(
    (await server.call('POST', '/api/definitions/validate', echoing, { 'sec-fetch-site': 'same-origin' })).status,
  ).toBe(200)
})

test('no other site may read: there are no CORS headers', async () => {
  const { headers } = await server.call('GET', '/api/definitions', undefined, { origin: 'http://evil.example' })
  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
})

test('pages may run scripts of this server only, without eval, and are not framed', async () => {
  const policy = (await server.call('GET', '/api/docs')).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe-eval')
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('upgrade-insecure-requests')
})

test('with a token every call needs it, but the pages, their files and the health checks do not', async () => {
  for (const path of [
    '/api/definitions',
    '/api/instances',
    '/api/activities',
    '/api/drafts',
    '/api/stream',
    '/metrics',
    '/api/samples',
    '/runtime/webhooks/durabletask/instances',
  ]) {
    const answer = await locked.call('GET', path)
    expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'Unauthorized'])
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  }
  for (const path of ['/healthz', '/readyz', '/api/docs', '/api/openapi.json']) {
    expect([path, (await locked.call('GET', path)).status]).toEqual([path, 200])
  }
  expect((await locked.call('POST', '/api/definitions', echoing)).status).toBe(401)
})

test('the token is taken from the Authorization header', async () => {
  const bearer = (text: string) => locked.call('GET', '/api/definitions', undefined, { authorization: text })
  expect((await bearer(`Bearer ${token}`)).status).toBe(200)
  for (const wrong of [`Bearer ${token}x`, 'Bearer', `Basic ${token}`, token, `Bearer ${token} x`])
    expect((await bearer(wrong)).status).toBe(401)
})

test('in the address it counts for streams only', async () => {
  expect((await locked.call('GET', `/api/definitions?access_token=${token}`)).status).toBe(401)
  await locked.started(waiting, null, 'w')
  for (const path of ['/api/stream', '/api/instances/w/stream']) {
    const reader = await openSse(`${locked.url}${path}?access_token=${token}`)
    expect(reader.response.status).toBe(200)
    reader.close()
    expect((await locked.call('GET', `${path}?access_token=wrong`)).status).toBe(401)
  }
})

test('clients of Azure may send it as their key or code', async () => {
  const path = '/runtime/webhooks/durabletask/instances'
  expect((await locked.call('GET', `${path}?code=${token}`)).status).toBe(200)
  expect((await locked.call('GET', path, undefined, { 'x-functions-key': token })).status).toBe(200)
  expect((await locked.call('GET', `${path}?code=wrong`)).status).toBe(401)
})

test('guessing is slowed down', async () => {
  const guessed = await startTestServer({ apiToken: token })
  const guess = () => guessed.call('GET', '/api/definitions', undefined, { authorization: 'Bearer guess' })
  const statuses = []
  for (let n = 0; n < 61; n += 1) statuses.push((await guess()).status)
  expect(statuses.slice(0, 60).every((status) => status === 401)).toBe(true)
  expect(statuses[60]).toBe(429)
  await guessed.close()
})

test.each([
  '{"__proto__": {"x": 1}}',
  '{"definition": "echoing", "input": {"a": [{"__proto__": 1}]}}',
  '{"\\u005f_proto__": 1}',
])('a body with a prototype key is refused: %s', async (body) => {
  const answer = await server.call('POST', '/api/instances', body)
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidRequest'])
  expect(({} as Record<string, unknown>).x).toBeUndefined()
})

test('constructor and prototype are keys like others', async () => {
  await server.engine.deploy(echoing)
  const input = { constructor: { prototype: 1 }, text: 'a "__proto__" in a text' }
  const answer = await server.call('POST', '/api/instances?wait=30', { definition: 'echoing', input })
  expect(answer.body.output).toEqual(input)
})

test('an error on our side tells nothing but an id', async () => {
  const broken = await startTestServer()
  await broken.engine.stop()
  await broken.engine.store.close()
  const answer = await broken.call('GET', '/api/definitions')
  expect([500, 503]).toContain(answer.status)
  expect(answer.text).not.toMatch(/\.ts|node_modules|at /)
  await broken.close().catch(() => {})
})
