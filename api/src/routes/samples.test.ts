import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSamples } from '../samples/samples.ts'
import { startTestServer } from '../testing/test-server.ts'

test('what the samples did is shown where they are on', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'durable-canvas-samples-'))
  const server = await startTestServer({ samples: await createSamples(directory) })
  expect((await server.call('GET', '/api/samples')).body).toMatchObject({
    stock: { 'BOOK-1': 10_000 },
    orders: {},
    payments: [],
    outbox: [],
  })
  await server.close()
  await rm(directory, { recursive: true })
  const without = await startTestServer()
  expect((await without.call('GET', '/api/samples')).body.code).toBe('NotFound')
  await without.close()
})
