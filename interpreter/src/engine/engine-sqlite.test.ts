import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from '../stores/sqlite/index.ts'
import { describeEngine } from './engine.contract.ts'

describeEngine('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'durable-canvas-engine-'))
  return {
    open: () => sqliteStore({ file: join(folder, 'engine.db') }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
})
