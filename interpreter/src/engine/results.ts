// Who waits for the end of an instance. Resolved from the commit itself, never by polling what this process runs.
import type { Failure, Json } from '@durable-canvas/schema'
import type { State } from '../core/index.ts'
import type { InstanceRow, InstanceStatus } from '../stores/store.ts'
import { InstanceFailed } from './engine-types.ts'

/** Told instead of an output: the instance is not in this engine's memory any more, its end must be looked for elsewhere. */
export const moved = Symbol('moved')

interface Waiter {
  readonly resolve: (output: Json | typeof moved) => void
  readonly reject: (error: unknown) => void
}

export class Results {
  private readonly waiters = new Map<string, Waiter[]>()

  get waitingIds(): IterableIterator<string> {
    return this.waiters.keys()
  }

  wait(instanceId: string): Promise<Json | typeof moved> {
    return new Promise((resolve, reject) => {
      const waiting = this.waiters.get(instanceId)
      if (waiting) waiting.push({ resolve, reject })
      else this.waiters.set(instanceId, [{ resolve, reject }])
    })
  }

  settle(state: Pick<State, 'instanceId' | 'status' | 'output' | 'failure'>): void {
    const waiting = this.take(state.instanceId)
    for (const { resolve, reject } of waiting) {
      const end = endOf(state.instanceId, state.status, state.output, state.failure)
      if (end instanceof InstanceFailed) reject(end)
      else resolve(end.output)
    }
  }

  move(instanceId: string): void {
    for (const { resolve } of this.take(instanceId)) resolve(moved)
  }

  reject(instanceId: string, error: unknown): void {
    for (const { reject } of this.take(instanceId)) reject(error)
  }

  private take(instanceId: string): readonly Waiter[] {
    const waiting = this.waiters.get(instanceId)
    if (!waiting) return []
    this.waiters.delete(instanceId)
    return waiting
  }
}

export function endOf(
  instanceId: string,
  status: InstanceStatus,
  output: Json,
  failure: Failure | null,
): { readonly output: Json } | InstanceFailed {
  if (status === 'Completed') return { output }
  return new InstanceFailed(instanceId, status, failure ?? { type: status, message: status.toLowerCase() })
}

export const isFinishedRow = (row: InstanceRow): boolean =>
  row.status === 'Completed' || row.status === 'Failed' || row.status === 'Terminated'
