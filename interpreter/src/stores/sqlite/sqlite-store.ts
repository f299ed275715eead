// The embedded store: one file, one process, the database in threads of its own.
import { resolve } from 'node:path'
import type { InstanceFilter, Page, PageRequest, StoreSignal, WorkflowStore } from '../store.ts'
import { pushRow, STATUSES } from './columns.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import type { Column } from './driver.ts'
import { pushMessage } from './inbox.ts'
import { startThreads, type Threads } from './threads.ts'

export interface SqliteStoreOptions {
  /** Made if it is not there, with its folder, readable by its owner alone. ":memory:" lasts until it is closed. */
  readonly file: string
  /** FULL: an acknowledged commit survives a power cut. NORMAL: it survives the end of the process only. Default FULL. */
  readonly synchronous?: 'FULL' | 'NORMAL'
}

const READ_LIMIT = 1_000
/** A larger piece of work would keep commits waiting. */
const ROWS_AT_A_TIME = 200
const PURGED_AT_A_TIME = 20

/** Throws StoreLocked if another store has the file open, here or in another process. */
export async function sqliteStore(options: SqliteStoreOptions): Promise<WorkflowStore> {
  const { synchronous = 'FULL' } = options
  if (synchronous !== 'FULL' && synchronous !== 'NORMAL')
    throw new TypeError(`synchronous is FULL or NORMAL, not ${synchronous}`)
  if (options.file === '') throw new TypeError('A SQLite store needs a file name')
  const file = options.file === ':memory:' ? options.file : resolve(options.file)
  return storeOf(options.file, await startThreads({ file, synchronous }))
}

function storeOf(name: string, threads: Threads): WorkflowStore {
  const { read, write } = threads
  const listeners = new Set<(signal: StoreSignal) => void>()
  const tell = (signal: StoreSignal) => {
    // In a task of its own: a listener that throws must not make a durable commit look failed.
    for (const listener of listeners) queueMicrotask(() => listener(signal))
  }

  return {
    description: `sqlite ${name}`,
    exclusive: true,

    commit(commit) {
      const committed = threads.commit(commit)
      const deliver = commit.deliver ?? []
      if (deliver.length === 0 || listeners.size === 0) return committed
      return committed.then((outcome) => {
        if (outcome === 'won') for (const message of deliver) tell({ type: 'message', message })
        return outcome
      })
    },
    readTurns: (instanceId, { afterTurn = 0, limit = READ_LIMIT } = {}) =>
      read('readTurns', instanceId, afterTurn, limit),
    readEvents: (instanceId, executionId, { afterSeq = 0, limit = READ_LIMIT } = {}) =>
      read('readEvents', instanceId, executionId, afterSeq, limit),
    dropTurns: (instanceId, throughTurn) => write('dropTurns', instanceId, throughTurn),
    putSnapshot: (snapshot) => write('putSnapshot', snapshot),
    getSnapshot: (instanceId) => read('getSnapshot', instanceId),

    async project(rows) {
      await Promise.all(
        piecesOf(rows, ROWS_AT_A_TIME).map((piece) => {
          const columns: Column[] = []
          for (const row of piece) pushRow(columns, row)
          return write('project', columns)
        }),
      )
    },
    getInstance: (instanceId) => read('getInstance', instanceId),
    async listInstances(filter, page) {
      const key = decodeCursor('instances', page.cursor)
      const after = key === null ? null : { createdAt: Number(key[0]), instanceId: String(key[1]) }
      const rows = await read('listInstances', { ...conditionsOf(filter), after, limit: page.limit + 1 })
      return pageOf(rows, page, (row) => encodeCursor('instances', [row.createdAt, row.instanceId]))
    },
    countInstances: (filter) => read('countInstances', filter?.definition ?? null),
    findByCorrelationKey: (key) => read('findByCorrelationKey', key),
    async purge(instanceIds) {
      const purged = piecesOf(instanceIds, PURGED_AT_A_TIME).map((piece) => write('purge', piece))
      return (await Promise.all(purged)).reduce((sum, n) => sum + n, 0)
    },

    renewLease: (engineId, leaseMs) => write('renewLease', engineId, leaseMs),
    async releaseLease(engineId) {
      await write('releaseLease', engineId)
      tell({ type: 'due' })
    },
    claimDue: (engineId, limit) => write('claimDue', engineId, limit),
    claim: (engineId, instanceId) => write('claim', engineId, instanceId),
    nextDue: () => read('nextDue'),

    async putMessage(message) {
      const columns: Column[] = []
      pushMessage(columns, message)
      if (!(await write('putMessage', columns))) return 'duplicate'
      tell({ type: 'message', message })
      return 'stored'
    },
    readMessages: (instanceId, limit = READ_LIMIT) => read('readMessages', instanceId, limit),
    pendingMessages: (engineId, { limit, cursor }) => read('pendingMessages', engineId, limit, Number(cursor ?? 0)),
    readdress: (id, from, to) => write('readdress', id, from, to),
    removeMessages: (ids) => write('removeMessages', ids),
    subscribe(listener) {
      // Wrapped, so that the same function subscribed twice is told twice and leaves one at a time.
      const told = (signal: StoreSignal) => listener(signal)
      listeners.add(told)
      return () => {
        listeners.delete(told)
      }
    },

    putDefinition: (definition) => write('putDefinition', definition),
    getDefinition: (definition, version) => read('getDefinition', definition, version ?? null),
    async listDefinitions(page) {
      const after = decodeCursor('definitions', page.cursor)
      const rows = await read('listDefinitions', after === null ? null : String(after[0]), page.limit + 1)
      return pageOf(rows, page, (row) => encodeCursor('definitions', [row.name]))
    },
    async listVersions(definition, page) {
      const before = decodeCursor('versions', page.cursor)
      const rows = await read('listVersions', definition, before === null ? null : Number(before[0]), page.limit + 1)
      return pageOf(rows, page, (row) => encodeCursor('versions', [row.version]))
    },
    getDraft: (draft) => read('getDraft', draft),
    listDrafts: () => read('listDrafts'),
    putDraft: (draft, documentJson, expectedRevision, at) =>
      write('putDraft', draft, documentJson, expectedRevision, at),
    deleteDraft: (draft) => write('deleteDraft', draft),
    async getSetting(setting) {
      const valueJson = await read('getSetting', setting)
      return valueJson === null ? undefined : JSON.parse(valueJson)
    },
    putSetting: (setting, value) => write('putSetting', setting, JSON.stringify(value)),

    async ping() {
      await Promise.all([write('ping'), read('ping')])
    },
    close: () => threads.close(),
  }
}

function conditionsOf(filter: InstanceFilter) {
  return {
    definition: filter.definition ?? null,
    version: filter.version ?? null,
    statuses: filter.statuses?.map((status) => STATUSES.indexOf(status)) ?? null,
    idPrefix: filter.idPrefix ?? null,
    createdFrom: filter.createdFrom ?? null,
    createdTo: filter.createdTo ?? null,
    parentId: filter.parentId ?? null,
  }
}

/** One item more than asked for was read if there is a next page. */
function pageOf<T>(rows: readonly T[], { limit }: PageRequest, cursorOf: (last: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}

function piecesOf<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = []
  for (let i = 0; i < items.length; i += size) pieces.push(items.slice(i, i + size))
  return pieces
}
