// A commit as flat columns: the turn, whether a row follows and the row, the messages to deliver, the ids consumed.
import type { Commit } from '../store.ts'
import { pushRow, ROW_WIDTH } from './columns.ts'
import type { Counts } from './counts.ts'
import type { Column, Sql } from './driver.ts'
import { insertMessage, MESSAGE_WIDTH, pushMessage, removeMessages } from './inbox.ts'
import { writeRow } from './instances.ts'
import { appendTurn, TURN_WIDTH } from './log.ts'
import type { Names } from './names.ts'

const NOTHING: readonly never[] = []

export function pushCommit(columns: unknown[], { turn, row, deliver = NOTHING, consumed = NOTHING }: Commit): void {
  columns.push(
    turn.instanceId,
    turn.turn,
    turn.executionId,
    turn.firstSeq,
    turn.count,
    turn.at,
    turn.eventsJson,
    row === undefined ? 0 : 1,
    deliver.length,
    consumed.length,
  )
  if (row !== undefined) pushRow(columns, row)
  for (const message of deliver) pushMessage(columns, message)
  for (const id of consumed) columns.push(id)
}

/** Where the commit that begins at `from` ends. */
export function endOfCommit(columns: readonly unknown[], from: number): number {
  const at = from + TURN_WIDTH
  const [rows, delivered, consumed] = [columns[at], columns[at + 1], columns[at + 2]] as [number, number, number]
  return at + 3 + rows * ROW_WIDTH + delivered * MESSAGE_WIDTH + consumed
}

/** Inside a transaction. A turn that was there already, our own or another's, leaves everything as it is. */
export function applyCommit(
  sql: Sql,
  names: Names,
  counts: Counts,
  columns: readonly Column[],
  from: number,
): 'won' | 'lost' {
  const append = appendTurn(sql, names, columns, from)
  if (append !== 'won') return append === 'own' ? 'won' : 'lost'
  let at = from + TURN_WIDTH
  const [rows, delivered, consumed] = [columns[at], columns[at + 1], columns[at + 2]] as [number, number, number]
  at += 3
  if (rows === 1) {
    writeRow(sql, names, counts, columns.slice(at, at + ROW_WIDTH))
    at += ROW_WIDTH
  }
  for (let i = 0; i < delivered; i++, at += MESSAGE_WIDTH) insertMessage(sql, columns.slice(at, at + MESSAGE_WIDTH))
  if (consumed > 0) removeMessages(sql, columns.slice(at, at + consumed) as string[])
  return 'won'
}
