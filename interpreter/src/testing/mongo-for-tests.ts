// How a test file comes by a MongoDB: all files of a run share the servers of mongo-global-setup.ts; without that each file
// starts one of its own. Tests use a database of their own each.
import { describe, inject } from 'vitest'
import { findMongo } from './mongo-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    mongoForTests?: number
  }
}

export type MongoKind = 'replica set' | 'standalone'
export type FoundMongo = { readonly uri: string } | { readonly missing: string }

/** For test files. With REQUIRE_MONGODB=1 a missing one is an error. */
export async function mongoForTests(kind: MongoKind): Promise<FoundMongo> {
  const port = inject('mongoForTests')
  if (port === undefined) return findMongo({ standalone: kind === 'standalone' })
  const answer = await fetch(`http://127.0.0.1:${port}/${kind === 'standalone' ? 'standalone' : ''}`)
  const found = (await answer.json()) as FoundMongo | { readonly failed: string }
  if ('failed' in found) throw new Error(found.failed)
  return found
}

/** A group of tests against MongoDB; skipped where there is none. */
export function describeMongo(name: string, found: FoundMongo, tests: (uri: string) => void): void {
  if ('missing' in found) describe.skip(name, () => tests('mongodb://missing'))
  else describe(name, () => tests(found.uri))
}
