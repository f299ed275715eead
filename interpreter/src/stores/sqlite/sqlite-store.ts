// The embedded store: one file, one process. One worker thread writes, a second one reads, so that a long list delays no
// commit; a store in memory has the one only.
import { resolve } from 'node:path'
import type { InstanceFilter, Page, PageRequest, StoreSignal, WorkflowStore } from '../store.ts'
import { pushRow, STATUSES } from './columns.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import type { Column } from './driver.ts'
import { pushMessage } from './inbox.ts'
import { WorkerChannel } from './worker-channel.ts'

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
  const inMemory = options.file === ':memory:'
  const file = inMemory ? options.file : resolve(options.file)
  const writer = new WorkerChannel({ role: 'writer', file, synchronous })
  await writer.ready
  if (inMemory) return storeOf(options.file, writer, writer)
  // Not waited for: what is asked of it before it is ready is done when it is.
  return storeOf(options.file, writer, new WorkerChannel({ role: 'reader', file, synchronous }))
}

function storeOf(name: string, writer: WorkerChannel, reader: WorkerChannel): WorkflowStore {
  const listeners = new Set<(signal: StoreSignal) => void>()
  const tell = (signal: StoreSignal) => {
    // In a task of its own: a listener that throws must not make a durable commit look failed.
    for (const listener of listeners) queueMicrotask(() => listener(signal))
  }
  let closed: Promise<void> | null = null

  return {
    description: `sqlite ${name}`,
    exclusive: true,

    async commit(commit) {
      const outcome = await writer.commit(commit)
      if (outcome === 'won' && listeners.size > 0) {
        for (const message of commit.deliver ?? []) tell({ type: 'message', message })
      }
      return outcome
    },
    readTurns: (instanceId, { afterTurn = 0, limit = READ_LIMIT } = {}) =>
      reader.call('readTurns', instanceId, afterTurn, limit),
    readEvents: (instanceId, executionId, { afterSeq = 0, limit = READ_LIMIT } = {}) =>
      reader.call('readEvents', instanceId, executionId, afterSeq, limit),
    dropTurns: (instanceId, throughTurn) => writer.call('dropTurns', instanceId, throughTurn),
    putSnapshot: (snapshot) => writer.call('putSnapshot', snapshot),
    getSnapshot: (instanceId) => reader.call('getSnapshot', instanceId),

    async project(rows) {
      await Promise.all(
        piecesOf(rows, ROWS_AT_A_TIME).map((piece) => {
          const columns: Column[] = []
          for (const row of piece) pushRow(columns, row)
          return writer.call('project', columns)
        }),
      )
    },
    getInstance: (instanceId) => reader.call('getInstance', instanceId),
    async listInstances(filter, page) {
      const key = decodeCursor('instances', page.cursor)
      const after = key === null ? null : { createdAt: Number(key[0]), instanceId: String(key[1]) }
      const rows = await reader.call('listInstances', { ...conditionsOf(filter), after, limit: page.limit + 1 })
      return pageOf(rows, page, (row) => encodeCursor('instances', [row.createdAt, row.instanceId]))
    },
    countInstances: (filter) => reader.call('countInstances', filter?.definition ?? null),
    findByCorrelationKey: (key) => reader.call('findByCorrelationKey', key),
    async purge(instanceIds) {
      const purged = piecesOf(instanceIds, PURGED_AT_A_TIME).map((piece) => writer.call('purge', piece))
      return (await Promise.all(purged)).reduce((sum, n) => sum + n, 0)
    },

    renewLease: (engineId, leaseMs) => writer.call('renewLease', engineId, leaseMs),
    async releaseLease(engineId) {
      await writer.call('releaseLease', engineId)
      tell({ type: 'due' })
    },
    claimDue: (engineId, limit) => writer.call('claimDue', engineId, limit),
    claim: (engineId, instanceId) => writer.call('claim', engineId, instanceId),
    nextDue: () => reader.call('nextDue'),

    async putMessage(message) {
      const columns: Column[] = []
      pushMessage(columns, message)
      if (!(await writer.call('putMessage', columns))) return 'duplicate'
      tell({ type: 'message', message })
      return 'stored'
    },
    readMessages: (instanceId, limit = READ_LIMIT) => reader.call('readMessages', instanceId, limit),
    pendingMessages: (engineId, limit) => reader.call('pendingMessages', engineId, limit),
    readdress: (id, from, to) => writer.call('readdress', id, from, to),
    removeMessages: (ids) => writer.call('removeMessages', ids),
    subscribe(listener) {
      // Wrapped, so that the same function subscribed twice is told twice and leaves one at a time.
      const told = (signal: StoreSignal) => listener(signal)
      listeners.add(told)
      return () => {
        listeners.delete(told)
      }
    },

    putDefinition: (definition) => writer.call('putDefinition', definition),
    getDefinition: (definition, version) => reader.call('getDefinition', definition, version ?? null),
    async listDefinitions(page) {
      const after = decodeCursor('definitions', page.cursor)
      const rows = await reader.call('listDefinitions', after === null ? null : String(after[0]), page.limit + 1)
      return pageOf(rows, page, (row) => encodeCursor('definitions', [row.name]))
    },
    async listVersions(definition, page) {
      const before = decodeCursor('versions', page.cursor)
      const rows = await reader.call(
        'listVersions',
        definition,
        before === null ? null : Number(before[0]),
        page.limit + 1,
      )
      return pageOf(rows, page, (row) => encodeCursor('versions', [row.version]))
    },
    getDraft: (draft) => reader.call('getDraft', draft),
    listDrafts: () => reader.call('listDrafts'),
    putDraft: (draft, documentJson, expectedRevision, at) =>
      writer.call('putDraft', draft, documentJson, expectedRevision, at),
    deleteDraft: (draft) => writer.call('deleteDraft', draft),
    async getSetting(setting) {
      const valueJson = await reader.call('getSetting', setting)
      return valueJson === null ? undefined : JSON.parse(valueJson)
    },
    putSetting: (setting, value) => writer.call('putSetting', setting, JSON.stringify(value)),

    async ping() {
      await Promise.all([writer.call('ping'), reader.call('ping')])
    },
    close() {
      // The writer last: the last connection to close folds the write-ahead log into the file.
      closed ??= reader === writer ? writer.close() : reader.close().then(() => writer.close())
      return closed
    },
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
