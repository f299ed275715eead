// Writes the rows that lists and claims read, after the log and off the hot path: many changes of an instance become one row.
import type { InstanceRow, WorkflowStore } from '../stores/store.ts'
import type { Clock } from './clock.ts'
import type { EngineLog } from './engine-types.ts'

export interface Projected {
  readonly instanceId: string
  row(): InstanceRow
  /** The row is durable. */
  projected(row: InstanceRow): void
}

const flushAfterMs = 50

export class Projector {
  private readonly store: WorkflowStore
  private readonly clock: Clock
  private readonly log: EngineLog
  private dirty = new Map<string, Projected>()
  private flushing: Promise<void> | null = null
  private isScheduled = false

  constructor(store: WorkflowStore, clock: Clock, log: EngineLog) {
    this.store = store
    this.clock = clock
    this.log = log
  }

  mark(subject: Projected): void {
    this.dirty.set(subject.instanceId, subject)
    if (this.isScheduled) return
    this.isScheduled = true
    this.clock.after(flushAfterMs, () => {
      this.isScheduled = false
      void this.flush()
    })
  }

  forget(subject: Projected): void {
    if (this.dirty.get(subject.instanceId) === subject) this.dirty.delete(subject.instanceId)
  }

  /** Resolves once all that was marked before the call is durable, or could not be written (it is tried again later). */
  async flush(): Promise<void> {
    if (this.flushing) await this.flushing
    if (this.dirty.size === 0) return
    this.flushing ??= this.write().finally(() => {
      this.flushing = null
    })
    await this.flushing
  }

  private async write(): Promise<void> {
    const subjects = this.dirty
    this.dirty = new Map()
    const rows = [...subjects.values()].map((subject) => [subject, subject.row()] as const)
    try {
      await this.store.project(rows.map(([, row]) => row))
    } catch (error) {
      // The log is the truth; the rows follow as soon as the store answers again.
      this.log('warn', 'the projection could not be written; it is tried again', { error: String(error) })
      for (const [subject] of rows) if (!this.dirty.has(subject.instanceId)) this.dirty.set(subject.instanceId, subject)
      this.clock.after(1_000, () => void this.flush())
      return
    }
    for (const [subject, row] of rows) subject.projected(row)
  }
}
