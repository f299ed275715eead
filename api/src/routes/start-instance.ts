// What both calls that start instances share: one with its wait, and the batch.
import type { Engine, Instance, InstanceView, StartOptions } from '@durable-canvas/interpreter'
import type { Json } from '@durable-canvas/schema'
import { ApiError } from '../problem-json.ts'
import { instantOf } from './instance-filter.ts'

export interface StartBody extends Omit<StartOptions, 'input'> {
  readonly definition: string
  readonly input?: Json
}

export interface Started {
  readonly handle: Instance
  readonly view: InstanceView
}

export async function startInstance(engine: Engine, { definition, ...options }: StartBody): Promise<Started> {
  if (options.startAt !== undefined) instantOf('startAt', options.startAt)
  const handle = await engine.start(definition, options)
  return { handle, view: await viewOf(engine, handle.instanceId) }
}

export async function viewOf(engine: Engine, instanceId: string): Promise<InstanceView> {
  const view = await engine.get(instanceId)
  if (!view) throw new ApiError('UnknownInstance', `There is no instance ${instanceId}.`)
  return view
}

export const isFinished = (view: InstanceView): boolean =>
  view.status === 'Completed' || view.status === 'Failed' || view.status === 'Terminated'

/** Waits until the instance is finished, `seconds` are over, or the signal is aborted, whichever comes first. */
export async function waitUntilFinished(
  handle: Instance,
  seconds: number,
  signals: readonly AbortSignal[],
): Promise<void> {
  if (seconds === 0) return
  const ends = new AbortController()
  // How it ended is read from the instance afterwards; here only that it did.
  const finished = handle.result().then(
    () => undefined,
    () => undefined,
  )
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000)
    const stop = () => resolve()
    for (const signal of [...signals, ends.signal]) {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', stop, { once: true, signal: ends.signal })
    }
    ends.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
  await Promise.race([finished, over])
  ends.abort()
}
