import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, it, vi } from 'vitest'
import { StoreFailed } from './store-failed.ts'
import { WorkerChannel } from './worker-channel.ts'

const START = { role: 'writer', file: ':memory:', synchronous: 'FULL' } as const

async function openChannel(): Promise<{ channel: WorkerChannel; thread: Worker }> {
  let thread: Worker | null = null
  const post = vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker, ...message) {
    thread = this
    post.mockRestore()
    this.postMessage(...message)
  })
  const channel = new WorkerChannel(START)
  await channel.ready
  await channel.call('ping')
  if (thread === null) throw new Error('nothing was posted')
  return { channel, thread }
}

it('when the thread dies, what waits and what comes later is refused, and closing does not hang', async () => {
  const { channel, thread } = await openChannel()
  // Many groups: the thread may still answer the first of them before it is gone.
  const waiting = Array.from({ length: 20_000 }, () => channel.call('ping'))
  const outcomes = Promise.allSettled(waiting)
  await thread.terminate()
  const refused = (await outcomes).flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.every((reason) => reason instanceof StoreFailed)).toBe(true)
  await expect(channel.call('ping')).rejects.toThrow(/thread has ended/)
  await channel.close()
})

it('an operation that no thread can be sent is refused and the next one goes through', async () => {
  const { channel } = await openChannel()
  const bad = { documentJson: () => {} } as unknown as string
  await expect(channel.call('putDraft', 'd', bad, null, 1)).rejects.toThrow(/could not be cloned/)
  await channel.call('ping')
  await channel.close()
})

it('an operation that fails in the thread is refused by its own error, and its neighbours are not', async () => {
  const { channel } = await openChannel()
  const [bad, good] = await Promise.allSettled([
    channel.call('putDraft', 'd', undefined as unknown as string, null, 1),
    channel.call('putDraft', 'e', '{}', null, 1),
  ])
  expect(bad).toEqual({ status: 'rejected', reason: expect.any(StoreFailed) })
  expect(good.status).toBe('fulfilled')
  await channel.close()
})

it('a closed channel leaves nothing behind that keeps the process', async () => {
  const { channel, thread } = await openChannel()
  await channel.close()
  await sleep(0)
  expect(thread.threadId).toBe(-1)
})
