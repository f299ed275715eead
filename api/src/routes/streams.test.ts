import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoing, eternal, gated, waiting } from '../testing/definitions.ts'
import { openSse, type SseMessage, type SseReader } from '../testing/sse-reader.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
const readers: SseReader[] = []
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  for (const reader of readers) reader.close()
  await server.close()
})

async function follow(path: string, headers: Record<string, string> = {}): Promise<SseReader> {
  const reader = await openSse(`${server.url}${path}`, headers)
  readers.push(reader)
  return reader
}

const historyOf = (messages: readonly SseMessage[]) => messages.filter((message) => message.event === 'history')
const seqs = (messages: readonly SseMessage[]): number[] => historyOf(messages).map((message) => message.data.seq)
const countTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const isOver = (messages: readonly SseMessage[]) => historyOf(messages).at(-1)?.data.type === 'ExecutionCompleted'

test('a stream is not cached and not changed on its way', async () => {
  await server.started(waiting, null, 'head')
  const { response } = await follow('/api/instances/head/stream')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
})

test('it gives the stored history, then what happens, each event once with its seq as id', async () => {
  await server.started(waiting, null, 'live')
  const reader = await follow('/api/instances/live/stream')
  await reader.until((messages) => seqs(messages).length >= 2)
  for (let n = 0; n < 20; n += 1) await server.engine.raiseEvent('live', 'other', n)
  await server.engine.raiseEvent('live', 'go', 'now')
  const messages = await reader.until(isOver)
  expect(seqs(messages)).toEqual(countTo(seqs(messages).length))
  expect(historyOf(messages).map((message) => message.id)).toEqual(seqs(messages).map(String))
  await reader.until((all) =>
    all.some((message) => message.event === 'instance' && message.data.status === 'Completed'),
  )
})

test('events that arrive while the stored ones are read are neither lost nor doubled', async () => {
  await server.started(waiting, null, 'hand-over')
  for (let n = 0; n < 150; n += 1) void server.engine.raiseEvent('hand-over', 'other', n)
  const opened = Array.from({ length: 8 }, () => follow('/api/instances/hand-over/stream'))
  for (let n = 0; n < 150; n += 1) void server.engine.raiseEvent('hand-over', 'other', n)
  for (const reader of await Promise.all(opened)) {
    const messages = await reader.until((all) => seqs(all).length >= 302)
    expect(seqs(messages)).toEqual(countTo(302))
  }
})

test('Last-Event-ID resumes behind that event', async () => {
  await server.started(waiting, null, 'resume')
  for (let n = 0; n < 5; n += 1) await server.engine.raiseEvent('resume', 'other', n)
  const reader = await follow('/api/instances/resume/stream', { 'last-event-id': '4' })
  await server.engine.raiseEvent('resume', 'other', 'last')
  const messages = await reader.until((all) => seqs(all).at(-1) === 8)
  expect(seqs(messages)).toEqual(countTo(8, 5))
  const byQuery = await follow('/api/instances/resume/stream?lastEventId=7')
  expect(seqs(await byQuery.until((all) => seqs(all).length > 0))).toEqual([8])
})

test('an id that is none begins at the beginning', async () => {
  await server.started(waiting, null, 'odd-id')
  const reader = await follow('/api/instances/odd-id/stream', { 'last-event-id': 'abc' })
  expect(seqs(await reader.until((all) => seqs(all).length >= 2))).toEqual([1, 2])
})

test('when an instance continues as new, the stream says so and seq begins again', async () => {
  await server.started(eternal, 0, 'eternal')
  const reader = await follow('/api/instances/eternal/stream')
  for (const data of ['on', 'on', 'stop']) await server.engine.raiseEvent('eternal', 'next', data)
  const messages = await reader.until(isOver)
  const executions = messages.filter((message) => message.event === 'execution')
  expect(executions).toHaveLength(2)
  let expected = 1
  for (const message of messages) {
    if (message.event === 'execution') expected = 1
    if (message.event !== 'history') continue
    expect(message.data.seq).toBe(expected)
    expected += 1
  }
  const last = executions.at(-1)?.data.executionId
  expect(historyOf(messages).at(-1)?.id).toBe(`${expected - 1}~${last}`)
})

test('a stream that resumes in an earlier execution misses nothing of the present one', async () => {
  await server.started(eternal, 0, 'away')
  const before = await follow('/api/instances/away/stream')
  const seen = await before.until((all) => seqs(all).length >= 2)
  const lastId = historyOf(seen).at(-1)?.id ?? ''
  before.close()
  await server.engine.raiseEvent('away', 'next', 'on')
  await server.engine.raiseEvent('away', 'next', 'on')
  await expect.poll(async () => (await server.engine.get('away'))?.input).toBe(2)
  const after = await follow('/api/instances/away/stream', { 'last-event-id': lastId })
  const messages = await after.until(
    (all) =>
      historyOf(all).some((message) => message.data.type === 'ExecutionStarted' && message.data.input === 2) &&
      historyOf(all).at(-1)?.data.type === 'EventAwaited',
  )
  const present = messages.slice(messages.map((message) => message.event).lastIndexOf('execution') + 1)
  expect(seqs(present)).toEqual(countTo(seqs(present).length))
  after.close()
  const id = historyOf(messages).at(-1)?.id ?? ''
  const again = await follow('/api/instances/away/stream', { 'last-event-id': id })
  await server.engine.raiseEvent('away', 'next', 'stop')
  const rest = await again.until(isOver)
  expect(rest.some((message) => message.event === 'execution')).toBe(false)
  expect(seqs(rest)[0]).toBe(Number(id.split('~')[0]) + 1)
})

