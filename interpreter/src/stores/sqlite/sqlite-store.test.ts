import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeStore } from '../store.contract.ts'
import { sqliteStore } from './index.ts'

describeStore('a SQLite file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-store-'))
  const file = join(folder, 'made', 'store.db')
  let store = await sqliteStore({ file })
  return {
    store,
    async reopen() {
      await store.close()
      store = await sqliteStore({ file })
      return store
    },
    async dispose() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
})

describeStore('SQLite in memory', async () => {
  const store = await sqliteStore({ file: ':memory:' })
  return { store, dispose: () => store.close() }
})
