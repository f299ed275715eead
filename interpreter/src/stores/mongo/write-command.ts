// Bare insert, update and delete commands. The driver's own bulk writes cost about twice the CPU per document, and what
// they add is not needed here: every write below is retried by the store itself and may safely happen twice.
import type { Db, Document } from 'mongodb'
import { DURABLE } from './connection.ts'

export interface ItemError {
  readonly index: number
  readonly code: number
  readonly errmsg: string
}

interface WriteAnswer {
  /** How many were inserted, matched or deleted. */
  readonly n: number
  readonly errors: readonly ItemError[]
}

export interface Update {
  readonly q: Document
  readonly u: Document | readonly Document[]
}

/** A command's own limit is 16 MB; what is left is for its frame. */
export const MAX_DOCUMENT_BYTES = 15_000_000
export const MAX_GROUP_BYTES = 8_000_000

export function insertMany(db: Db, collection: string, documents: readonly Document[]): Promise<WriteAnswer> {
  return write(db, { insert: collection, documents, ordered: false, writeConcern: DURABLE })
}

export function updateEach(db: Db, collection: string, updates: readonly Update[]): Promise<WriteAnswer> {
  return write(db, { update: collection, updates, ordered: false, writeConcern: DURABLE })
}

export function deleteEach(db: Db, collection: string, queries: readonly Document[]): Promise<WriteAnswer> {
  const deletes = queries.map((q) => ({ q, limit: 0 }))
  return write(db, { delete: collection, deletes, ordered: false, writeConcern: DURABLE })
}

async function write(db: Db, command: Document): Promise<WriteAnswer> {
  const answer = await db.command(command)
  return { n: answer.n, errors: answer.writeErrors ?? [] }
}

/** An upper bound of a text's size, found without looking at each character unless it is long. */
export function sizeOf(text: string | null): number {
  if (text === null) return 0
  return text.length < 100_000 ? text.length * 3 : Buffer.byteLength(text)
}

/** Cuts items into groups that fit one command. */
export function* groupsOf<T>(items: readonly T[], maxItems: number, bytesOf: (item: T) => number): Generator<T[]> {
  let group: T[] = []
  let bytes = 0
  for (const item of items) {
    const size = bytesOf(item)
    if (group.length > 0 && (group.length >= maxItems || bytes + size > MAX_GROUP_BYTES)) {
      yield group
      group = []
      bytes = 0
    }
    group.push(item)
    bytes += size
  }
  if (group.length > 0) yield group
}
