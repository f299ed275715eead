// Several processes on one database: each turn is won by one of them, each instance held by one, by the server's clock.
import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeMongo, type MongoKind, mongoForTests } from '../../testing/mongo-for-tests.ts'
import { sampleMessage, sampleRow, sampleTurn } from '../../testing/stored-samples.ts'
import type { StoreSignal, WorkflowStore } from '../store.ts'
import { mongoStore } from './mongo-store.ts'

const HOUR = 3_600_000
const range = (n: number) => Array.from({ length: n }, (_, i) => i)
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const idsOf = (rows: readonly { readonly instanceId: string }[]) => rows.map((row) => row.instanceId)

for (const kind of ['replica set', 'standalone'] satisfies MongoKind[]) {
  describeMongo(`Several stores, ${kind}`, await mongoForTests(kind), (uri) => {
    const database = `test-${randomBytes(6).toString('hex')}`
    let store: WorkflowStore
    let other: WorkflowStore

    beforeAll(async () => {
      store = await mongoStore({ uri, database })
      other = await mongoStore({ uri, database })
    })
    afterAll(async () => {
      await Promise.all([store.close(), other.close()])
      const client = new MongoClient(uri)
      await client.db(database).dropDatabase()
      await client.close()
    })

    it('say what they are', () => {
      expect(store.description).toBe(`mongodb ${database} (${kind})`)
      expect(store.exclusive).toBe(false)
    })

    it('race for the same turns, and each turn is won exactly once', async () => {
      const wins = new Map<string, number>()
      const race = async (racer: WorkflowStore, name: string, instanceId: string) => {
        for (const turn of range(20).map((i) => i + 1)) {
          const key = `${instanceId}:${turn}`
          const outcome = await racer.commit({ turn: sampleTurn(instanceId, turn, { eventsJson: `["${name}"]` }) })
          if (outcome === 'won') wins.set(key, (wins.get(key) ?? 0) + 1)
        }
      }
      const ids = range(20).map((i) => `race-${i}`)
      await Promise.all(ids.flatMap((id) => [race(store, 'a', id), race(other, 'b', id)]))
      expect(wins.size).toBe(400)
      expect(new Set(wins.values())).toEqual(new Set([1]))
      for (const id of ids) expect(await store.readTurns(id)).toHaveLength(20)
    })

    it('the very same turn of two processes is a race, not a retry', async () => {
      const outcomes = await Promise.all([store, other].map((one) => one.commit({ turn: sampleTurn('same', 1) })))
      expect(outcomes.sort()).toEqual(['lost', 'won'])
    })

    it('claim what is due without overlap', async () => {
      await Promise.all([store.renewLease('A', HOUR), other.renewLease('B', HOUR)])
      const due = range(60).map((i) => sampleRow(`due-${i}`, { dueAt: Date.now() - 1_000 }))
      await Promise.all(due.map((row) => store.commit({ turn: sampleTurn(row.instanceId, 1), row })))
      const claims: string[] = []
      const claim = async (one: WorkflowStore, engine: string) => {
        for (;;) {
          const rows = await one.claimDue(engine, 7)
          if (rows.length === 0 && (await one.nextDue()) === null) return
          claims.push(...idsOf(rows))
        }
      }
      await Promise.all([claim(store, 'A'), claim(other, 'B')])
      expect(claims.sort()).toEqual(idsOf(due).sort())
    })

    describe('with a client whose clock is a day ahead', () => {
      beforeEach(() => {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * HOUR })
      })
      afterEach(() => {
        vi.useRealTimers()
      })

      it('leases and due times go by the server’s clock', async () => {
        const serverNow = Date.now() - 24 * HOUR
        await store.renewLease('C', HOUR)
        await store.renewLease('D', 100)
        await other.renewLease('E', HOUR)
        const rows = [
          sampleRow('held', { owner: 'C' }),
          sampleRow('left', { owner: 'D' }),
          sampleRow('past', { dueAt: serverNow - 1_000 }),
          sampleRow('in an hour', { dueAt: serverNow + HOUR }),
        ]
        await Promise.all(rows.map((row) => store.commit({ turn: sampleTurn(row.instanceId, 1), row })))
        await sleep(200)
        expect(idsOf(await other.claimDue('E', 10)).sort()).toEqual(['left', 'past'])
        expect(await other.claim('E', 'held')).toBeNull()
        expect(await store.renewLease('D', 100)).toBe(false)
      })
    })

    it('rows that an engine had queued before its lease ran out leave nothing stuck', async () => {
      await store.renewLease('F', 50)
      await other.renewLease('G', HOUR)
      await store.commit({ turn: sampleTurn('stuck', 1), row: sampleRow('stuck', { owner: 'F' }) })
      await store.commit({ turn: sampleTurn('stuck', 2), row: sampleRow('stuck', { owner: 'F', turn: 2 }) })
      await sleep(100)
      expect(await store.renewLease('F', HOUR)).toBe(false)
      expect(idsOf(await other.claimDue('G', 10))).toEqual(['stuck'])
    })

    it('are told of messages that the others wrote, and of those that got another address', async () => {
      const told: StoreSignal[] = []
      const leave = store.subscribe((signal) => told.push(signal))
      const isTold = (id: string, instanceId: string) =>
        told.some((one) => one.type === 'message' && one.message.id === id && one.message.instanceId === instanceId)
      const until = async (test: () => boolean) => {
        const began = performance.now()
        while (!test() && performance.now() - began < 5_000) await sleep(1)
        expect(test()).toBe(true)
        return performance.now() - began
      }
      await sleep(kind === 'standalone' ? 50 : 300)
      const waits: number[] = []
      for (const i of range(kind === 'standalone' ? 2 : 10)) {
        await other.putMessage(sampleMessage(`told-${i}`, 'key:k'))
        waits.push(await until(() => isTold(`told-${i}`, 'key:k')))
      }
      // The machine may be busy: the quickest tells what the way takes.
      expect(Math.min(...waits)).toBeLessThan(kind === 'standalone' ? 1_500 : 100)
      if (kind === 'replica set') {
        await other.readdress('told-0', 'key:k', 'i')
        await until(() => isTold('told-0', 'i'))
        await other.releaseLease('B')
        await until(() => told.some((one) => one.type === 'due'))
      }
      leave()
      const before = told.length
      await other.putMessage(sampleMessage('told-no-more', 'i'))
      await sleep(kind === 'standalone' ? 700 : 150)
      expect(told).toHaveLength(before)
    })

    it('each message is told once', async () => {
      const told: string[] = []
      const leave = store.subscribe((one) => {
        if (one.type === 'message' && one.message.instanceId === 'once') told.push(one.message.id)
      })
      await sleep(300)
      for (const i of range(5)) {
        await other.putMessage(sampleMessage(`once-${i}`, 'once'))
        await sleep(100)
      }
      await sleep(kind === 'standalone' ? 1_200 : 200)
      leave()
      expect(told).toEqual(range(5).map((i) => `once-${i}`))
    })

    it('a far place in a long history is found without reading what is before it', async () => {
      const turns = range(1_300).map((i) => i + 1)
      await Promise.all(turns.map((turn) => store.commit({ turn: sampleTurn('long', turn) })))
      for (const afterSeq of [0, 499, 500, 1_001, 1_500, 2_401, 2_599, 2_600]) {
        const read = await other.readEvents('long', 'long/1', { afterSeq, limit: 3 })
        const expected = turns.filter((turn) => turn * 2 > afterSeq).slice(0, 3)
        expect(read.map((turn) => turn.turn)).toEqual(expected)
      }
    })
  })
}
