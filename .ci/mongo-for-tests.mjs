// Holds one MongoDB for a whole test run: prints `uri …` when it is ready, and ends when its standard input does. A server
// that was given, not started, is left without the journeys' databases. Run with tsx, since it shares the finder of the
// interpreter's tests.
import { MongoClient } from 'mongodb'
import { findMongo } from '../interpreter/src/testing/mongo-server.ts'

async function dropJourneys(uri, prefix) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 })
  try {
    const { databases } = await client.db('admin').command({ listDatabases: 1, nameOnly: true })
    for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase()
  } finally {
    await client.close()
  }
}

const found = await findMongo()
if ('missing' in found) {
  process.stderr.write(`${found.missing}\n`)
} else {
  process.stdout.write(`uri ${found.uri}\n`)
  for await (const _chunk of process.stdin);
  if (found.kind === 'given') await dropJourneys(found.uri, `dc-e2e-${process.env.E2E_RUN}-`)
  // The server's process does not keep this one alive, not even while it is awaited.
  const alive = setInterval(() => undefined, 1_000)
  await found.stop()
  clearInterval(alive)
}
