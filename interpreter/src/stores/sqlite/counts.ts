// Counts change with every start and every end. They are summed up in memory and written once per transaction.
import type { InstanceCount } from '../store.ts'
import { statusFromStored } from './columns.ts'
import type { Sql } from './driver.ts'

interface Change {
  readonly definition: string
  readonly version: number
  readonly status: number
  by: number
}

export interface Counts {
  change(definition: string, version: number, status: number, by: 1 | -1): void
  /** Before the transaction commits. */
  write(): void
  /** After it was rolled back. */
  forget(): void
}

export function countsOf(sql: Sql): Counts {
  const changes = new Map<string, Change>()
  return {
    change(definition, version, status, by) {
      const key = `${version} ${status} ${definition}`
      const change = changes.get(key)
      if (change === undefined) changes.set(key, { definition, version, status, by })
      else change.by += by
    },
    write() {
      for (const { definition, version, status, by } of changes.values()) {
        if (by !== 0) {
          sql(
            `INSERT INTO counts (definition, version, status, count) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET count = count + excluded.count`,
          ).run(definition, version, status, by)
        }
      }
      changes.clear()
    },
    forget: () => changes.clear(),
  }
}

export function readCounts(sql: Sql, definition: string | null): InstanceCount[] {
  const rows = sql(
    `SELECT definition, version, status, count FROM counts WHERE count > 0 ${definition === null ? '' : 'AND definition = ?'}
     ORDER BY definition, version, status`,
  ).all(...(definition === null ? [] : [definition])) as {
    definition: string
    version: number
    status: number
    count: number
  }[]
  return rows.map((row) => ({ ...row, status: statusFromStored(row.status) }))
}
