// Takes finished instances out of the store with all that belongs to them, and tells who wants to know.
import { isFinished } from '../core/index.ts'
import type { InstanceFilter, InstanceRow, Page, WorkflowStore } from '../stores/store.ts'
import type { PurgedInstance } from './engine-types.ts'
import type { Instances } from './instances.ts'

type Listener = (purged: readonly PurgedInstance[]) => void

const atOnce = 500

export class Purging {
  private readonly store: WorkflowStore
  private readonly instances: Instances
  private readonly listeners = new Set<Listener>()

  constructor(store: WorkflowStore, instances: Instances) {
    this.store = store
    this.instances = instances
  }

  add(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Those of the filter that are over; how many went. */
  async matching(filter: InstanceFilter): Promise<number> {
    const over = (['Completed', 'Failed', 'Terminated'] as const).filter(
      (status) => filter.statuses?.includes(status) ?? true,
    )
    if (over.length === 0) return 0
    await this.instances.projector.flush()
    let purged = 0
    let cursor: string | null = null
    do {
      const page: Page<InstanceRow> = await this.store.listInstances(
        { ...filter, statuses: over },
        { limit: atOnce, cursor },
      )
      if (page.items.length > 0) purged += await this.these(page.items)
      cursor = page.next
    } while (cursor !== null)
    return purged
  }

  /** Finished ones; how many of them were still there. */
  async these(rows: readonly PurgedInstance[]): Promise<number> {
    const ids = rows.map(({ instanceId }) => instanceId)
    await this.settle(ids)
    const count = await this.store.purge(ids)
    if (count === 0 || this.listeners.size === 0) return count
    const gone = count === rows.length ? rows : await this.missingAmong(rows)
    const told = gone.map(({ instanceId, definition }) => ({ instanceId, definition }))
    for (const listener of this.listeners) listener(told)
    return count
  }

  /** One that was begun anew meanwhile is still there. */
  private async missingAmong(rows: readonly PurgedInstance[]): Promise<readonly PurgedInstance[]> {
    const found = await Promise.all(rows.map(({ instanceId }) => this.store.getInstance(instanceId)))
    return rows.filter((_, index) => found[index] === null)
  }

  /** Rows of finished instances that are still in memory are written first. */
  private async settle(instanceIds: readonly string[]): Promise<void> {
    if (instanceIds.some((id) => this.instances.inMemory(id))) await this.instances.projector.flush()
    for (const id of instanceIds) {
      const runner = this.instances.inMemory(id)
      if (runner && isFinished(runner.state)) this.instances.settled(runner)
    }
  }
}
