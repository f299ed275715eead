import type { InstanceRow } from '../store.ts'
import { headOfRow, ROW_COLUMNS, ROW_WIDTH, rowFromStored } from './columns.ts'
import { type Counts, readCounts } from './counts.ts'
import type { Column, Sql } from './driver.ts'
import { type ListQuery, listInstances } from './listing.ts'
import { NUMBER, numberOf } from './names.ts'
import { FIRST_FINISHED } from './schema.ts'

const INSERT = `INSERT INTO instances (id, ${ROW_COLUMNS})
                SELECT id, ${numbered((n) => `?${n}`)} FROM names WHERE instanceId = ?1`
const UPDATE = `UPDATE instances SET ${numbered((n, column) => `${column} = ?${n}`)} WHERE id = ${NUMBER}`

export function instanceCalls(sql: Sql, counts: Counts) {
  return {
    /** Rows one after the other, flat. */
    project(rows: readonly Column[]): void {
      for (let i = 0; i < rows.length; i += ROW_WIDTH) writeRow(sql, counts, rows.slice(i, i + ROW_WIDTH))
    },

    getInstance(instanceId: string): InstanceRow | null {
      const row = sql(`SELECT ${ROW_COLUMNS} FROM instances WHERE id = ${NUMBER}`).get(instanceId)
      return row === undefined ? null : rowFromStored(row)
    },

    listInstances: (query: ListQuery) => listInstances(sql, query),

    countInstances: (definition: string | null) => readCounts(sql, definition),

    findByCorrelationKey(key: string): string[] {
      const rows = sql(
        `SELECT instanceId FROM correlation JOIN instances ON instances.id = instance
         WHERE key = ? AND status < ${FIRST_FINISHED} ORDER BY createdAt, instanceId`,
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

/** Applies a row unless a later one is there. An instance without a name has no log, it was purged: its late row stays out. */
export function writeRow(sql: Sql, counts: Counts, row: readonly Column[]): void {
  const head = headOfRow(row)
  const before = headOf(sql, head.instanceId)
  if (before === null) {
    if (Number(sql(INSERT).run(...row).changes) === 0) return
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
    const insert = sql(`INSERT OR IGNORE INTO correlation (instance, key) VALUES (${NUMBER}, ?2)`)
    for (const key of JSON.parse(head.correlationKeysJson)) insert.run(head.instanceId, key)
  }
}

function purgeOne(sql: Sql, counts: Counts, instanceId: string): boolean {
  const head = headOf(sql, instanceId)
  const number = numberOf(sql, instanceId)
  if (head === null || number === null || head.status < FIRST_FINISHED) return false
  removeKeys(sql, instanceId, head.correlationKeysJson)
  sql('DELETE FROM inbox WHERE instanceId = ?').run(instanceId)
  sql('DELETE FROM log WHERE instance = ?').run(number)
  sql('DELETE FROM snapshots WHERE instance = ?').run(number)
  sql('DELETE FROM instances WHERE id = ?').run(number)
  sql('DELETE FROM names WHERE id = ?').run(number)
  counts.change(head.definition, head.version, head.status, -1)
  return true
}

function removeKeys(sql: Sql, instanceId: string, correlationKeysJson: string): void {
  if (correlationKeysJson === '[]') return
  const remove = sql(`DELETE FROM correlation WHERE instance = ${NUMBER} AND key = ?2`)
  for (const key of JSON.parse(correlationKeysJson)) remove.run(instanceId, key)
}

type Head = Omit<ReturnType<typeof headOfRow>, 'instanceId'>

function headOf(sql: Sql, instanceId: string): Head | null {
  const head = sql(
    `SELECT definition, version, status, turn, correlationKeysJson FROM instances WHERE id = ${NUMBER}`,
  ).get(instanceId)
  return (head ?? null) as Head | null
}

function numbered(text: (n: number, column: string) => string): string {
  return ROW_COLUMNS.split(', ')
    .map((column, i) => text(i + 1, column))
    .join(', ')
}
