// Who holds what. Only one process can have the file open, so leases live in this worker's memory: when it ends, they end.
import type { InstanceRow } from '../store.ts'
import { ROW_COLUMNS, rowFromStored } from './columns.ts'
import type { Sql } from './driver.ts'
import { NUMBER } from './names.ts'
import { FIRST_FINISHED } from './schema.ts'

const UNFINISHED = `status < ${FIRST_FINISHED}`
const FREE_AND_DUE = `owner IS NULL AND dueAt IS NOT NULL AND ${UNFINISHED}`

export function ownershipCalls(sql: Sql) {
  const leases = new Map<string, number>()
  const isLive = (engineId: string, now: number) => (leases.get(engineId) ?? 0) > now

  return {
    renewLease(engineId: string, leaseMs: number): boolean {
      const now = Date.now()
      const until = leases.get(engineId)
      const hadRunOut = until !== undefined && until <= now
      if (hadRunOut) freeAll(sql, 'owner = ?', engineId)
      leases.set(engineId, now + leaseMs)
      return !hadRunOut
    },

    releaseLease(engineId: string): void {
      freeAll(sql, 'owner = ?', engineId)
      leases.delete(engineId)
    },

    claimDue(engineId: string, limit: number): InstanceRow[] {
      const now = Date.now()
      for (const owner of ownersOf(sql)) {
        if (owner !== engineId && !isLive(owner, now)) freeAll(sql, 'owner = ?', owner)
      }
      const due = sql(
        `SELECT ${ROW_COLUMNS} FROM instances WHERE ${FREE_AND_DUE} AND dueAt <= ? ORDER BY dueAt LIMIT ?`,
      )
      return due.all(now, limit).map((row) => take(sql, engineId, rowFromStored(row)))
    },

    claim(engineId: string, instanceId: string): InstanceRow | null {
      const stored = sql(`SELECT ${ROW_COLUMNS} FROM instances WHERE id = ${NUMBER} AND ${UNFINISHED}`).get(instanceId)
      if (stored === undefined) return null
      const row = rowFromStored(stored)
      if (row.owner === engineId) return row
      if (row.owner !== null && isLive(row.owner, Date.now())) return null
      return take(sql, engineId, row)
    },

    nextDue(): number | null {
      const first = sql(`SELECT min(dueAt) AS dueAt FROM instances WHERE ${FREE_AND_DUE}`).get()
      return (first as { dueAt: number | null }).dueAt
    },
  }
}

/** A row that was owned may lag behind its log, so somebody must look at it at once: it is due since ever. */
export function freeAll(sql: Sql, which: 'owner = ?' | 'owner IS NOT NULL', ...parameters: string[]): void {
  sql(`UPDATE instances SET owner = NULL, dueAt = 0 WHERE ${which}`).run(...parameters)
}

function take(sql: Sql, engineId: string, row: InstanceRow): InstanceRow {
  sql(`UPDATE instances SET owner = ?2 WHERE id = ${NUMBER}`).run(row.instanceId, engineId)
  return { ...row, owner: engineId }
}

/** Jumps from owner to owner through the index: there are few owners of many rows. */
function ownersOf(sql: Sql): string[] {
  const next = sql('SELECT min(owner) AS owner FROM instances WHERE owner > ?')
  const owners: string[] = []
  for (;;) {
    const { owner } = next.get(owners.at(-1) ?? '') as { owner: string | null }
    if (owner === null) return owners
    owners.push(owner)
  }
}
