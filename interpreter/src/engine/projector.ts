// Writes the rows that lists and claims read, after the log and off the hot path: many changes of an instance become one row.
// The end of an instance is shown soon; what happens on the way may wait a little, so that a short instance costs two rows.
import type { InstanceRow, WorkflowStore } from '../stores/store.ts'
import type { Clock } from './clock.ts'
import type { EngineLog } from './engine-types.ts'

export interface Projected {
  readonly instanceId: string
  /** It is at its end, or leaves memory. */
  readonly isUrgent: boolean
  /** Given up: its row is somebody else's to write. */
  readonly isClosed: boolean
  /** Calls back as soon as the row tells of nothing but what is durable; with false if it is given up before. */
  whenDurable(tell: (isDurable: boolean) => void): void
  row(): InstanceRow
  /** The row is durable. */
  projected(row: InstanceRow): void
}

const urgentAfterMs = 40
const othersAfterMs = 300

interface Mark {
  readonly subject: Projected
  /** When it is to be written at the latest. */
  readonly by: number
}

export class Projector {
  private readonly store: WorkflowStore
  private readonly clock: Clock
  private readonly log: EngineLog
  private readonly onFailure: () => void
  private marks = new Map<string, Mark>()
  private writing: Promise<void> | null = null
  private wakeAt = Number.POSITIVE_INFINITY
  private cancelWake = () => {}

  constructor(store: WorkflowStore, clock: Clock, log: EngineLog, onFailure: () => void) {
    this.store = store
    this.clock = clock
    this.log = log
    this.onFailure = onFailure
  }

  mark(subject: Projected): void {
    const now = this.clock.elapsed()
    const by = now + (subject.isUrgent ? urgentAfterMs : othersAfterMs)
    const known = this.marks.get(subject.instanceId)
    if (known?.subject === subject && known.by <= by) return
    this.marks.set(subject.instanceId, { subject, by })
    this.wake(by, now)
  }

  forget(subject: Projected): void {
    if (this.marks.get(subject.instanceId)?.subject === subject) this.marks.delete(subject.instanceId)
  }

  /** Resolves once all that was marked before the call is durable, or could not be written (it is tried again later). */
  async flush(): Promise<void> {
    if (this.writing) await this.writing
    await this.write(Number.POSITIVE_INFINITY)
  }

  private wake(at: number, now: number): void {
    if (at >= this.wakeAt) return
    this.cancelWake()
    this.wakeAt = at
    this.cancelWake = this.clock.after(at - now, () => {
      this.wakeAt = Number.POSITIVE_INFINITY
      void this.writeDue()
    })
  }

  private async writeDue(): Promise<void> {
    if (this.writing) await this.writing
    await this.write(this.clock.elapsed())
    let next = Number.POSITIVE_INFINITY
    for (const { by } of this.marks.values()) next = Math.min(next, by)
    if (next < this.wakeAt) this.wake(next, this.clock.elapsed())
  }

  private async write(dueBy: number): Promise<void> {
    const subjects: Projected[] = []
    for (const [id, { subject, by }] of this.marks) {
      if (by > dueBy) continue
      this.marks.delete(id)
      subjects.push(subject)
    }
    if (subjects.length === 0) return
    const written = this.put(subjects).finally(() => {
      if (this.writing === written) this.writing = null
    })
    this.writing = written
    await written
  }

  private async put(subjects: readonly Projected[]): Promise<void> {
    const found = await Promise.all(subjects.map(durableRowOf))
    const rows = found.filter((pair) => pair !== null)
    if (rows.length === 0) return
    try {
      await this.store.project(rows.map(([, row]) => row))
    } catch (error) {
      // The log is the truth; the rows follow as soon as the store answers again.
      this.log('warn', 'the projection could not be written; it is tried again', { error: String(error) })
      this.onFailure()
      const now = this.clock.elapsed()
      const by = now + 1_000
      for (const [subject] of rows)
        if (!subject.isClosed && !this.marks.has(subject.instanceId))
          this.marks.set(subject.instanceId, { subject, by })
      this.wake(by, now)
      return
    }
    for (const [subject, row] of rows) subject.projected(row)
  }
}

/** Made in the very moment in which it is durable: a moment later the next turn may be under way. */
function durableRowOf(subject: Projected): Promise<readonly [Projected, InstanceRow] | null> {
  return new Promise((resolve) =>
    subject.whenDurable((isDurable) => resolve(isDurable ? [subject, subject.row()] : null)),
  )
}
