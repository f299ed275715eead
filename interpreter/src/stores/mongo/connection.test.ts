import { expect, it } from 'vitest'
import { describeMongo, mongoForTests } from '../../testing/mongo-for-tests.ts'
import { sampleTurn } from '../../testing/stored-samples.ts'
import { mongoStore } from './mongo-store.ts'

const QUICK = 'serverSelectionTimeoutMS=200'

it('an address that is none is refused without its password being told', async () => {
  for (const uri of ['http://x', 'mongodb://user:se@cret@/x', 'mongodb://user:secret@host/?nonsense=1', '']) {
    const error = await mongoStore({ uri }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'UnusableMongoUri' })
    expect(String(error)).not.toMatch(/secret|se@cret/)
  }
})

it('an address that asks for unacknowledged writes is refused', async () => {
  await expect(mongoStore({ uri: `mongodb://127.0.0.1:1/?w=0&${QUICK}` })).rejects.toMatchObject({
    code: 'UnusableMongoUri',
  })
})

it('a server that does not answer is an error, soon, and no password is in it', async () => {
  const began = performance.now()
  const error = await mongoStore({ uri: `mongodb://user:secret@127.0.0.1:1/?${QUICK}` }).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ code: 'StoreUnavailable' })
  expect(String(error)).toContain('127.0.0.1:1')
  expect(String(error)).not.toContain('secret')
  expect(performance.now() - began).toBeLessThan(3_000)
})

describeMongo('A connection', await mongoForTests('replica set'), (uri) => {
  const withQuery = (query: string) => `${uri}${uri.includes('?') ? '&' : '/?'}${query}`

  it('that asks for weaker writes gets the durable ones, and a warning', async () => {
    const said: string[] = []
    const log = (level: string, message: string) => said.push(`${level}: ${message}`)
    const store = await mongoStore({ uri: withQuery('w=1&journal=false'), database: 'test-weak', log })
    await store.close()
    expect(said).toEqual([expect.stringMatching(/^warn: .*weaker/)])
  })

  it('that is well set warns of nothing', async () => {
    const said: string[] = []
    const store = await mongoStore({ uri, database: 'test-weak', log: (_, message) => said.push(message) })
    await store.close()
    expect(said).toEqual([])
  })

  it('uses the database of the address, else "durable-canvas"', async () => {
    const address = uri.replace(/^(mongodb:\/\/[^/?]*)\/?[^?]*/, '$1/test-weak')
    const named = await mongoStore({ uri: address })
    expect(named.description).toContain('mongodb test-weak (')
    await named.close()
  })

  it('refuses a turn that no document can hold, and takes one that is nearly as large', async () => {
    const store = await mongoStore({ uri, database: 'test-weak' })
    const id = `large-${Date.now()}`
    const tooLarge = sampleTurn(id, 1, { eventsJson: `["${'x'.repeat(15_100_000)}"]` })
    await expect(store.commit({ turn: tooLarge })).rejects.toMatchObject({ code: 'DocumentTooLarge' })
    expect(await store.readTurns(id)).toEqual([])
    const large = sampleTurn(id, 1, { eventsJson: `["${'x'.repeat(14_000_000)}"]` })
    expect(await store.commit({ turn: large })).toBe('won')
    expect((await store.readTurns(id))[0]?.eventsJson === large.eventsJson).toBe(true)
    await store.dropTurns(id, 1)
    await store.close()
  })
})
