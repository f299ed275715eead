import type { Snapshot, Turn } from '../store.ts'
import type { Column, Sql } from './driver.ts'
import { type Names, NUMBER } from './names.ts'

const TURN_COLUMNS = 'turn, executionId, firstSeq, count, at, eventsJson'
const TURNS = `SELECT ?1 AS instanceId, ${TURN_COLUMNS} FROM log WHERE instance = ${NUMBER}`
export const TURN_WIDTH = 7

const APPEND = `INSERT INTO log (instance, ${TURN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`

export function logCalls(sql: Sql) {
  return {
    readTurns: (instanceId: string, afterTurn: number, limit: number) =>
      sql(`${TURNS} AND turn > ?2 ORDER BY turn LIMIT ?3`).all(instanceId, afterTurn, limit) as Turn[],

    readEvents(instanceId: string, executionId: string, afterSeq: number, limit: number): Turn[] {
      const from = turnOfSeq(sql, instanceId, executionId, afterSeq + 1)
      return sql(`${TURNS} AND turn >= ?2 AND executionId = ?3 AND firstSeq + count > ?4 ORDER BY turn LIMIT ?5`).all(
        instanceId,
        from,
        executionId,
        afterSeq + 1,
        limit,
      ) as Turn[]
    },

    dropTurns: (instanceId: string, throughTurn: number) => {
      sql(`DELETE FROM log WHERE instance = ${NUMBER} AND turn > 1 AND turn <= ?2`).run(instanceId, throughTurn)
    },

    putSnapshot: ({ instanceId, executionId, turn, stateJson }: Snapshot) => {
      sql(
        `INSERT OR REPLACE INTO snapshots (instance, executionId, turn, stateJson) SELECT id, ?2, ?3, ?4 FROM names
         WHERE instanceId = ?1`,
      ).run(instanceId, executionId, turn, stateJson)
    },

    getSnapshot: (instanceId: string) =>
      (sql(`SELECT ?1 AS instanceId, executionId, turn, stateJson FROM snapshots WHERE instance = ${NUMBER}`).get(
        instanceId,
      ) ?? null) as Snapshot | null,
  }
}

/** won, or that the very same turn is there already, or that another is. */
export type Append = 'won' | 'own' | 'lost'

export function appendTurn(sql: Sql, names: Names, columns: readonly Column[], from: number): Append {
  const turn = columns.slice(from, from + TURN_WIDTH)
  turn[0] = names.getOrAdd(turn[0] as string)
  if (Number(sql(APPEND).run(...turn).changes) === 1) return 'won'
  const there = sql(
    `SELECT 1 FROM log WHERE instance = ? AND turn = ? AND executionId = ? AND firstSeq = ? AND count = ? AND at = ?
     AND eventsJson = ?`,
  ).get(...turn)
  return there === undefined ? 'lost' : 'own'
}

/**
 * The turn from which to read on, without walking through the turns before it: events are numbered on from turn to turn,
 * so the turn is found by halving.
 */
function turnOfSeq(sql: Sql, instanceId: string, executionId: string, seq: number): number {
  const bounds = sql(`SELECT min(turn) AS low, max(turn) AS high FROM log WHERE instance = ${NUMBER}`).get(
    instanceId,
  ) as { low: number | null; high: number | null }
  let low = bounds.low ?? 0
  let high = bounds.high ?? 0
  const probe = sql(`SELECT executionId, firstSeq + count AS after FROM log WHERE instance = ${NUMBER} AND turn = ?2`)
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
