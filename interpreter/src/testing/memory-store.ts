// A store in memory that forgets when it is closed: for tests, and as the measure of what the simulation's database promises.
import type { Json } from '@durable-canvas/schema'
import type { Commit, CommitOutcome, InboxMessage, StoreSignal, WorkflowStore } from '../stores/store.ts'
import { MemoryDatabase } from './memory-database.ts'

const readLimit = 1_000

export interface MemoryStoreOptions {
  /** Given to several stores, they are several processes on one database. */
  readonly database?: MemoryDatabase
  readonly exclusive?: boolean
}

export function memoryStore({
  database = new MemoryDatabase(),
  exclusive = true,
}: MemoryStoreOptions = {}): WorkflowStore {
  const listeners = new Set<(signal: StoreSignal) => void>()
  let isClosed = false

  /** Answers in a later microtask, as every store does. */
  async function on<T>(work: (db: MemoryDatabase) => T): Promise<T> {
    if (isClosed) throw new Error('This store is closed.')
    return work(database)
  }

  const tell = (message: InboxMessage) => {
    for (const listener of listeners) queueMicrotask(() => listener({ type: 'message', message }))
  }

  const commit = ({ turn, row, deliver = [], consumed = [] }: Commit): Promise<CommitOutcome> =>
    on((db) => {
      const isRetry = db.readTurns(turn.instanceId, turn.turn - 1, 1)[0]?.turn === turn.turn
      if (db.append(turn) === 'lost') return 'lost'
      if (row) db.project(row)
      if (isRetry) return 'won'
      for (const message of deliver) if (db.putMessage(message) === 'stored') tell(message)
      db.removeMessages(consumed)
      return 'won'
    })

  return {
    description: 'memory',
    exclusive,
    commit,
    readTurns: (id, { afterTurn = 0, limit = readLimit } = {}) => on((db) => db.readTurns(id, afterTurn, limit)),
    readEvents: (id, executionId, { afterSeq = 0, limit = readLimit } = {}) =>
      on((db) => db.readEvents(id, executionId, afterSeq, limit)),
    dropTurns: (id, throughTurn) => on((db) => db.dropTurns(id, throughTurn)),
    putSnapshot: (snapshot) => on((db) => db.putSnapshot(snapshot)),
    getSnapshot: (id) => on((db) => db.getSnapshot(id)),
    project: (rows) =>
      on((db) => {
        for (const row of rows) db.project(row)
      }),
    getInstance: (id) => on((db) => db.rows.get(id) ?? null),
    listInstances: (filter, page) => on((db) => db.listInstances(filter, page)),
    countInstances: (filter) => on((db) => db.countInstances(filter?.definition)),
    findByCorrelationKey: (key) => on((db) => db.findByCorrelationKey(key)),
    purge: (ids) => on((db) => db.purge(ids)),
    renewLease: (engineId, leaseMs) => on((db) => db.renewLease(engineId, leaseMs, Date.now())),
    releaseLease: (engineId) => on((db) => db.releaseLease(engineId)),
    claimDue: (engineId, limit) => on((db) => db.claimDue(engineId, limit, Date.now())),
    claim: (engineId, id) => on((db) => db.claim(engineId, id, Date.now())),
    nextDue: () => on((db) => db.nextDue()),
    async putMessage(message) {
      const outcome = await on((db) => db.putMessage(message))
      if (outcome === 'stored') tell(message)
      return outcome
    },
    readMessages: (id, limit = readLimit) => on((db) => db.readMessages(id, limit)),
    pendingMessages: (engineId, page) => on((db) => db.pendingMessages(engineId, page)),
    readdress: (id, from, to) => on((db) => db.readdress(id, from, to)),
    removeMessages: (ids) => on((db) => db.removeMessages(ids)),
    subscribe(listener) {
      const told = (signal: StoreSignal) => listener(signal)
      listeners.add(told)
      return () => listeners.delete(told)
    },
    putDefinition: (definition) => on((db) => db.putDefinition(definition)),
    getDefinition: (name, version) => on((db) => db.getDefinition(name, version)),
    listDefinitions: (page) => on((db) => db.listDefinitions(page)),
    listVersions: (name, page) => on((db) => db.listVersions(name, page)),
    getDraft: (name) => on((db) => db.getDraft(name)),
    listDrafts: () => on((db) => db.listDrafts()),
    putDraft: (name, documentJson, expected, at) => on((db) => db.putDraft(name, documentJson, expected, at)),
    deleteDraft: (name) => on((db) => db.deleteDraft(name)),
    getSetting: (name) =>
      on((db) => {
        const text = db.getSetting(name)
        return text === undefined ? undefined : (JSON.parse(text) as Json)
      }),
    putSetting: (name, value) => on((db) => db.putSetting(name, JSON.stringify(value))),
    ping: () => on(() => undefined),
    async close() {
      isClosed = true
      listeners.clear()
    },
  }
}
