import { randomUUID } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { mongoStore } from '../stores/mongo/index.ts'
import { describeMongo, mongoForTests } from '../testing/mongo-for-tests.ts'
import { describeEngine } from './engine.contract.ts'

describeMongo('with a MongoDB', await mongoForTests('replica set'), (uri) => {
  describeEngine('MongoDB', async () => {
    const database = `engine-${randomUUID()}`
    return {
      open: () => mongoStore({ uri, database }),
      async dispose() {
        const client = new MongoClient(uri)
        await client.db(database).dropDatabase()
        await client.close()
      },
    }
  })
})
