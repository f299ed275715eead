// One group of operations is one transaction: all of it is durable when it is answered. A lost race is an answer and
// disturbs nobody. An operation that throws (a bug in what was asked) takes the transaction down with it; then each
// operation gets its own, so that it fails alone. When the disk is full or broken, all fail at once.
import { type Calls, callsOf } from './calls.ts'
import { applyCommit, endOfCommit } from './commit-columns.ts'
import { countsOf } from './counts.ts'
import { type Column, type Database, SQLITE_FULL, SQLITE_IOERR, type Sql, sqliteCode, statementsOf } from './driver.ts'
import { namesOf } from './names.ts'
import { CALL, COMMIT, type Failure, type FromWorker } from './worker-protocol.ts'

export interface Groups {
  /** In a transaction. */
  write(columns: readonly unknown[]): FromWorker
  /** Each for itself. */
  read(columns: readonly unknown[]): FromWorker
}

export function groupsOf(db: Database): Groups {
  const sql = statementsOf(db)
  const counts = countsOf(sql)
  const names = namesOf(sql)
  const calls = callsOf(sql, names, counts)
  const apply = (operation: Operation, columns: readonly unknown[]) =>
    operation.type === COMMIT
      ? applyCommit(sql, names, counts, columns as Column[], operation.from)
      : call(calls, columns[operation.from] as keyof Calls, columns[operation.from + 1] as unknown[])

  let commitMs = 0
  const inTransaction = (operations: readonly Operation[], columns: readonly unknown[]): unknown[] => {
    sql('BEGIN IMMEDIATE').run()
    try {
      const results = operations.map((operation) => apply(operation, columns))
      counts.write()
      const begin = performance.now()
      sql('COMMIT').run()
      commitMs = performance.now() - begin
      return results
    } catch (error) {
      counts.forget()
      names.forget()
      rollBack(sql)
      throw error
    }
  }

  const oneByOne = (columns: readonly unknown[], run: (operation: Operation) => unknown): FromWorker => {
    const failures: [number, Failure][] = []
    const results = operationsOf(columns).map((operation, i) => {
      try {
        return run(operation)
      } catch (error) {
        failures.push([i, failureOf(error)])
        return null
      }
    })
    return { type: 'done', results, failures, commitMs }
  }

  return {
    write(columns) {
      try {
        const results = inTransaction(operationsOf(columns), columns)
        return { type: 'done', results, failures: [], commitMs }
      } catch (error) {
        const code = sqliteCode(error)
        if (code === SQLITE_FULL || code === SQLITE_IOERR) return { type: 'failed', failure: failureOf(error) }
        return oneByOne(columns, (operation) => inTransaction([operation], columns)[0])
      }
    },
    read: (columns) => oneByOne(columns, (operation) => apply(operation, columns)),
  }
}

export function failureOf(error: unknown, isLocked = false): Failure {
  return { message: error instanceof Error ? error.message : String(error), isLocked }
}

interface Operation {
  readonly type: typeof COMMIT | typeof CALL
  readonly from: number
}

function operationsOf(columns: readonly unknown[]): Operation[] {
  const operations: Operation[] = []
  for (let at = 0; at < columns.length; ) {
    const type = columns[at] === COMMIT ? COMMIT : CALL
    operations.push({ type, from: at + 1 })
    at = type === COMMIT ? endOfCommit(columns, at + 1) : at + 3
  }
  return operations
}

function call(calls: Calls, name: keyof Calls, parameters: unknown[]): unknown {
  return (calls[name] as (...parameters: unknown[]) => unknown)(...parameters)
}

function rollBack(sql: Sql): void {
  try {
    sql('ROLLBACK').run()
  } catch {
    // SQLite has rolled back by itself, as it does when the disk is full: there is no transaction any more.
  }
}
