import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isLoopback, readClientConfig, readConfig } from './config.ts'

const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'durable-canvas-config-')))
const packageDir = fileURLToPath(new URL('..', import.meta.url))

test('without anything it listens on this machine alone and keeps its data in .data', () => {
  expect(readConfig([], {}, elsewhere)).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: join(elsewhere, '.data'),
    mongodbUri: null,
    activities: [],
    apiToken: null,
    allowedHosts: [],
    logLevel: 'info',
    samples: true,
  })
})

test('paths mean the folder where npm was called, not the one where npm starts the package', () => {
  const env = { INIT_CWD: elsewhere, DATA_DIR: 'data', ACTIVITIES: './mine, ../theirs.ts' }
  expect(readConfig([], { INIT_CWD: elsewhere }, packageDir).dataDir).toBe(join(elsewhere, '.data'))
  expect(readConfig([], env, packageDir).dataDir).toBe(join(elsewhere, 'data'))
  expect(readConfig([], env, packageDir).activities).toEqual([
    join(elsewhere, 'mine'),
    join(elsewhere, '..', 'theirs.ts'),
  ])
  expect(readConfig([], { INIT_CWD: '/somewhere' }, elsewhere).dataDir).toBe(join(elsewhere, '.data'))
})

test('options of the command win over the environment', () => {
  const args = ['--port', '0', '--activities', 'a', '--activities', 'b']
  const config = readConfig(args, { PORT: '1', ACTIVITIES: 'c' }, elsewhere)
  expect(config.port).toBe(0)
  expect(config.activities).toEqual(['a', 'b', 'c'].map((name) => join(elsewhere, name)))
})

test('an empty variable is as good as none', () => {
  expect(readConfig([], { PORT: '', HOST: ' ', MONGODB_URI: '', API_TOKEN: '' }, elsewhere)).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    mongodbUri: null,
    apiToken: null,
  })
})

test.each(['0.0.0.0', '::', '192.168.1.5', 'myhost'])(
  'HOST=%s is refused without a token and says what to do',
  (host) => {
    expect(() => readConfig([], { HOST: host }, elsewhere)).toThrow(/set API_TOKEN/)
    expect(readConfig([], { HOST: host, API_TOKEN: 'secret' }, elsewhere)).toMatchObject({ host, apiToken: 'secret' })
  },
)

test('names and addresses of this machine', () => {
  for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '::1', '[::1]']) expect(isLoopback(host)).toBe(true)
  for (const host of ['127.0.0.1.nip.io', '0.0.0.0', '::', '10.0.0.1', '127.1']) expect(isLoopback(host)).toBe(false)
})

test.each([
  [{ PORT: 'http' }, /PORT=http/],
  [{ PORT: '65536' }, /65535/],
  [{ MONGODB_URI: 'postgres://user:pass@host' }, /mongodb:\/\//],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL=loud/],
  [{ SAMPLES: 'perhaps' }, /SAMPLES=perhaps/],
])('%j is told to be wrong', (env, message) => {
  expect(() => readConfig([], env, elsewhere)).toThrow(message)
})

test('a password is never repeated', () => {
  expect(() => readConfig([], { MONGODB_URI: 'postgres://user:pass@host' }, elsewhere)).toThrow(/^(?!.*pass@)/)
})

test('an option that does not exist is refused', () => {
  expect(() => readConfig(['--prot', '1'], {}, elsewhere)).toThrow(/--prot/)
})

test('the command line finds the server', () => {
  expect(readClientConfig({}, {})).toEqual({ url: 'http://127.0.0.1:8080', token: null })
  expect(readClientConfig({ url: 'http://a:1/' }, { API_TOKEN: 't' })).toEqual({ url: 'http://a:1', token: 't' })
  expect(() => readClientConfig({ url: 'a:1' }, {})).toThrow(/--url/)
})
