import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoing, waiting } from '../testing/definitions.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('the history is in order from 1 without gaps', async () => {
  await server.started(echoing, 'hello', 'h-1')
  await server.reached('h-1', 'Completed')
  const { body } = await server.call('GET', '/api/instances/h-1/history')
  expect(body.items.map((event: { seq: number }) => event.seq)).toEqual(
    body.items.map((_: unknown, index: number) => index + 1),
  )
  expect(body.items[0]).toMatchObject({ type: 'ExecutionStarted', input: 'hello' })
  expect(body.items.at(-1)).toMatchObject({ type: 'ExecutionCompleted', output: 'hello' })
  expect(body.next).toBeNull()
})

test('it comes in pages: next is what to pass as after', async () => {
  await server.started(waiting, null, 'h-2')
  for (let n = 0; n < 5; n += 1) await server.engine.raiseEvent('h-2', 'unheard', n)
  const seqs: number[] = []
  let after: number | null = 0
  while (after !== null) {
    const { body }: { body: { items: { seq: number }[]; next: number | null } } = await server.call(
      'GET',
      `/api/instances/h-2/history?after=${after}&limit=2`,
    )
    expect(body.items.length).toBeLessThanOrEqual(2)
    seqs.push(...body.items.map((event) => event.seq))
    after = body.next
  }
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  expect(seqs.length).toBeGreaterThanOrEqual(7)
})

test.each(['after=x', 'after=-1', 'limit=0', 'limit=501', 'from=1'])('%s is refused', async (query) => {
  await server.started(waiting, null, `odd-${query}`)
  expect(
    (await server.call('GET', `/api/instances/${encodeURIComponent(`odd-${query}`)}/history?${query}`)).status,
  ).toBe(400)
})