test('summaries are sent at most about ten times a second, and the last one always', async () => {
  await server.started(waiting, null, 'busy')
  const reader = await follow('/api/instances/busy/stream')
  await reader.until((all) => all.some((message) => message.event === 'instance'))
  const started = Date.now()
  for (let n = 0; n < 300; n += 1) await server.engine.raiseEvent('busy', 'other', n)
  const messages = await reader.until((all) =>
    all.some((message) => message.event === 'instance' && message.data.seq === 302),
  )
  const sent = messages.filter((message) => message.event === 'instance').length
  expect(sent).toBeLessThan((Date.now() - started) / 100 + 4)
  expect(seqs(await reader.until((all) => seqs(all).length === 302))).toEqual(countTo(302))
})

test('a purged instance ends its stream', async () => {
  await server.started(echoing, null, 'purge')
  await server.reached('purge', 'Completed')
  const reader = await follow('/api/instances/purge/stream', { 'last-event-id': '999' })
  await reader.until((all) => seqs(all).length > 0)
  reader.close()
})

test('the stream of all instances tells of each change and of deployments', async () => {
  const reader = await follow('/api/stream')
  const deployed = await server.call('POST', '/api/definitions', { ...gated, title: 'Gated anew' })
  await server.call('POST', '/api/instances', { definition: 'gated', instanceId: 'all-1' })
  await reader.until((all) => all.some((message) => message.event === 'definition' && message.data.name === 'gated'))
  await reader.until((all) =>
    all.some((message) => message.data.instanceId === 'all-1' && message.data.status === 'Running'),
  )
  server.gate.open()
  const messages = await reader.until((all) =>
    all.some((message) => message.data.instanceId === 'all-1' && message.data.status === 'Completed'),
  )
  expect(messages.find((message) => message.event === 'definition')?.data).toMatchObject({
    title: 'Gated anew',
    version: deployed.body.version,
  })
  expect(messages.every((message) => ['instance', 'definition'].includes(message.event))).toBe(true)
})

const purges = (messages: readonly SseMessage[]) => messages.filter(({ event }) => event === 'purged')

test('the stream of all instances tells what was purged, and one message of very many', async () => {
  const ids = Array.from({ length: 1_003 }, (_, index) => `gone-${index}`)
  for (const id of ids) await server.started(echoing, null, id)
  await server.started(waiting, null, 'gone-other')
  for (const id of ids) await server.reached(id, 'Completed')
  const [all, others] = [await follow('/api/stream'), await follow('/api/stream?definition=waiting')]
  await server.call('DELETE', '/api/instances/gone-0')
  const [first] = purges(await all.until((messages) => purges(messages).length > 0))
  expect(first?.data).toEqual({ count: 1, instanceIds: ['gone-0'] })

  await server.engine.terminate('gone-other')
  await server.reached('gone-other', 'Terminated')
  await server.call('POST', '/api/instances/purge', { status: 'Completed,Terminated', createdFrom: '2020-01-01' })
  const messages = await all.until((every) => purges(every).reduce((sum, { data }) => sum + data.count, 0) >= 1_004)
  expect(purges(messages).length).toBeLessThan(12)
  for (const { data } of purges(messages)) expect(data.instanceIds.length).toBe(Math.min(data.count, 1_000))
  const [own] = purges(await others.until((every) => purges(every).length > 0))
  expect(own?.data.instanceIds).toContain('gone-other')
  expect(own?.data.instanceIds).not.toContain('gone-1')
})

test('a stream of an instance that is purged says so at once', async () => {
  await server.started(echoing, null, 'soon')
  await server.reached('soon', 'Completed')
  const reader = await follow('/api/instances/soon/stream')
  await reader.until(isOver)
  const asked = Date.now()
  await server.call('DELETE', '/api/instances/soon')
  await reader.until((messages) => purges(messages).length > 0)
  expect(Date.now() - asked).toBeLessThan(1_900)
  expect(purges(await reader.until(() => true))[0]?.data).toEqual({ instanceId: 'soon' })
})

test('the stream of all instances can be of one definition only', async () => {
  const reader = await follow('/api/stream?definition=echoing')
  await server.started(waiting, null, 'not-told')
  await server.started(echoing, null, 'told')
  const messages = await reader.until((all) => all.some((message) => message.data.instanceId === 'told'))
  expect(messages.every((message) => message.data.definition === 'echoing')).toBe(true)
})

test('a shutdown ends the streams', async () => {
  const other = await startTestServer()
  await other.started(waiting, null, 'x')
  const [one, all] = [await openSse(`${other.url}/api/instances/x/stream`), await openSse(`${other.url}/api/stream`)]
  await one.until((messages) => messages.length > 0)
  other.closing.abort()
  await expect.poll(() => one.isOver() && all.isOver()).toBe(true)
  await other.close()
})
