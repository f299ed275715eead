import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeStore } from '../store.contract.ts'
import type { InboxMessage, StoreSignal, WorkflowStore } from '../store.ts'
import { sqliteStore } from './index.ts'

describeStore('a SQLite file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-store-'))
  const file = join(folder, 'made', 'store.db')
  let store = await sqliteStore({ file })
  return {
    store,
    async reopen() {
      await store.close()
      store = await sqliteStore({ file })
      return store
    },
    async dispose() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
})

describeStore('SQLite in memory', async () => {
  const store = await sqliteStore({ file: ':memory:' })
  return { store, dispose: () => store.close() }
})

describe('the signals of a SQLite store', () => {
  const messageOf = (id: string): InboxMessage => ({ id, instanceId: 'i', kind: 'event', payloadJson: '{}', at: 1 })
  const turn = { instanceId: 'i', turn: 1, executionId: 'x', firstSeq: 1, count: 0, at: 1, eventsJson: '[]' }
  let store: WorkflowStore

  beforeEach(async () => {
    store = await sqliteStore({ file: ':memory:' })
  })
  afterEach(() => store.close())

  it('tell of each message that is stored or delivered, and of a lease given up', async () => {
    const signals: StoreSignal[] = []
    const leave = store.subscribe((signal) => signals.push(signal))
    await store.putMessage(messageOf('put'))
    await store.putMessage(messageOf('put'))
    await store.commit({ turn, deliver: [messageOf('delivered')] })
    await store.commit({ turn: { ...turn, at: 2 }, deliver: [messageOf('of a lost turn')] })
    await store.releaseLease('A')
    expect(signals).toEqual([
      { type: 'message', message: messageOf('put') },
      { type: 'message', message: messageOf('delivered') },
      { type: 'due' },
    ])
    leave()
    await store.putMessage(messageOf('unheard'))
    expect(signals).toHaveLength(3)
  })
})
