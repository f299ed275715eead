import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, test, vi } from 'vitest'
import { spawnSource } from '../testing/child-server.ts'
import { broken, echoing, failing, waiting } from '../testing/definitions.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { cli } from './main.ts'

let server: TestServer
let directory: string
let out: MockInstance<typeof console.log>
let err: MockInstance<typeof console.error>
beforeAll(async () => {
  server = await startTestServer()
  directory = await mkdtemp(join(tmpdir(), 'durable-canvas-cli-'))
})
afterAll(async () => {
  await server.close()
  await rm(directory, { recursive: true })
})
beforeEach(() => {
  out = vi.spyOn(console, 'log').mockImplementation(() => {})
  err = vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function run(...args: readonly string[]) {
  out.mockClear()
  err.mockClear()
  const code = await cli([...args, '--url', server.url])
  const textOf = (spy: { mock: { calls: unknown[][] } }) => spy.mock.calls.map((call) => call.join(' ')).join('\n')
  return { code, out: textOf(out), err: textOf(err) }
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return path
}

test('validate tells file, line and column, and needs no server', async () => {
  const good = await file('good.json', echoing)
  expect(await run('validate', good)).toMatchObject({ code: 0, out: `${good}: valid`, err: '' })
  const bad = await file('bad.json', broken)
  const answer = await run('validate', good, bad)
  expect(answer.code).toBe(1)
  expect(answer.err).toContain(`${bad}:4:12: error:`)
  const torn = await file('torn.json', '{\n  "dsl": "1",\n  oops\n}')
  expect((await run('validate', torn)).err).toContain(`${torn}:3:3: error:`)
  const asJson = JSON.parse((await run('validate', bad, '--json')).out)
  expect(asJson[0]).toMatchObject({ file: bad, valid: false })
})

test('deploy takes files and folders, and says which version came of it', async () => {
  const folder = join(directory, 'flows')
  await mkdir(folder)
  await writeFile(join(folder, 'a.json'), JSON.stringify(echoing))
  await writeFile(join(folder, 'b.json'), JSON.stringify(waiting))
  const first = await run('deploy', folder, '--comment', 'from the shell')
  expect(first.code).toBe(0)
  expect(first.out).toContain('echoing version 1')
  expect((await run('deploy', join(folder, 'a.json'))).out).toContain('echoing version 1 (unchanged)')
  expect((await server.call('GET', '/api/definitions/echoing')).body.comment).toBe('from the shell')
  const bad = await run('deploy', await file('bad2.json', broken), await file('failing.json', failing))
  expect(bad.code).toBe(1)
  expect(bad.err).toContain('bad2.json:4:12: error:')
  expect(bad.out).toContain('failing version 1')
})

test('what only the server finds stands at its line, too', async () => {
  const unknown = { ...echoing, name: 'unknown-activity', steps: { work: { type: 'activity', activity: 'nobody' } } }
  const path = await file('unknown.json', unknown)
  const answer = await run('deploy', path)
  expect(answer.code).toBe(0)
  expect(answer.err).toMatch(/unknown\.json:\d+:\d+: warning: .*nobody/)
})

test('run --wait is 0 only if it completed', async () => {
  await server.engine.deploy(echoing)
  await server.engine.deploy(failing)
  const good = await run('run', 'echoing', '--input', '{"n": 1}', '--id', 'run-1', '--wait')
  expect(good.code).toBe(0)
  expect(good.out).toContain('run-1 Completed')
  expect(good.out).toContain('"n": 1')
  const bad = await run('run', 'failing', '--wait')
  expect([bad.code, bad.err]).toEqual([1, expect.stringContaining('Failed: Error: on purpose')])
  const input = await file('input.json', { from: 'file' })
  expect(JSON.parse((await run('run', 'echoing', '--input', `@${input}`, '--wait', '--json')).out).output).toEqual({
    from: 'file',
  })
})

test('list, show, history, raise and terminate', async () => {
  await server.started(waiting, { a: 1 }, 'cli-1')
  await server.started(waiting, null, 'cli-2')
  const listed = await run('list', '--definition', 'waiting', '--limit', '10')
  expect(listed.out).toMatch(/Running\s+cli-2\s+waiting@\d/)
  expect((await run('show', 'cli-1')).out).toContain('waiting for    event go at wait')
  expect((await run('history', 'cli-1')).out).toMatch(/1 .*ExecutionStarted/)
  expect((await run('raise', 'cli-1', 'go', '{"b": 2}', '--message-id', 'm')).code).toBe(0)
  await server.reached('cli-1', 'Completed')
  expect(JSON.parse((await run('show', 'cli-1', '--json')).out).output).toEqual({ b: 2 })
  expect((await run('suspend', 'cli-2')).out).toBe('cli-2 Suspended')
  expect((await run('resume', 'cli-2')).out).toBe('cli-2 Running')
  expect((await run('terminate', 'cli-2', '--reason', 'enough')).out).toBe('cli-2 Terminated')
  expect((await run('terminate', 'cli-2')).code).toBe(1)
})

test('an instance goes on under another version, or it is said why not', async () => {
  const moving = { ...waiting, name: 'moving' }
  await server.started(moving, null, 'cli-3')
  await server.call('POST', '/api/definitions', { ...moving, title: 'Repaired' })
  expect((await run('migrate', 'cli-3', '--reason', 'repaired')).out).toBe('cli-3 Running, version 2')
  expect((await run('history', 'cli-3')).out).toMatch(/ExecutionMigrated/)
  const other = { ...moving, start: 'other', steps: { other: { type: 'end' } } }
  await server.call('POST', '/api/definitions', other)
  const refused = await run('migrate', 'cli-3', '--version', '3')
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringContaining('wait is open, and no step of that name is there'),
  })
  expect((await run('migrate', 'cli-3', '--version', 'two')).code).toBe(2)
})

