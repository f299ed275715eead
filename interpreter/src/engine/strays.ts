// Instances that the store counts as this engine's although it does not hold them: a claim took effect and its answer was lost,
// or a row that was written late gave an instance back to who had lost it. As long as this engine lives nobody else would look
// at them. So after every such call that failed it goes through what is open and takes up what it owns.
import type { InstanceRow, Page, WorkflowStore } from '../stores/store.ts'
import type { Clock } from './clock.ts'
import type { EngineLog } from './engine-types.ts'

export interface StraysOptions {
  readonly engineId: string
  readonly store: WorkflowStore
  readonly clock: Clock
  readonly log: EngineLog
  readonly isHeld: (instanceId: string) => boolean
  readonly takeUp: (instanceId: string) => void
}

/** Soon for the usual case; once more for a write that was long on its way. */
const soonMs = 5_000
const onceMoreMs = 60_000
const page = 500

export class Strays {
  private readonly options: StraysOptions
  private readonly scheduled = new Set<number>()
  private isStopped = false

  constructor(options: StraysOptions) {
    this.options = options
  }

  /** A call that may have made this engine an owner has failed. */
  suspect(): void {
    this.lookIn(soonMs)
    this.lookIn(onceMoreMs)
  }

  stop(): void {
    this.isStopped = true
  }

  private lookIn(ms: number): void {
    if (this.scheduled.has(ms)) return
    this.scheduled.add(ms)
    this.options.clock.after(ms, () => {
      this.scheduled.delete(ms)
      if (this.isStopped) return
      this.look().catch((error: unknown) => {
        this.options.log('warn', 'could not look for instances that got lost', { error: String(error) })
        this.lookIn(soonMs)
      })
    })
  }

  private async look(): Promise<void> {
    const { store, engineId, isHeld, takeUp } = this.options
    let cursor: string | null = null
    do {
      const rows: Page<InstanceRow> = await store.listInstances(
        { statuses: ['Pending', 'Running', 'Suspended'] },
        { limit: page, cursor },
      )
      for (const { owner, instanceId } of rows.items) if (owner === engineId && !isHeld(instanceId)) takeUp(instanceId)
      cursor = rows.next
    } while (cursor !== null && !this.isStopped)
  }
}
