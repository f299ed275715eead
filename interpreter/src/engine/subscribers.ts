import type { InstanceChange } from './engine-types.ts'

type Listener = (change: InstanceChange) => void

/** Who wants to be told of changes: of one instance, or of all. */
export class Subscribers {
  private readonly toAll = new Set<Listener>()
  private readonly toOne = new Map<string, Set<Listener>>()

  add(listener: Listener, instanceId?: string): () => void {
    if (instanceId === undefined) {
      this.toAll.add(listener)
      return () => this.toAll.delete(listener)
    }
    const listeners = this.toOne.get(instanceId) ?? new Set()
    this.toOne.set(instanceId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.toOne.get(instanceId) === listeners) this.toOne.delete(instanceId)
    }
  }

  has(instanceId: string): boolean {
    return this.toAll.size > 0 || this.toOne.has(instanceId)
  }

  tell(change: InstanceChange): void {
    for (const listener of this.toAll) listener(change)
    for (const listener of this.toOne.get(change.instanceId) ?? []) listener(change)
  }
}
