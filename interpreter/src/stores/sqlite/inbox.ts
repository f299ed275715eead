import type { InboxMessage, Page } from '../store.ts'
import { STATUSES } from './columns.ts'
import type { Column, Sql } from './driver.ts'

const MESSAGE_COLUMNS = 'id, instanceId, kind, payloadJson, at'
export const MESSAGE_WIDTH = 5
const FAILED = STATUSES.indexOf('Failed')

export function pushMessage(columns: unknown[], message: InboxMessage): void {
  columns.push(message.id, message.instanceId, message.kind, message.payloadJson, message.at)
}

export function inboxCalls(sql: Sql) {
  return {
    putMessage: (message: readonly Column[]) => insertMessage(sql, message),

    readMessages: (instanceId: string, limit: number) =>
      sql(`SELECT ${MESSAGE_COLUMNS} FROM inbox WHERE instanceId = ? ORDER BY number LIMIT ?`).all(
        instanceId,
        limit,
      ) as InboxMessage[],

    pendingMessages(engineId: string, limit: number, afterNumber: number): Page<InboxMessage> {
      const found = sql(
        `SELECT inbox.id, inbox.instanceId, kind, payloadJson, at, number
         FROM inbox LEFT JOIN names USING (instanceId) LEFT JOIN instances ON instances.id = names.id
         WHERE number > ? AND (owner IS NULL OR owner = ?) AND NOT (kind = 'event' AND status IS ${FAILED}) ORDER BY number LIMIT ?`,
      ).all(afterNumber, engineId, limit) as (InboxMessage & { readonly number: number })[]
      const items = found.map(({ number: _, ...message }) => message)
      return { items, next: found.length < limit ? null : String(found.at(-1)?.number) }
    },

    readdress: (id: string, from: string, to: string) =>
      Number(sql('UPDATE inbox SET instanceId = ? WHERE id = ? AND instanceId = ?').run(to, id, from).changes) === 1,

    removeMessages: (ids: readonly string[]) => removeMessages(sql, ids),
  }
}

/** False: one of that id is there. */
export function insertMessage(sql: Sql, message: readonly Column[]): boolean {
  const insert = sql(`INSERT INTO inbox (${MESSAGE_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
  return Number(insert.run(...message).changes) === 1
}

export function removeMessages(sql: Sql, ids: readonly string[]): void {
  const remove = sql('DELETE FROM inbox WHERE id = ?')
  for (const id of ids) remove.run(id)
}
