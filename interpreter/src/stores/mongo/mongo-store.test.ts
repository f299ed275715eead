import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { describeMongo, type MongoKind, mongoForTests } from '../../testing/mongo-for-tests.ts'
import { describeStore, type StoreUnderTest } from '../store.contract.ts'
import type { WorkflowStore } from '../store.ts'
import { mongoStore } from './mongo-store.ts'

for (const kind of ['replica set', 'standalone'] satisfies MongoKind[]) {
  describeMongo(`MongoDB, ${kind}`, await mongoForTests(kind), (uri) => {
    const database = `test-${randomBytes(6).toString('hex')}`
    describeStore(`MongoDB (${kind})`, () => underTest(uri, database))
  })
}

/** One database for all tests of the suite, emptied after each: a new one takes the server longer. */
async function underTest(uri: string, database: string): Promise<StoreUnderTest> {
  const opened: WorkflowStore[] = []
  const open = async () => {
    const store = await mongoStore({ uri, database })
    opened.push(store)
    return store
  }
  const store = await open()
  return {
    store,
    second: open,
    async reopen() {
      await store.close()
      return open()
    },
    async dispose() {
      await Promise.all(opened.map((each) => each.close()))
      const client = new MongoClient(uri)
      const collections = await client.db(database).collections()
      await Promise.all(collections.map((collection) => collection.deleteMany({})))
      await client.close()
    },
  }
}
