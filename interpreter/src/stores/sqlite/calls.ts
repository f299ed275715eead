// Everything that the worker can be asked for besides a commit, by name.
import type { Counts } from './counts.ts'
import { definitionCalls } from './definitions.ts'
import { draftCalls } from './drafts.ts'
import type { Sql } from './driver.ts'
import { inboxCalls } from './inbox.ts'
import { instanceCalls } from './instances.ts'
import { logCalls } from './log.ts'
import type { Names } from './names.ts'
import { ownershipCalls } from './ownership.ts'
import { settingCalls } from './settings.ts'

export type Calls = ReturnType<typeof callsOf>

export function callsOf(sql: Sql, names: Names, counts: Counts) {
  return {
    ...logCalls(sql),
    ...instanceCalls(sql, names, counts),
    ...ownershipCalls(sql),
    ...inboxCalls(sql),
    ...definitionCalls(sql),
    ...draftCalls(sql),
    ...settingCalls(sql),
    ping: () => {
      sql('SELECT 1').get()
    },
  }
}
