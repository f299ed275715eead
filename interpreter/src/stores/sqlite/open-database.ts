// Opens the file for one role. The writer makes sure that it is alone: it holds a lock of the operating system on a
// second, empty database beside the file, which is let go when the process ends, however it ends.
import { closeSync, mkdirSync, openSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreLocked } from '../store.ts'
import { type Database, loadDriver, SQLITE_BUSY, sqliteCode, statementsOf } from './driver.ts'
import { freeAll } from './ownership.ts'
import { migrate } from './schema.ts'
import type { WorkerStart } from './worker-protocol.ts'

/** A process that is about to end gets this long to let go. */
const LOCK_WAIT_MS = 500
const BUSY_WAIT_MS = 5_000
/** Pages of 4 KB. */
const CHECKPOINT_PAGES = 1_000
const WAL_BYTES_KEPT = 64 * 1024 * 1024

export interface OpenDatabase {
  readonly db: Database
  close(): void
}

export async function openDatabase(start: WorkerStart): Promise<OpenDatabase> {
  const { DatabaseSync } = await loadDriver()
  if (start.role === 'reader') {
    const db = new DatabaseSync(start.file, { readOnly: true, timeout: BUSY_WAIT_MS })
    return { db, close: () => db.close() }
  }
  const lock = start.file === ':memory:' ? null : lockOf(createFile(start.file), DatabaseSync)
  try {
    const db = new DatabaseSync(start.file, { timeout: BUSY_WAIT_MS })
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${start.synchronous}`)
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${WAL_BYTES_KEPT}`)
    migrate(db)
    freeAll(statementsOf(db), 'owner IS NOT NULL')
    return {
      db,
      close() {
        db.close()
        lock?.close()
      },
    }
  } catch (error) {
    lock?.close()
    throw error
  }
}

/** The file's real path; who reaches it through a link meets the same lock. */
function createFile(file: string): string {
  mkdirSync(dirname(file), { recursive: true })
  touch(file)
  return realpathSync(file)
}

/** Made for its owner alone; SQLite gives its companions the same mode. A file that is there keeps its own. */
function touch(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    // Never opened if it is there: closing it would let go of every lock that this process has on it.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function lockOf(file: string, DatabaseSync: Awaited<ReturnType<typeof loadDriver>>['DatabaseSync']): Database {
  touch(`${file}-lock`)
  const lock = new DatabaseSync(`${file}-lock`, { timeout: LOCK_WAIT_MS })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (sqliteCode(error) !== SQLITE_BUSY) throw error
    throw new StoreLocked(
      `${file} is in use: one engine at a time works with a SQLite file. Stop the other process, or give this one another file.`,
    )
  }
}
