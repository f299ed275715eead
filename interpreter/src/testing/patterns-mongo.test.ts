import { randomUUID } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { mongoStore } from '../stores/mongo/index.ts'
import { describeMongo, mongoForTests } from './mongo-for-tests.ts'
import { describePatterns } from './pattern.contract.ts'

describeMongo('with a MongoDB', await mongoForTests('replica set'), (uri) => {
  describePatterns('MongoDB', async () => {
    const database = `patterns-${randomUUID()}`
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
