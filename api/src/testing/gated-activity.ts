import { type Activity, defineActivity } from '@durable-canvas/interpreter'

/** The activity `gated` runs until the test opens the gate. */
export function gatedActivity(): { readonly activity: Activity; open(): void } {
  let open: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const activity = defineActivity({ name: 'gated' }, async ({ signal }) => {
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    })
    await Promise.race([gate, aborted])
    return 'through'
  })
  return { activity, open: () => open() }
}
