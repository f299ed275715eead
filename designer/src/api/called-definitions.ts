import type { Definition } from '@durable-canvas/schema'
import type { DefinitionVersion } from './api-types.ts'
import { getDraft } from './drafts.ts'
import { apiPath, request } from './request.ts'

/** The version; with version 0 the draft, of what is not deployed. */
export async function readCalled(name: string, version: number, signal: AbortSignal): Promise<Definition | null> {
  if (version === 0) return (await getDraft(name, signal))?.definition ?? null
  const url = apiPath(`/definitions/${encodeURIComponent(name)}/versions/${version}`)
  return (await request<DefinitionVersion>(url, { signal })).definition
}