test('what the server refuses is told in its words', async () => {
  expect(await run('show', 'nobody')).toMatchObject({ code: 1, err: 'There is no instance nobody.' })
  expect((await run('run', 'nobody')).code).toBe(1)
})

test.each([
  [['fly'], /There is no command fly/],
  [['show'], /usage: durable-canvas show ID/],
  [['show', 'a', 'b'], /"b" is one argument too many/],
  [['show', 'a', '--colour'], /--colour/],
  [['run', 'x', '--input', '{'], /--input is not JSON/],
  [['run', 'x', '--input', '@/nowhere.json'], /no file \/nowhere\.json/],
  [['validate', '/nowhere.json'], /no file \/nowhere\.json/],
])('%j is a wrong use: exit code 2', async (args, message) => {
  const answer = await run(...args)
  expect(answer.code).toBe(2)
  expect(answer.err).toMatch(message)
})

test('help is no mistake', async () => {
  expect(await cli(['--help'])).toBe(0)
  expect(out.mock.calls.join()).toContain('validate FILE…')
  expect(await cli(['run', '--help'])).toBe(0)
  expect(await cli([])).toBe(2)
})

test('without a server it says how to get one', async () => {
  expect(await cli(['list', '--url', 'http://127.0.0.1:9'])).toBe(1)
  expect(err.mock.calls.join()).toContain('durable-canvas start')
})

test('as a process it gives its exit code', { timeout: 60_000 }, async () => {
  const child = spawnSource('cli/main.ts', ['show', 'nobody', '--url', server.url], { cwd: directory })
  expect(await child.ended()).toBe(1)
  expect(child.output()).toEqual({ out: '', err: 'There is no instance nobody.\n' })
})

test('check holds a history against a definition and names the first event that differs', async () => {
  await server.call('POST', '/api/definitions', echoing)
  await server.call('POST', '/api/instances?wait=10', { definition: 'echoing', instanceId: 'held', input: 'x' })
  const history = await file('history.json', (await server.call('GET', '/api/instances/held/history')).body)
  const definition = await file('echoing.json', echoing)
  expect(await run('check', definition, history)).toMatchObject({ code: 0, err: '' })
  const other = await file('other.json', { ...echoing, steps: { [echoing.start]: { type: 'end', output: 1 } } })
  const answer = await run('check', other, history)
  expect([answer.code, answer.err]).toEqual([1, expect.stringContaining('event 2')])
  expect((await run('check', definition, await file('no-history.json', []))).code).toBe(2)
})
