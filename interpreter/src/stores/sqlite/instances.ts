import type { InstanceRow } from '../store.ts'
import { headOfRow, ROW_COLUMNS, ROW_WIDTH, rowFromStored } from './columns.ts'
import { type Counts, readCounts } from './counts.ts'
import type { Column, Sql } from './driver.ts'
import { type ListQuery, listInstances } from './listing.ts'
import { type Names, NUMBER } from './names.ts'
import { FIRST_FINISHED } from './schema.ts'

const INSERT = `INSERT INTO instances (id, ${ROW_COLUMNS}) VALUES (?${ROW_WIDTH + 1}, ${numbered((n) => `?${n}`)})`
const UPDATE = `UPDATE instances SET ${numbered((n, column) => `${column} = ?${n}`)} WHERE id = ?${ROW_WIDTH + 1}`

export function instanceCalls(sql: Sql, names: Names, counts: Counts) {
  return {
    /** Rows one after the other, flat. */
    project(rows: readonly Column[]): void {
      for (let i = 0; i < rows.length; i += ROW_WIDTH) writeRow(sql, names, counts, rows.slice(i, i + ROW_WIDTH))
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
      for (const instanceId of instanceIds) if (purgeOne(sql, names, counts, instanceId)) purged++
      return purged
    },
  }
}

/** Applies a row unless a later one is there. An instance without a name has no log, it was purged: its late row stays out. */
export function writeRow(sql: Sql, names: Names, counts: Counts, row: readonly Column[]): void {
  const head = headOfRow(row)
  const number = names.get(head.instanceId)
  if (number === null) return
  const before = headOf(sql, number)
  if (before !== null && head.turn < before.turn) return
  sql(before === null ? INSERT : UPDATE).run(...row, number)
  count(counts, before, head)
  if ((before?.correlationKeysJson ?? '[]') !== head.correlationKeysJson) {
    removeKeys(sql, number, before?.correlationKeysJson ?? '[]')
    const insert = sql('INSERT OR IGNORE INTO correlation (instance, key) VALUES (?, ?)')
    for (const key of JSON.parse(head.correlationKeysJson)) insert.run(number, key)
  }
}

function purgeOne(sql: Sql, names: Names, counts: Counts, instanceId: string): boolean {
  const number = names.get(instanceId)
  const head = number === null ? null : headOf(sql, number)
  if (number === null || head === null || head.status < FIRST_FINISHED) return false
  removeKeys(sql, number, head.correlationKeysJson)
  sql('DELETE FROM inbox WHERE instanceId = ?').run(instanceId)
  sql('DELETE FROM log WHERE instance = ?').run(number)
  sql('DELETE FROM snapshots WHERE instance = ?').run(number)
  sql('DELETE FROM instances WHERE id = ?').run(number)
  names.remove(instanceId)
  count(counts, head, null)
  return true
}

function removeKeys(sql: Sql, number: number, correlationKeysJson: string): void {
  if (correlationKeysJson === '[]') return
  const remove = sql('DELETE FROM correlation WHERE instance = ? AND key = ?')
  for (const key of JSON.parse(correlationKeysJson)) remove.run(number, key)
}

function count(counts: Counts, before: Head | null, after: Head | null): void {
  const isSame =
    before?.status === after?.status && before?.version === after?.version && before?.definition === after?.definition
  if (isSame) return
  if (before !== null) counts.change(before.definition, before.version, before.status, -1)
  if (after !== null) counts.change(after.definition, after.version, after.status, 1)
}

type Head = Omit<ReturnType<typeof headOfRow>, 'instanceId'>

function headOf(sql: Sql, number: number): Head | null {
  const head = sql('SELECT definition, version, status, turn, correlationKeysJson FROM instances WHERE id = ?')
  return (head.get(number) ?? null) as Head | null
}

function numbered(text: (n: number, column: string) => string): string {
  return ROW_COLUMNS.split(', ')
    .map((column, i) => text(i + 1, column))
    .join(', ')
}
