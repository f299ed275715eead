// The outcome of a write is unknown when the connection breaks after the request was sent. The store must find it out, and
// nothing may take effect twice.
import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type CuttingProxy, cuttingProxy, type Fate } from '../../testing/cutting-proxy.ts'
import { describeMongo, type MongoKind, mongoForTests } from '../../testing/mongo-for-tests.ts'
import { sampleMessage, sampleRow, sampleTurn } from '../../testing/stored-samples.ts'
import type { WorkflowStore } from '../store.ts'
import { mongoStore } from './mongo-store.ts'

let counter = 0
const unique = () => `i${++counter}`
const range = (n: number) => Array.from({ length: n }, (_, i) => i)

for (const kind of ['replica set', 'standalone'] satisfies MongoKind[]) {
  describeMongo(`Lost answers, ${kind}`, await mongoForTests(kind), (uri) => {
    let proxy: CuttingProxy
    let store: WorkflowStore
    let other: WorkflowStore
    let database: string

    beforeAll(async () => {
      database = `test-${randomBytes(6).toString('hex')}`
      proxy = await cuttingProxy(portOf(uri))
      const log = () => undefined
      other = await mongoStore({ uri, database, log })
      store = await mongoStore({ uri: `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`, database, log })
    })
    afterEach(() => proxy.decide(() => 'pass'))
    afterAll(async () => {
      await Promise.all([store.close(), other.close()])
      await proxy.close()
      const client = new MongoClient(uri)
      await client.db(database).dropDatabase()
      await client.close()
    })

    for (const fate of ['cut at once', 'cut before the answer'] satisfies Fate[]) {
      it(`a turn whose answer is lost (${fate}) was won, once`, async () => {
        const id = unique()
        const cut = everyThird(fate, 'insert', 'log')
        proxy.decide(cut)
        const outcomes = await Promise.all(
          range(20).map(async (i) => {
            const won: string[] = []
            for (const turn of range(10)) won.push(await store.commit({ turn: sampleTurn(`${id}-${i}`, turn + 1) }))
            return won
          }),
        )
        expect(proxy.cuts()).toBeGreaterThan(2)
        expect(new Set(outcomes.flat())).toEqual(new Set(['won']))
        for (const i of range(20)) {
          expect(await other.readTurns(`${id}-${i}`)).toEqual(
            range(10).map((turn) => sampleTurn(`${id}-${i}`, turn + 1)),
          )
        }
      })

      it(`a turn that was another’s is lost although that answer is lost as well (${fate})`, async () => {
        const id = unique()
        await other.commit({ turn: sampleTurn(id, 1) })
        proxy.decide(once(fate, 'insert', 'log'))
        expect(
          await store.commit({ turn: sampleTurn(id, 1), deliver: [sampleMessage(`${id}-m`, `${id}-target`)] }),
        ).toBe('lost')
        expect(proxy.cuts()).toBe(1)
        expect(await other.readMessages(`${id}-target`)).toEqual([])
      })

      it(`the first row and what is delivered are there, once, when the commit has answered (${fate})`, async () => {
        const id = unique()
        const cut = [once(fate, 'insert', 'instances'), once(fate, 'insert', 'inbox')]
        proxy.decide((request) => cut.map((each) => each(request)).find((one) => one !== 'pass') ?? 'pass')
        const row = sampleRow(id)
        expect(
          await store.commit({ turn: sampleTurn(id, 1), row, deliver: [sampleMessage(`${id}-m`, `${id}-target`)] }),
        ).toBe('won')
        expect(proxy.cuts()).toBeGreaterThan(0)
        expect(await other.getInstance(id)).toEqual(row)
        expect(await other.readMessages(`${id}-target`)).toEqual([sampleMessage(`${id}-m`, `${id}-target`)])
      })

      it(`a message whose answer is lost is stored and not its own duplicate (${fate})`, async () => {
        const id = unique()
        proxy.decide(once(fate, 'insert', 'inbox'))
        expect(await store.putMessage(sampleMessage(`${id}-m`, id))).toBe('stored')
        expect(proxy.cuts()).toBe(1)
        expect(await store.putMessage(sampleMessage(`${id}-m`, id))).toBe('duplicate')
        expect(await other.readMessages(id)).toHaveLength(1)
      })

      it(`rows behind the log arrive all the same (${fate})`, async () => {
        const id = unique()
        await store.commit({ turn: sampleTurn(id, 1), row: sampleRow(id) })
        proxy.decide(once(fate, 'update', 'instances'))
        await store.project([sampleRow(id, { turn: 2, status: 'Completed' })])
        expect(proxy.cuts()).toBe(1)
        expect((await other.getInstance(id))?.status).toBe('Completed')
      })
    }

    it('if it cannot be found out, that is an error, soon, and no password is in it', async () => {
      const id = unique()
      const address = `mongodb://127.0.0.1:${proxy.port}/?directConnection=true&serverSelectionTimeoutMS=300`
      const impatient = await mongoStore({ uri: address, database, patienceMs: 500, log: () => undefined })
      proxy.decide((request) => (isCommand(request, 'insert', 'log') ? 'cut before the answer' : 'pass'))
      const began = performance.now()
      await expect(impatient.commit({ turn: sampleTurn(id, 1) })).rejects.toMatchObject({ code: 'StoreUnavailable' })
      expect(performance.now() - began).toBeLessThan(5_000)
      proxy.decide(() => 'pass')
      // It had happened, and committing it once more says so.
      expect(await other.readTurns(id)).toHaveLength(1)
      expect(await impatient.commit({ turn: sampleTurn(id, 1) })).toBe('won')
      await impatient.close()
    })
  })
}

function isCommand(request: Buffer, command: string, collection: string): boolean {
  // In BSON: the command's name, then the collection as a text with its length in front.
  return request.includes(`${command}\0${String.fromCharCode(collection.length + 1)}\0\0\0${collection}\0`)
}

function once(fate: Fate, command: string, collection: string): (request: Buffer) => Fate {
  let isDone = false
  return (request) => {
    if (isDone || !isCommand(request, command, collection)) return 'pass'
    isDone = true
    return fate
  }
}

function everyThird(fate: Fate, command: string, collection: string): (request: Buffer) => Fate {
  let seen = 0
  return (request) => (isCommand(request, command, collection) && ++seen % 3 === 0 ? fate : 'pass')
}

function portOf(uri: string): number {
  return Number(/:(\d+)/.exec(uri.slice('mongodb://'.length))?.[1] ?? 27_017)
}
