// One MongoDB for all test files of a run, started when the first of them asks (mongo-for-tests.ts). Vitest calls `setup`
// in its main process, which answers the test files over HTTP and ends the servers after the run.
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import type { FoundMongo, MongoKind } from './mongo-for-tests.ts'
import { findMongo } from './mongo-server.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<MongoKind, ReturnType<typeof findMongo>>()

  async function answer(kind: MongoKind): Promise<FoundMongo> {
    const asked = started.get(kind)
    if (asked !== undefined) return addressOf(await asked)
    const finding = findMongo({ standalone: kind === 'standalone' })
    started.set(kind, finding)
    const found = await finding
    if ('missing' in found) process.stderr.write(`\n!! MONGODB TESTS ARE SKIPPED (${kind}): ${found.missing}\n\n`)
    return addressOf(found)
  }

  const server = createServer((request, response) => {
    answer(request.url === '/standalone' ? 'standalone' : 'replica set')
      .catch((error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) }))
      .then((found) => response.end(JSON.stringify(found)))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address === 'object' && address !== null) project.provide('mongoForTests', address.port)

  return async () => {
    server.close()
    for (const finding of started.values()) {
      const found = await finding.catch((): { missing: string } => ({ missing: 'failed' }))
      if ('stop' in found) await found.stop()
    }
  }
}

function addressOf(found: Awaited<ReturnType<typeof findMongo>>): FoundMongo {
  return 'missing' in found ? found : { uri: found.uri }
}
