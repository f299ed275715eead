import type { Definition } from './definition.generated.ts'
import { sha256 } from './sha-256.ts'

// The content hash: the same for the same content, in whatever order its keys were written. A drawing's layout is stored beside the
// definition, so it never is part of it.

/** SHA-256 of the canonical JSON, in hex. */
export const hashDefinition = (definition: Definition): string => sha256(canonicalJson(definition))

/** JSON as RFC 8785 has it: no white space, keys in the order of their UTF-16 units. Takes plain JSON. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const item: unknown = (value as Record<string, unknown>)[key]
    if (item !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(item)}`)
  }
  return `{${members.join(',')}}`
}
