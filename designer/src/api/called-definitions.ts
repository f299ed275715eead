import type { Definition } from '@durable-canvas/schema'
import type { QueryClient } from '@tanstack/react-query'
import { versionQuery } from './definitions.ts'
import { getDraft } from './drafts.ts'

/** The version; with version 0 the draft, of what is not deployed. */
export async function readCalled(
  client: QueryClient,
  name: string,
  version: number,
  signal: AbortSignal,
): Promise<Definition | null> {
  if (version === 0) return (await getDraft(name, signal))?.definition ?? null
  return (await client.ensureQueryData(versionQuery(name, version))).definition
}
