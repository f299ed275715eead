// Starts the worker when the store runs from its TypeScript source: Node 20 gives a thread no loader of its own.
// The built package starts sqlite-worker.js directly.
import { register } from 'tsx/esm/api'

register()
await import('./sqlite-worker.ts')
