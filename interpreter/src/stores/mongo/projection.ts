// Writes rows behind the log. Those that come while a batch is under way go out together in the next, the latest of each
// instance only; each update is guarded by the turn, so that none can take a row back. One batch is under way at a time: rows
// of one instance and the same turn keep their order.
import { MongoServerError } from 'mongodb'
import type { InstanceRow } from '../store.ts'
import type { Connection } from './connection.ts'
import { DUPLICATE_KEY, messageOf } from './errors.ts'
import { groupedInserts, tooLarge } from './grouped-inserts.ts'
import { INSTANCES, type InstanceDocument, instanceDocumentOf, sizeOfRow } from './instance-document.ts'
import type { Log } from './log.ts'
import { retrying } from './retrying.ts'
import { groupsOf, type ItemError, insertMany, MAX_DOCUMENT_BYTES, type Update, updateEach } from './write-command.ts'

const AFTER_FAILURE_MS = 1_000
const MAX_UPDATES = 500

export interface Projection {
  /** The row of a new instance; its turn has been won. Durable once it answers. */
  insert(row: InstanceRow): Promise<void>
  /** Durable once it answers. */
  write(rows: readonly InstanceRow[]): Promise<void>
  /** Resolves when all that was brought is written. */
  flush(): Promise<void>
  isWaiting(instanceId: string): boolean
  /** Nothing is tried again from now on. */
  stop(): void
}

interface Batch {
  readonly rows: Map<string, InstanceRow>
  readonly done: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function mongoProjection(connection: Connection, log: Log): Projection {
  const collection = connection.db.collection<InstanceDocument>(INSTANCES)
  const inserts = groupedInserts<InstanceDocument>(connection, INSTANCES, { isOwn: () => false, inFlight: 2 })
  let waiting = newBatch()
  let underWay: Batch | null = null
  let timer: NodeJS.Timeout | null = null
  let isStopped = false

  function add(row: InstanceRow): void {
    const other = waiting.rows.get(row.instanceId)
    if (other === undefined || other.turn <= row.turn) waiting.rows.set(row.instanceId, row)
  }

  function writeNow(): Promise<void> {
    const { done } = waiting
    if (underWay === null) {
      if (timer !== null) clearTimeout(timer)
      run()
    }
    return done
  }

  function run(): void {
    timer = null
    const batch = waiting
    underWay = batch
    waiting = newBatch()
    writeBatch(batch).then(
      () => {
        underWay = null
        batch.resolve()
        if (waiting.rows.size > 0) run()
      },
      (error: unknown) => {
        underWay = null
        batch.reject(error)
        connection.log('error', 'Rows of instances could not be written; they are tried again.', {
          rows: batch.rows.size,
          error: messageOf(error),
        })
        const isAwaited = waiting.rows.size > 0
        for (const row of batch.rows.values())
          if (!waiting.rows.has(row.instanceId)) waiting.rows.set(row.instanceId, row)
        if (isAwaited) run()
        else if (!isStopped) timer = setTimeout(run, AFTER_FAILURE_MS)
      },
    )
  }

  async function writeBatch(batch: Batch): Promise<void> {
    const groups = [...groupsOf([...batch.rows.values()], MAX_UPDATES, sizeOfRow)]
    for (let at = 0; at < groups.length; at += 2) await Promise.all(groups.slice(at, at + 2).map(writeGroup))
  }

  function writeGroup(rows: InstanceRow[]): Promise<void> {
    return retrying('writing rows of instances', connection.patienceMs, async () => {
      const updates = rows.map(updateOf)
      const { n, errors } = await updateEach(connection.db, INSTANCES, updates)
      throwFirst(errors)
      if (n < rows.length) await insertMissing(rows)
    })
  }

  /** An update met no row: it was never written, or it is purged. The log says whether the instance is there. */
  async function insertMissing(rows: readonly InstanceRow[]): Promise<void> {
    const ids = rows.map((row) => row.instanceId)
    const found = await collection.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray()
    const known = new Set(found.map((document) => document._id))
    const absent = rows.filter((row) => !known.has(row.instanceId))
    const lastTurns = await Promise.all(absent.map((row) => log.lastTurn(row.instanceId)))
    const missing = absent.filter((_, index) => lastTurns[index] !== null)
    if (missing.length === 0) return
    const { errors } = await insertMany(connection.db, INSTANCES, missing.map(instanceDocumentOf))
    throwFirst(errors.filter((error) => error.code !== DUPLICATE_KEY))
    if (errors.length > 0) await updateEach(connection.db, INSTANCES, missing.map(updateOf))
  }

  async function write(rows: readonly InstanceRow[]): Promise<void> {
    if (rows.length === 0) return
    for (const row of rows) assertRowFits(row)
    for (const row of rows) add(row)
    await writeNow()
  }

  return {
    async insert(row) {
      const outcome = await inserts.insert(instanceDocumentOf(row), sizeOfRow(row))
      if (outcome === 'taken') await write([row])
    },
    write,
    async flush() {
      await inserts.idle()
      if (waiting.rows.size > 0) await writeNow()
      else await underWay?.done
    },
    stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
    },
    isWaiting: (instanceId) => waiting.rows.has(instanceId) || underWay?.rows.has(instanceId) === true,
  }
}

export function assertRowFits(row: InstanceRow): void {
  const size = sizeOfRow(row)
  if (size > MAX_DOCUMENT_BYTES) throw tooLarge(INSTANCES, row.instanceId, size)
}

/**
 * Puts the row in place of the stored one, unless that tells of a later turn. The guard is not in the query: found by _id
 * alone an update costs the server half. So what an update counts as met is what is there, late or not.
 */
function updateOf(row: InstanceRow): Update {
  const isNoLater = { $lte: ['$turn', row.turn] }
  const replacement = { $cond: [isNoLater, { $literal: instanceDocumentOf(row) }, '$$ROOT'] }
  return { q: { _id: row.instanceId }, u: [{ $replaceWith: replacement }] }
}

function newBatch(): Batch {
  let resolve = (): void => undefined
  let reject = (_error: unknown): void => undefined
  const done = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  // Who waits for the batch hears of its failure; where nobody does, the log is told.
  done.catch(() => undefined)
  return { rows: new Map(), done, resolve, reject }
}

function throwFirst(errors: readonly ItemError[]): void {
  const [first] = errors
  if (first !== undefined) throw new MongoServerError({ message: first.errmsg, code: first.code })
}
