import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const script = `console.log(${JSON.stringify('x'.repeat(5000))})`

let directory: string
let server: TestServer
let unbuilt: TestServer
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-canvas-designer-'))
  await mkdir(join(directory, 'assets'))
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>designer</title>')
  await writeFile(join(directory, 'assets', 'index-abc123.js'), script)
  await writeFile(join(directory, 'assets', 'index-abc123.js.br'), brotliCompressSync(script))
  await writeFile(join(directory, 'assets', 'index-abc123.js.gz'), gzipSync(script))
  await writeFile(join(directory, 'favicon.svg'), '<svg/>')
  server = await startTestServer({ designerDir: directory, apiToken: 'secret' })
  unbuilt = await startTestServer({ designerDir: join(directory, 'nowhere') })
})
afterAll(async () => {
  await server.close()
  await unbuilt.close()
  await rm(directory, { recursive: true })
})

test.each(['/', '/definitions/order/draft?step=charge', '/instances/o-1', '/overview'])(
  '%s is the page, without a token, asked for anew each time',
  async (path) => {
    const answer = await server.call('GET', path)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(answer.text).toContain('<title>designer</title>')
  },
)

test('files with a hash in their name are kept for ever', async () => {
  const answer = await server.call('GET', '/assets/index-abc123.js')
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(answer.headers.get('content-type')).toContain('javascript')
  expect(answer.text).toBe(script)
  expect((await server.call('GET', '/favicon.svg')).headers.get('cache-control')).toBe('no-cache')
})

test.each([
  ['br', 'gzip, deflate, br'],
  ['gzip', 'gzip'],
  [null, 'identity'],
])('as %s to whoever takes %s', async (encoding, accepted) => {
  const answer = await server.call('GET', '/assets/index-abc123.js', undefined, { 'accept-encoding': accepted })
  expect(answer.headers.get('content-encoding')).toBe(encoding)
  expect(answer.headers.get('content-type')).toContain('javascript')
  expect(answer.headers.get('vary')).toMatch(/accept-encoding/i)
  expect(answer.text).toBe(script)
})

test.each(['/assets/index-old.js', '/missing.css', '/../package.json', '/%2e%2e/package.json', '/api/nothing'])(
  '%s is not the page',
  async (path) => {
    const answer = await server.call('GET', path)
    expect(answer.status).toBe(404)
    expect(answer.body.code).toBe('NotFound')
  },
)

test('where it is not built, the page says so', async () => {
  const answer = await unbuilt.call('GET', '/')
  expect(answer.status).toBe(404)
  expect(answer.text).toContain('npm run build')
})
