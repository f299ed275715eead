// The store for everything bigger than one process: a standalone server, a replica set or a sharded cluster.
// No transaction over several documents anywhere: a turn is one document, and what follows from it may happen twice.
// The order of what a turn brings with it, and what a crash between two writes leaves behind: mongo-store.decision.md.
import type { Commit, CommitOutcome, WorkflowStore } from '../store.ts'
import { type Connection, type ConnectionOptions, connect } from './connection.ts'
import { mongoDefinitions } from './definitions.ts'
import { mongoDrafts } from './drafts.ts'
import { isTransient, unavailable } from './errors.ts'
import { assertMessageFits, mongoInbox } from './inbox.ts'
import { createIndexes } from './indexes.ts'
import { mongoInstances } from './instances.ts'
import { mongoLog } from './log.ts'
import { mongoOwnership } from './ownership.ts'
import { assertRowFits, mongoProjection } from './projection.ts'
import { mongoPurge } from './purge.ts'
import { mongoSettings } from './settings.ts'
import { mongoSnapshots } from './snapshots.ts'
import { mongoWakeUps } from './wake-ups.ts'

const CLOSED = 'This MongoDB store is closed.'

export interface MongoStoreOptions extends ConnectionOptions {}

/** Opens the database and makes its indexes. Throws within about 5 s if no server answers. */
export async function mongoStore(options: MongoStoreOptions): Promise<WorkflowStore> {
  const connection = await connect(options)
  try {
    await createIndexes(connection.db)
  } catch (error) {
    await connection.client.close()
    throw isTransient(error) ? unavailable('creating indexes', error) : error
  }
  return storeOn(connection)
}

function storeOn(connection: Connection): WorkflowStore {
  const log = mongoLog(connection)
  const projection = mongoProjection(connection, log)
  const instances = mongoInstances(connection, projection)
  const ownership = mongoOwnership(connection, projection)
  const wakeUps = mongoWakeUps(connection, ownership.isSomethingDue)
  const inbox = mongoInbox(connection, projection, (message) => wakeUps.tell({ type: 'message', message }))
  const definitions = mongoDefinitions(connection)
  const drafts = mongoDrafts(connection)
  const settings = mongoSettings(connection)
  const snapshots = mongoSnapshots(connection)
  const purge = mongoPurge(connection, log, projection)

  let underWay = 0
  let closing: Promise<void> | null = null
  let whenQuiet: (() => void) | null = null

  /** While open, and counted, so that closing waits for it. */
  function whileOpen<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return async (...args) => {
      if (closing !== null) throw new Error(CLOSED)
      underWay++
      try {
        return await work(...args)
      } catch (error) {
        throw isTransient(error) ? unavailable(work.name, error) : error
      } finally {
        underWay--
        if (underWay === 0) whenQuiet?.()
      }
    }
  }

  async function commit({ turn, row, deliver = [], consumed = [] }: Commit): Promise<CommitOutcome> {
    if (row !== undefined) assertRowFits(row)
    for (const message of deliver) assertMessageFits(message)
    if ((await log.append(turn)) === 'lost') return 'lost'

    const follows: Promise<unknown>[] = []
    if (row !== undefined) follows.push(turn.turn === 1 ? projection.insert(row) : projection.write([row]))
    for (const message of deliver) follows.push(inbox.put(message))
    if (follows.length > 0) await Promise.all(follows)
    if (consumed.length > 0) inbox.removeLater(consumed)
    return 'won'
  }

  async function close(): Promise<void> {
    if (underWay > 0) {
      await new Promise<void>((resolve) => {
        whenQuiet = resolve
      })
    }
    await wakeUps.close()
    try {
      await projection.flush()
      await inbox.flush()
    } finally {
      projection.stop()
      inbox.stop()
      await connection.client.close()
    }
  }

  return {
    description: `mongodb ${connection.db.databaseName} (${connection.topology})`,
    exclusive: false,

    commit: whileOpen(commit),
    readTurns: whileOpen(log.readTurns),
    readEvents: whileOpen(log.readEvents),
    dropTurns: whileOpen(log.dropTurns),
    putSnapshot: whileOpen(snapshots.put),
    getSnapshot: whileOpen(snapshots.get),

    project: whileOpen(projection.write),
    getInstance: whileOpen(instances.get),
    listInstances: whileOpen(instances.list),
    countInstances: whileOpen(instances.count),
    findByCorrelationKey: whileOpen(instances.findByCorrelationKey),
    purge: whileOpen(purge),

    renewLease: whileOpen(ownership.renewLease),
    releaseLease: whileOpen(ownership.releaseLease),
    claimDue: whileOpen(ownership.claimDue),
    claim: whileOpen(ownership.claim),
    nextDue: whileOpen(ownership.nextDue),

    putMessage: whileOpen(inbox.put),
    readMessages: whileOpen(inbox.read),
    pendingMessages: whileOpen(inbox.pending),
    readdress: whileOpen(inbox.readdress),
    removeMessages: whileOpen(inbox.remove),
    subscribe(listener) {
      if (closing !== null) throw new Error(CLOSED)
      return wakeUps.subscribe(listener)
    },

    putDefinition: whileOpen(definitions.put),
    getDefinition: whileOpen(definitions.get),
    listDefinitions: whileOpen(definitions.list),
    listVersions: whileOpen(definitions.listVersions),
    getDraft: whileOpen(drafts.get),
    listDrafts: whileOpen(drafts.list),
    putDraft: whileOpen(drafts.put),
    deleteDraft: whileOpen(drafts.delete),
    getSetting: whileOpen(settings.get),
    putSetting: whileOpen(settings.put),

    ping: whileOpen(async function ping() {
      await connection.db.command({ ping: 1 })
    }),
    close() {
      closing ??= close()
      return closing
    },
  }
}
