import { get, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { waiting } from '../testing/definitions.ts'
import { startTestServer } from '../testing/test-server.ts'

test('a reader that takes nothing makes no buffer grow, and misses nothing when it goes on', async () => {
  const server = await startTestServer()
  await server.started(waiting, null, 'slow')
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${server.url}/api/instances/slow/stream`, resolve).on('error', reject)
  })
  response.pause()
  const data = 'x'.repeat(8_000)
  let most = 0
  for (let n = 0; n < 40; n += 1) {
    await Promise.all(Array.from({ length: 50 }, () => server.engine.raiseEvent('slow', 'other', data)))
    most = Math.max(most, server.bufferedBytes())
  }
  // 16 MB were told in all.
  expect(most).toBeLessThan(2_000_000)

  let text = ''
  response.setEncoding('utf8').on('data', (piece: string) => {
    text += piece.replaceAll(data, '')
  })
  response.resume()
  const seqs = () => [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))
  await expect.poll(() => seqs().at(-1), { timeout: 20_000 }).toBe(2_002)
  expect(seqs()).toEqual(Array.from({ length: 2_002 }, (_, index) => index + 1))
  response.destroy()
  await server.close()
})
