import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../routes/index.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { compileRequestCheck } from './check-request.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

// The server compiles each at its first request.
test('what every route asks of a request can be checked', () => {
  for (const route of routes) expect(() => compileRequestCheck(route), route.path).not.toThrow()
})

test('another method says which ones are allowed', async () => {
  const answer = await server.call('PATCH', '/api/instances/x')
  expect([answer.status, answer.body.code, answer.headers.get('allow')]).toEqual([
    405,
    'MethodNotAllowed',
    'GET, HEAD, DELETE',
  ])
})

test.each(['/api', '/api/nothing', '/api/instances/x/y/z', '/runtime/x', '/api/docs/nothing.js'])(
  '%s is not there',
  async (path) => {
    const answer = await server.call('GET', path)
    expect([400, 404]).toContain(answer.status)
    expect(answer.headers.get('content-type')).toContain('problem+json')
  },
)

test('an address that cannot be decoded is a mistake of the caller', async () => {
  const answer = await server.call('GET', '/api/instances/%zz')
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidRequest'])
})

test('every answer has an id that the log knows', async () => {
  const [one, two] = [await server.call('GET', '/healthz'), await server.call('GET', '/nothing.txt')]
  expect(one.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(two.headers.get('x-request-id')).not.toBe(one.headers.get('x-request-id'))
})

test('HEAD is GET without a body', async () => {
  const answer = await server.call('HEAD', '/healthz')
  expect([answer.status, answer.text]).toEqual([200, ''])
})
