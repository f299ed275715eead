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
    ...patience,
    ...extra,
  },
})

export default defineConfig({
  test: {
    // Half of the tests wait for a database or a process: as many files at a time as there are cores.
    maxWorkers: '100%',
    projects: [
      node('schema'),
      node('interpreter', { globalSetup: ['src/testing/mongo-global-setup.ts'] }),
      node('api'),
      {
        resolve: { conditions: ['@durable-canvas/source', 'module', 'browser', 'development|production'] },
        test: {
          name: 'designer',
          root: 'designer',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          environment: 'happy-dom',
          ...patience,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['interpreter/src/core/**', 'designer/src/drawing/**'],
      reporter: ['text-summary'],
    },
  },
})
