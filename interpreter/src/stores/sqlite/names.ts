// Every instance that has a log has a number, by which the log knows it.
import type { Sql } from './driver.ts'

/** In a statement whose first parameter is the instance's id: its number. */
export const NUMBER = '(SELECT id FROM names WHERE instanceId = ?1)'

const MOST_REMEMBERED = 100_000

/** The numbers that the writer has met, since each turn of an instance asks for the same one. */
export interface Names {
  get(instanceId: string): number | null
  getOrAdd(instanceId: string): number
  remove(instanceId: string): void
  /** After a transaction was rolled back: what it added is not there. */
  forget(): void
}

export function namesOf(sql: Sql): Names {
  const remembered = new Map<string, number>()

  const remember = (instanceId: string, number: number): number => {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(instanceId, number)
    return number
  }

  const get = (instanceId: string): number | null => {
    const known = remembered.get(instanceId)
    if (known !== undefined) return known
    const name = sql('SELECT id FROM names WHERE instanceId = ?').get(instanceId) as { id: number } | undefined
    return name === undefined ? null : remember(instanceId, name.id)
  }

  return {
    get,
    getOrAdd(instanceId) {
      const known = get(instanceId)
      if (known !== null) return known
      const { lastInsertRowid } = sql('INSERT INTO names (instanceId) VALUES (?)').run(instanceId)
      return remember(instanceId, Number(lastInsertRowid))
    },
    remove(instanceId) {
      remembered.delete(instanceId)
      sql('DELETE FROM names WHERE instanceId = ?').run(instanceId)
    },
    forget: () => remembered.clear(),
  }
}
