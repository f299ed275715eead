import type { Sql } from './driver.ts'

export function settingCalls(sql: Sql) {
  return {
    getSetting: (name: string) =>
      (sql('SELECT valueJson FROM settings WHERE name = ?').get(name) as { valueJson: string } | undefined)
        ?.valueJson ?? null,

    putSetting: (name: string, valueJson: string) => {
      sql('INSERT OR REPLACE INTO settings (name, valueJson) VALUES (?, ?)').run(name, valueJson)
    },
  }
}
