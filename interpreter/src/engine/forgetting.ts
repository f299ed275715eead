// Turns of executions that ended by continue-as-new are forgotten, but not at once: what stands in the log is the fence that a
// late writer runs into, and where it has been taken away the writer would win. So turns are dropped only after a while, and
// whoever wins a turn upon knowledge that is half as old looks whether the log has gone on without it.
import type { WorkflowStore } from '../stores/store.ts'
import type { Clock } from './clock.ts'
import type { EngineLog } from './engine-types.ts'

const dropAfterMs = 60_000
/** Older knowledge of what the last turn is must be checked after a turn was won upon it. */
export const trustedMs = dropAfterMs / 2

interface Drop {
  readonly throughTurn: number
  /** Asked for meanwhile. */
  next: number | null
}

export class Forgetting {
  private readonly store: WorkflowStore
  private readonly clock: Clock
  private readonly log: EngineLog
  private readonly drops = new Map<string, Drop>()
  private isStopped = false

  constructor(store: WorkflowStore, clock: Clock, log: EngineLog) {
    this.store = store
    this.clock = clock
    this.log = log
  }

  /** The execution that begins with the turn after is durable. */
  later(instanceId: string, throughTurn: number): void {
    const scheduled = this.drops.get(instanceId)
    if (scheduled) scheduled.next = throughTurn
    else this.schedule(instanceId, throughTurn)
  }

  stop(): void {
    this.isStopped = true
  }

  private schedule(instanceId: string, throughTurn: number): void {
    const drop: Drop = { throughTurn, next: null }
    this.drops.set(instanceId, drop)
    this.clock.after(dropAfterMs, () => {
      if (this.isStopped) return
      if (drop.next === null) this.drops.delete(instanceId)
      else this.schedule(instanceId, drop.next)
      this.drop(instanceId, throughTurn).catch((error: unknown) =>
        this.log('warn', 'the history before continue-as-new was not dropped', { instanceId, error: String(error) }),
      )
    })
  }

  private async drop(instanceId: string, throughTurn: number): Promise<void> {
    const row = await this.store.getInstance(instanceId)
    // Purged since, and perhaps begun anew: these turns are others now.
    if (row && row.baseTurn >= throughTurn) await this.store.dropTurns(instanceId, throughTurn)
  }
}

/** What this engine knows is the last turn, and since when. */
export class Knowledge {
  private readonly clock: Clock
  private readonly elapsed: number
  private readonly now: number

  constructor(clock: Clock) {
    this.clock = clock
    this.elapsed = clock.elapsed()
    this.now = clock.now()
  }

  /** By the more cautious of two clocks: one jumps, the other may have slept. */
  get isOld(): boolean {
    const { clock, elapsed, now } = this
    return Math.max(clock.elapsed() - elapsed, Math.abs(clock.now() - now)) > trustedMs
  }
}
