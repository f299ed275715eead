import type { NewDefinition, StoredDefinition } from '../store.ts'
import type { Sql } from './driver.ts'

const COLUMNS = 'name, version, hash, title, definitionJson, layoutJson, comment, deployedAt'

export function definitionCalls(sql: Sql) {
  return {
    putDefinition(definition: NewDefinition): { version: number; created: boolean } {
      const latest = latestOf(sql, definition.name)
      if (latest !== null && latest.hash === definition.hash) return { version: latest.version, created: false }
      const version = (latest?.version ?? 0) + 1
      const { name, hash, title, definitionJson, layoutJson, comment, deployedAt } = definition
      sql(`INSERT INTO definitions (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`).run(
        name,
        version,
        hash,
        title,
        definitionJson,
        layoutJson,
        comment,
        deployedAt,
      )
      return { version, created: true }
    },

    getDefinition: (name: string, version: number | null) =>
      version === null
        ? latestOf(sql, name)
        : ((sql(`SELECT ${COLUMNS} FROM definitions WHERE name = ? AND version = ?`).get(name, version) ??
            null) as StoredDefinition | null),

    /** By name, after a name. Versions have no gaps, so the latest tells how many there are. */
    listDefinitions: (after: string | null, limit: number) =>
      sql(
        `SELECT ${COLUMNS}, version AS versions FROM definitions AS one WHERE ${after === null ? '?1 IS NULL' : 'name > ?1'}
         AND version = (SELECT max(version) FROM definitions WHERE name = one.name) ORDER BY name LIMIT ?2`,
      ).all(after, limit) as (StoredDefinition & { versions: number })[],

    listVersions: (name: string, before: number | null, limit: number) =>
      sql(
        `SELECT ${COLUMNS} FROM definitions WHERE name = ?1 AND ${before === null ? '?2 IS NULL' : 'version < ?2'}
         ORDER BY version DESC LIMIT ?3`,
      ).all(name, before, limit) as StoredDefinition[],
  }
}

function latestOf(sql: Sql, name: string): StoredDefinition | null {
  const latest = sql(`SELECT ${COLUMNS} FROM definitions WHERE name = ? ORDER BY version DESC LIMIT 1`).get(name)
  return (latest ?? null) as StoredDefinition | null
}
