// The thread of the SQLite store in one plain file, built once for a run of the tests: a thread that has to learn TypeScript
// first takes five times as long to begin, and some hundreds of them are begun.
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))
const folder = `${packageFolder}node_modules/.cache/sqlite-worker-${process.pid}`

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.SQLITE_WORKER_BUNDLE !== undefined) return async () => undefined
  await bundle()
  process.env.SQLITE_WORKER_BUNDLE = `${folder}/sqlite-worker.js`
  project.onTestsRerun(bundle)
  return () => rm(folder, { recursive: true, force: true })
}

async function bundle(): Promise<void> {
  await build({
    root: packageFolder,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: 'src/stores/sqlite/sqlite-worker.ts', outDir: folder, target: 'node20' },
  })
}
