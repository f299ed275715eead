// The server is killed and started again while instances run: no acknowledged turn is lost, and nobody has to be asked twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBinary, type MongoServer, startMongo } from '../../testing/mongo-server.ts'
import { sampleMessage, sampleRow, sampleTurn } from '../../testing/stored-samples.ts'
import type { StoreSignal } from '../store.ts'
import { mongoStore } from './mongo-store.ts'

const range = (n: number) => Array.from({ length: n }, (_, i) => i)
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const found = await findBinary()
if ('missing' in found && process.env.REQUIRE_MONGODB === '1') throw new Error(found.missing)

describe.skipIf('missing' in found)('A server that is killed and comes back', () => {
  let server: MongoServer

  beforeAll(async () => {
    if ('path' in found) server = await startMongo(found.path)
  })
  afterAll(async () => {
    await server?.stop()
  })

  it('costs time, and no turn that was acknowledged', async () => {
    const log = () => undefined
    const store = await mongoStore({ uri: server.uri, log })
    const told: StoreSignal[] = []
    store.subscribe((signal) => told.push(signal))

    const acknowledged: string[] = []
    let goesOn = true
    const chains = range(20).map(async (i) => {
      for (let turn = 1; goesOn; turn++) {
        const row = sampleRow(`i${i}`, { turn })
        expect(await store.commit({ turn: sampleTurn(`i${i}`, turn), row })).toBe('won')
        acknowledged.push(`i${i}:${turn}`)
      }
    })
    while (acknowledged.length < 100) await sleep(20)
    await server.end('kill')
    await server.restart()
    const back = acknowledged.length
    while (acknowledged.length < back + 100) await sleep(20)
    goesOn = false
    await Promise.all(chains)

    const stored = await Promise.all(range(20).map((i) => store.readTurns(`i${i}`, { limit: 100_000 })))
    expect(
      stored
        .flat()
        .map((turn) => `${turn.instanceId}:${turn.turn}`)
        .sort(),
    ).toEqual(acknowledged.sort())
    for (const [i, turns] of stored.entries()) expect((await store.getInstance(`i${i}`))?.turn).toBe(turns.length)

    const other = await mongoStore({ uri: server.uri, log })
    const isTold = () => told.some((signal) => signal.type === 'message' && signal.message.id === 'after')
    await other.putMessage(sampleMessage('after', 'i0'))
    for (let waited = 0; !isTold() && waited < 10_000; waited += 20) await sleep(20)
    expect(isTold()).toBe(true)
    await Promise.all([store.close(), other.close()])
  })
})
