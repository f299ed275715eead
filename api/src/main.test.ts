import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Child, spawnSource } from './testing/child-server.ts'
import { waiting } from './testing/definitions.ts'
import { openSse } from './testing/sse-reader.ts'

const slow = 120_000
let directory: string
const children: Child[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-canvas-main-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGKILL')
    await child.ended()
  }
  await rm(directory, { recursive: true, force: true })
})

function start(args: readonly string[] = [], env: Record<string, string> = {}): Child {
  const child = spawnSource('main.ts', args, { cwd: directory, env: { PORT: '0', LOG_LEVEL: 'warn', ...env } })
  children.push(child)
  return child
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

test('it says where it listens, serves, keeps its data, and ends cleanly on SIGTERM with a stream and a wait open', {
  timeout: slow,
}, async () => {
  await mkdir(join(directory, 'mine'))
  await writeFile(
    join(directory, 'mine', 'mine.ts'),
    "import { defineActivity } from '@durable-canvas/interpreter'\nexport const mine = defineActivity({ name: 'Mine' }, () => 1)",
  )
  const first = start(['--activities', 'mine'])
  const url = await first.listening()
  const { items } = (await (await fetch(`${url}/api/activities`)).json()) as { items: { name: string }[] }
  expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['Mine', 'ValidateOrder']))
  expect((await fetch(`${url}/api/definitions/process-order`)).status).toBe(200)
  expect((await post(`${url}/api/definitions`, waiting)).status).toBe(201)
  expect((await post(`${url}/api/instances`, { definition: 'waiting', instanceId: 'w-1' })).status).toBe(201)
  const stream = await openSse(`${url}/api/instances/w-1/stream`)
  await stream.until((messages) => messages.length >= 2)
  const wait = post(`${url}/api/instances?wait=60`, { definition: 'waiting', instanceId: 'w-2' })
  await expect.poll(async () => (await fetch(`${url}/api/instances/w-2`)).status, { timeout: 10_000 }).toBe(200)

  // Another process on the same file is refused in one line.
  const second = start()
  expect(await second.ended()).toBe(1)
  expect(second.output().err.trim().split('\n')).toHaveLength(1)
  expect(second.output().err).toMatch(/data folder already/)

  const asked = Date.now()
  first.process.kill('SIGTERM')
  expect((await wait).status).toBe(201)
  expect(await first.ended()).toBe(0)
  expect(Date.now() - asked).toBeLessThan(10_000)
  expect(stream.isOver()).toBe(true)
  expect(first.output().out).toBe(`listening on ${url}\n`)

  const third = start([], { SAMPLES: 'off' })
  const again = await third.listening()
  const { status } = (await (await fetch(`${again}/api/instances/w-1`)).json()) as { status: string }
  expect(status).toBe('Running')
  expect((await fetch(`${again}/api/samples`)).status).toBe(404)
  third.process.kill('SIGINT')
  expect(await third.ended()).toBe(0)
})

test('a port in use, a folder without activities and a host without a token are one line and exit code 1', {
  timeout: slow,
}, async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const wrong = [
    [start([], { PORT: port }), /port is in use already/],
    [start([], { DATA_DIR: 'other', ACTIVITIES: 'nowhere' }), /no file or folder .*nowhere/],
    [start([], { DATA_DIR: 'third', HOST: '0.0.0.0' }), /set API_TOKEN/],
  ] as const
  for (const [child, message] of wrong) {
    expect(await child.ended()).toBe(1)
    expect(child.output().err).toMatch(message)
    expect(child.output().err.trim().split('\n')).toHaveLength(1)
    expect(child.output().out).toBe('')
  }
  taken.close()
})
