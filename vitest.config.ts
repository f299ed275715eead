import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const conditions = ['@durable-canvas/source', 'module', 'node', 'development|production']

/** A loaded machine waits for its disk. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

const node = (name: string, extra: Record<string, unknown> = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name,
    root: name,
    include: ['src/**/*.test.ts', 'samples/**/*.test.ts'],
    environment: 'node',
    // Loading the modules anew for each file took half of the time. A test file leaves nothing behind but what it has read.
    isolate: false,
    ...patience,
    ...extra,
  },
})

const bundledWorker = fileURLToPath(new URL('interpreter/src/testing/bundled-sqlite-worker.ts', import.meta.url))

export default defineConfig({
  test: {
    // Half of the tests wait for a database or a process: as many files at a time as there are cores.
    maxWorkers: '100%',
    projects: [
      node('schema'),
      node('interpreter', { globalSetup: ['src/testing/mongo-global-setup.ts', bundledWorker] }),
      node('api', { globalSetup: [bundledWorker] }),
      {
        ...node('designer', { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] }),
        // For those that ask for a page by `@vitest-environment happy-dom`.
        resolve: { conditions: ['@durable-canvas/source', 'module', 'browser', 'development|production'] },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['interpreter/src/core/**', 'designer/src/drawing/**'],
      reporter: ['text-summary'],
    },
  },
})
