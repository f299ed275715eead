import type { Sql } from './driver.ts'

/** In a statement whose first parameter is the instance's id: its number. */
export const NUMBER = '(SELECT id FROM names WHERE instanceId = ?1)'

export function numberOf(sql: Sql, instanceId: string): number | null {
  const name = sql('SELECT id FROM names WHERE instanceId = ?').get(instanceId) as { id: number } | undefined
  return name?.id ?? null
}

/** Gives the instance a number unless it has one. */
export function addName(sql: Sql, instanceId: string): boolean {
  return Number(sql('INSERT INTO names (instanceId) VALUES (?) ON CONFLICT DO NOTHING').run(instanceId).changes) === 1
}
