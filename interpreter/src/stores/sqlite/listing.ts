// Lists are read newest first by an index that starts with the status: once per status asked for, each no further than
// the page is long, then merged. So a list of the five failed among a million completed reads five rows.
import type { InstanceRow } from '../store.ts'
import { ROW_COLUMNS, rowFromStored, STATUSES } from './columns.ts'
import type { Column, Sql } from './driver.ts'

export interface ListQuery {
  readonly definition: string | null
  readonly version: number | null
  readonly statuses: readonly number[] | null
  readonly idPrefix: string | null
  readonly createdFrom: number | null
  readonly createdTo: number | null
  readonly parentId: string | null
  /** Only what comes after this one. */
  readonly after: { readonly createdAt: number; readonly instanceId: string } | null
  readonly limit: number
}

/** Up to this many ids with the asked prefix are sorted; more are found often enough on the way through the list. */
const FEW_IDS = 2_000
const LAST_CHARACTER = '\u{10ffff}'
const NEWEST_FIRST = 'ORDER BY createdAt DESC, instances.instanceId DESC LIMIT'

interface Conditions {
  readonly sql: string
  readonly values: readonly Column[]
}

export function listInstances(sql: Sql, query: ListQuery): InstanceRow[] {
  const conditions = conditionsOf(query)
  const keys = hasFewIds(sql, query.idPrefix)
    ? keysByPrefix(sql, query, conditions)
    : keysByStatus(sql, query, conditions)
  const whole = sql(`SELECT ${ROW_COLUMNS} FROM instances WHERE id = ?`)
  return keys.map((key) => rowFromStored(whole.get(key)))
}

function keysByStatus(sql: Sql, query: ListQuery, { sql: where, values }: Conditions): number[] {
  const statuses = query.statuses ?? STATUSES.map((_, status) => status)
  if (statuses.length === 0) return []
  const index =
    query.parentId !== null
      ? 'instances_by_parent'
      : query.definition !== null
        ? 'instances_by_definition'
        : 'instances_by_status'
  const branch = `SELECT * FROM (SELECT id, createdAt, instanceId FROM instances INDEXED BY ${index}
                  WHERE status = ? ${where} ${NEWEST_FIRST} ?)`
  const text = `SELECT id FROM (${statuses.map(() => branch).join(' UNION ALL ')}) AS instances ${NEWEST_FIRST} ?`
  const parameters = statuses.flatMap((status) => [status, ...values, query.limit])
  return keysOf(sql(text).all(...parameters, query.limit))
}

function keysByPrefix(sql: Sql, query: ListQuery, { sql: where, values }: Conditions): number[] {
  const prefix = query.idPrefix ?? ''
  const statuses = query.statuses
  const among = statuses === null ? '' : `AND status IN (${statuses.map(() => '?').join(', ')})`
  // CROSS JOIN keeps the order of the two: the few names first.
  const text = `SELECT instances.id AS id FROM names CROSS JOIN instances USING (id)
                WHERE names.instanceId >= ? AND names.instanceId <= ? ${among} ${where} ${NEWEST_FIRST} ?`
  return keysOf(sql(text).all(prefix, prefix + LAST_CHARACTER, ...(statuses ?? []), ...values, query.limit))
}

function hasFewIds(sql: Sql, prefix: string | null): boolean {
  if (prefix === null || prefix === '') return false
  const counted = sql(
    `SELECT count(*) AS ids FROM (SELECT 1 FROM names WHERE instanceId >= ? AND instanceId <= ? LIMIT ${FEW_IDS + 1})`,
  ).get(prefix, prefix + LAST_CHARACTER) as { ids: number }
  return counted.ids <= FEW_IDS
}

function conditionsOf(query: ListQuery): Conditions {
  const texts: string[] = []
  const values: Column[] = []
  const add = (text: string, ...more: Column[]) => {
    texts.push(`AND ${text}`)
    values.push(...more)
  }
  if (query.definition !== null) add('definition = ?', query.definition)
  if (query.version !== null) add('version = ?', query.version)
  if (query.parentId !== null) add('parentId = ?', query.parentId)
  if (query.createdFrom !== null) add('createdAt >= ?', query.createdFrom)
  if (query.createdTo !== null) add('createdAt < ?', query.createdTo)
  if (query.idPrefix !== null) add('substr(instances.instanceId, 1, length(?)) = ?', query.idPrefix, query.idPrefix)
  if (query.after !== null)
    add('(createdAt, instances.instanceId) < (?, ?)', query.after.createdAt, query.after.instanceId)
  return { sql: texts.join(' '), values }
}

function keysOf(rows: unknown[]): number[] {
  return (rows as { id: number }[]).map((row) => row.id)
}
