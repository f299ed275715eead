import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from '../stores/sqlite/index.ts'
import { describePatterns } from './pattern.contract.ts'

describePatterns('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'durable-canvas-patterns-'))
  return {
    open: () => sqliteStore({ file: join(folder, 'patterns.db') }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
})
