import type { InstanceRow } from '../store.ts'
import { headOfRow, ROW_COLUMNS, ROW_WIDTH, rowFromStored } from './columns.ts'
import { type Counts, readCounts } from './counts.ts'
import type { Column, Sql } from './driver.ts'
import { type ListQuery, listInstances } from './listing.ts'
import { FIRST_FINISHED } from './schema.ts'

const INSERT = `INSERT INTO instances (${ROW_COLUMNS}) VALUES (${'?, '.repeat(ROW_WIDTH - 1)}?)`
// With the instance's id, which comes first among the columns, as ?1.
const UPDATE = `UPDATE instances SET ${ROW_COLUMNS.split(', ')
  .map((column, i) => `${column} = ?${i + 1}`)
  .join(', ')} WHERE instanceId = ?1`

export function instanceCalls(sql: Sql, counts: Counts) {
  return {
    /** Rows one after the other, flat. */
    project(rows: readonly Column[]): void {
      for (let i = 0; i < rows.length; i += ROW_WIDTH) writeRow(sql, counts, rows.slice(i, i + ROW_WIDTH), false)
    },

    getInstance(instanceId: string): InstanceRow | null {
      const row = sql(`SELECT ${ROW_COLUMNS} FROM instances WHERE instanceId = ?`).get(instanceId)
      return row === undefined ? null : rowFromStored(row)
    },

    listInstances: (query: ListQuery) => listInstances(sql, query),

    countInstances: (definition: string | null) => readCounts(sql, definition),

    findByCorrelationKey(key: string): string[] {
      const rows = sql(
        `SELECT instances.instanceId FROM correlation JOIN instances USING (instanceId)
         WHERE key = ? AND status < ${FIRST_FINISHED} ORDER BY createdAt, instances.instanceId`,
      ).all(key) as { instanceId: string }[]
      return rows.map((row) => row.instanceId)
    },

    purge(instanceIds: readonly string[]): number {
      let purged = 0
      for (const instanceId of instanceIds) if (purgeOne(sql, counts, instanceId)) purged++
      return purged
    },
  }
}

/** Applies a row unless a later one is there. An unknown instance without a log was purged: its late row stays out. */
export function writeRow(sql: Sql, counts: Counts, row: readonly Column[], hasLog: boolean): void {
  const head = headOfRow(row)
  const before = headOf(sql, head.instanceId)
  if (before === null) {
    if (!hasLog && sql('SELECT 1 FROM log WHERE instanceId = ? LIMIT 1').get(head.instanceId) === undefined) return
    sql(INSERT).run(...row)
    counts.change(head.definition, head.version, head.status, 1)
  } else {
    if (head.turn < before.turn) return
    sql(UPDATE).run(...row)
    if (head.status !== before.status || head.version !== before.version || head.definition !== before.definition) {
      counts.change(before.definition, before.version, before.status, -1)
      counts.change(head.definition, head.version, head.status, 1)
    }
  }
  if ((before?.correlationKeysJson ?? '[]') !== head.correlationKeysJson) {
    removeKeys(sql, head.instanceId, before?.correlationKeysJson ?? '[]')
    for (const key of JSON.parse(head.correlationKeysJson)) {
      sql('INSERT OR IGNORE INTO correlation (key, instanceId) VALUES (?, ?)').run(key, head.instanceId)
    }
  }
}

function purgeOne(sql: Sql, counts: Counts, instanceId: string): boolean {
  const head = headOf(sql, instanceId)
  if (head === null || head.status < FIRST_FINISHED) return false
  for (const table of ['log', 'instances', 'snapshots', 'inbox']) {
    sql(`DELETE FROM ${table} WHERE instanceId = ?`).run(instanceId)
  }
  removeKeys(sql, instanceId, head.correlationKeysJson)
  counts.change(head.definition, head.version, head.status, -1)
  return true
}

function removeKeys(sql: Sql, instanceId: string, correlationKeysJson: string): void {
  for (const key of JSON.parse(correlationKeysJson)) {
    sql('DELETE FROM correlation WHERE key = ? AND instanceId = ?').run(key, instanceId)
  }
}

type Head = Omit<ReturnType<typeof headOfRow>, 'instanceId'>

function headOf(sql: Sql, instanceId: string): Head | null {
  const head = sql(
    'SELECT definition, version, status, turn, correlationKeysJson FROM instances WHERE instanceId = ?',
  ).get(instanceId)
  return (head ?? null) as Head | null
}
