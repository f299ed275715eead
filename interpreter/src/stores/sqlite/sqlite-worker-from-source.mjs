// Starts the worker when the store runs from its TypeScript source: Node 20 gives a thread no loader of its own. Tests name
// what they have built of it, since a loader takes longer than all that the thread does for most of them.
// The built package starts sqlite-worker.js directly.
const bundle = process.env.SQLITE_WORKER_BUNDLE
if (bundle !== undefined) await import(bundle)
else {
  const { register } = await import('tsx/esm/api')
  register()
  await import('./sqlite-worker.ts')
}
