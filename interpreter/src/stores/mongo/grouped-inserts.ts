// Group commit. Documents of all callers that arrive while a few inserts are under way go out together in the next one,
// unordered: each document wins or loses the race for its own _id.
//
// A broken connection leaves it unknown which documents are there. They are simply inserted again: one that was there is
// refused as a duplicate, and then the stored document itself tells whether it is ours.
import type { Document } from 'mongodb'
import type { Connection } from './connection.ts'
import { DocumentTooLarge, DUPLICATE_KEY, isTransient, isTransientCode, unavailable } from './errors.ts'
import { Attempts } from './retrying.ts'
import { insertMany, MAX_DOCUMENT_BYTES, MAX_GROUP_BYTES } from './write-command.ts'

export type InsertOutcome = 'inserted' | 'taken'

interface Entry<D> {
  readonly document: D
  readonly bytes: number
  readonly resolve: (outcome: InsertOutcome) => void
  readonly reject: (error: unknown) => void
}

export interface GroupedInsertsOptions<D> {
  /** Whether the document that is stored under an _id is this one, written by an earlier attempt. */
  readonly isOwn: (stored: D, mine: D) => boolean
  readonly inFlight?: number
  readonly maxItems?: number
}

export interface GroupedInserts<D> {
  /** Durable once it answers. Bytes: an upper bound, so that a group fits one command. */
  insert(document: D, bytes: number): Promise<InsertOutcome>
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>
}

export function groupedInserts<D extends Document & { readonly _id: string }>(
  connection: Connection,
  collection: string,
  { isOwn, inFlight = 3, maxItems = 250 }: GroupedInsertsOptions<D>,
): GroupedInserts<D> {
  let queue: Entry<D>[] = []
  let calls = 0
  let woken = false
  let whenIdle: (() => void)[] = []

  function wake(): void {
    if (woken) return
    woken = true
    // After the current round of callbacks, so that all who were answered by one insert go together into the next.
    setImmediate(pump)
  }

  function pump(): void {
    woken = false
    while (calls < inFlight && queue.length > 0) {
      const group = takeGroup()
      calls++
      settle(group)
        .catch((error: unknown) => {
          for (const entry of group) entry.reject(error)
        })
        .finally(() => {
          calls--
          if (queue.length > 0) wake()
          else if (calls === 0) releaseIdle()
        })
    }
  }

  function takeGroup(): Entry<D>[] {
    let count = 0
    let bytes = 0
    for (const entry of queue) {
      if (count > 0 && (count >= maxItems || bytes + entry.bytes > MAX_GROUP_BYTES)) break
      count++
      bytes += entry.bytes
    }
    const group = queue.slice(0, count)
    queue = queue.slice(count)
    return group
  }

  function releaseIdle(): void {
    const waiting = whenIdle
    whenIdle = []
    for (const resolve of waiting) resolve()
  }

  async function settle(group: Entry<D>[]): Promise<void> {
    const attempts = new Attempts(connection.patienceMs)
    let open = group
    let problem: unknown = new Error('A document was neither inserted nor found.')
    for (;;) {
      try {
        open = await insertOnce(open)
      } catch (error) {
        if (!isTransient(error)) throw error
        problem = error
      }
      if (open.length === 0) return
      if (!(await attempts.again())) throw unavailable(`inserting into ${collection}`, problem)
    }
  }

  /** Answers those that are still undecided. */
  async function insertOnce(group: Entry<D>[]): Promise<Entry<D>[]> {
    const documents = group.map((entry) => entry.document)
    const { errors } = await insertMany(connection.db, collection, documents)
    if (errors.length === 0) {
      for (const entry of group) entry.resolve('inserted')
      return []
    }
    const failed = new Map(errors.map((error) => [error.index, error]))
    const refused: Entry<D>[] = []
    const undecided: Entry<D>[] = []
    for (const [index, entry] of group.entries()) {
      const error = failed.get(index)
      if (error === undefined) entry.resolve('inserted')
      else if (error.code === DUPLICATE_KEY) refused.push(entry)
      else if (isTransientCode(error.code)) undecided.push(entry)
      else entry.reject(new Error(`MongoDB refused a document of ${collection}: ${error.errmsg} (${error.code})`))
    }
    return refused.length === 0 ? undecided : [...undecided, ...(await judge(refused))]
  }

  async function judge(refused: Entry<D>[]): Promise<Entry<D>[]> {
    const ids = [...new Set(refused.map((entry) => entry.document._id))]
    try {
      const found = await connection.db
        .collection<D & Document>(collection)
        .find({ _id: { $in: ids } } as never)
        .toArray()
      const stored = new Map(found.map((document) => [document._id as string, document as unknown as D]))
      return refused.filter((entry) => {
        const there = stored.get(entry.document._id)
        // Not there: its insert is not yet acknowledged by a majority, or it was removed meanwhile.
        if (there === undefined) return true
        entry.resolve(isOwn(there, entry.document) ? 'inserted' : 'taken')
        return false
      })
    } catch (error) {
      if (isTransient(error)) return refused
      throw error
    }
  }

  return {
    insert(document, bytes) {
      if (bytes > MAX_DOCUMENT_BYTES) return Promise.reject(tooLarge(collection, document._id, bytes))
      return new Promise((resolve, reject) => {
        queue.push({ document, bytes, resolve, reject })
        wake()
      })
    },
    idle() {
      if (queue.length === 0 && calls === 0) return Promise.resolve()
      return new Promise((resolve) => {
        whenIdle.push(resolve)
      })
    },
  }
}

export function tooLarge(collection: string, id: string, bytes: number): DocumentTooLarge {
  const limit = `${MAX_DOCUMENT_BYTES / 1_000_000} MB`
  return new DocumentTooLarge(
    `${id} of ${collection} has about ${bytes} bytes; MongoDB takes no more than ${limit} at once.`,
  )
}
