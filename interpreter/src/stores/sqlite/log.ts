import type { Snapshot, Turn } from '../store.ts'
import type { Column, Sql } from './driver.ts'

const TURN_COLUMNS = 'instanceId, turn, executionId, firstSeq, count, at, eventsJson'
export const TURN_WIDTH = 7

const APPEND = `INSERT INTO log (${TURN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`

export function logCalls(sql: Sql) {
  return {
    readTurns: (instanceId: string, afterTurn: number, limit: number) =>
      sql(`SELECT ${TURN_COLUMNS} FROM log WHERE instanceId = ? AND turn > ? ORDER BY turn LIMIT ?`).all(
        instanceId,
        afterTurn,
        limit,
      ) as Turn[],

    readEvents(instanceId: string, executionId: string, afterSeq: number, limit: number): Turn[] {
      const from = turnOfSeq(sql, instanceId, executionId, afterSeq + 1)
      return sql(
        `SELECT ${TURN_COLUMNS} FROM log
         WHERE instanceId = ? AND turn >= ? AND executionId = ? AND firstSeq + count > ? ORDER BY turn LIMIT ?`,
      ).all(instanceId, from, executionId, afterSeq + 1, limit) as Turn[]
    },

    dropTurns: (instanceId: string, throughTurn: number) => {
      sql('DELETE FROM log WHERE instanceId = ? AND turn <= ?').run(instanceId, throughTurn)
    },

    putSnapshot: (snapshot: Snapshot) => {
      sql('INSERT OR REPLACE INTO snapshots (instanceId, executionId, turn, stateJson) VALUES (?, ?, ?, ?)').run(
        snapshot.instanceId,
        snapshot.executionId,
        snapshot.turn,
        snapshot.stateJson,
      )
    },

    getSnapshot: (instanceId: string) =>
      (sql('SELECT instanceId, executionId, turn, stateJson FROM snapshots WHERE instanceId = ?').get(instanceId) ??
        null) as Snapshot | null,
  }
}

/** won, or that the very same turn is there already, or that another is. */
export type Append = 'won' | 'own' | 'lost'

export function appendTurn(sql: Sql, turn: readonly Column[]): Append {
  if (Number(sql(APPEND).run(...turn).changes) === 1) return 'won'
  const there = sql(
    `SELECT 1 FROM log WHERE instanceId = ? AND turn = ? AND executionId = ? AND firstSeq = ? AND count = ? AND at = ?
     AND eventsJson = ?`,
  ).get(...turn)
  return there === undefined ? 'lost' : 'own'
}

/**
 * The turn from which to read on, without walking through the turns before it: events are numbered on from turn to turn,
 * so the turn is found by halving.
 */
function turnOfSeq(sql: Sql, instanceId: string, executionId: string, seq: number): number {
  const bounds = sql('SELECT min(turn) AS low, max(turn) AS high FROM log WHERE instanceId = ?').get(instanceId) as {
    low: number | null
    high: number | null
  }
  let low = bounds.low ?? 0
  let high = bounds.high ?? 0
  const probe = sql('SELECT executionId, firstSeq + count AS after FROM log WHERE instanceId = ? AND turn = ?')
  const newest = probe.get(instanceId, high) as { executionId: string } | undefined
  // Only the current execution is known to reach up to the last turn; an older one is read from its beginning.
  if (newest?.executionId !== executionId) return low
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const turn = probe.get(instanceId, middle) as { executionId: string; after: number } | undefined
    if (turn === undefined || turn.executionId !== executionId || turn.after <= seq) low = middle + 1
    else high = middle
  }
  return low
}
