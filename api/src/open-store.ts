// The one place where the server names concrete stores.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkflowStore } from '@durable-canvas/interpreter'
import type { Config } from './config.ts'

/** Only the store that is used is loaded. */
export async function openStore(config: Config): Promise<WorkflowStore> {
  if (config.mongodbUri !== null) {
    const { mongoStore } = await import('@durable-canvas/interpreter/mongo')
    return mongoStore({ uri: config.mongodbUri })
  }
  const { sqliteStore } = await import('@durable-canvas/interpreter/sqlite')
  await mkdir(config.dataDir, { recursive: true })
  return sqliteStore({ file: join(config.dataDir, 'durable-canvas.db') })
}
