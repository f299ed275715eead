// Which instances this engine holds. Its lease covers all of them; whoever finds a lease that ran out takes what it covered.
// Leases save work, they do not guard the truth: that is the race for the turn.
import type { InstanceRow, WorkflowStore } from '../stores/store.ts'
import type { Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import type { EngineLog } from './engine-types.ts'

export interface OwnershipOptions {
  readonly engineId: string
  readonly store: WorkflowStore
  readonly clock: Clock
  readonly chance: Chance
  readonly log: EngineLog
  readonly leaseMs: number
  /** Takes up a claimed instance. */
  readonly takeUp: (row: InstanceRow) => Promise<void>
  /** Whether a claim took effect is not known. */
  readonly onUncertain: () => void
  /** The lease ran out unnoticed: others may hold what this engine still has in memory. */
  readonly onExpired: () => void
}

const batch = 200
/** How often others' work is looked for where several engines share a store; a safety net behind the signals. */
const lookEveryMs = 1_000
/** The clock may be set forward meanwhile. */
const longestSleepMs = 10_000

export class Ownership {
  private readonly options: OwnershipOptions
  private isStopped = false
  private cancelRenewal = () => {}
  private cancelLook = () => {}
  private looking: Promise<void> | null = null
  private lookAt = Number.POSITIVE_INFINITY
  private problem: string | null = null

  constructor(options: OwnershipOptions) {
    this.options = options
  }

  /** Null, or why this engine cannot be sure of what it holds. */
  get trouble(): string | null {
    return this.problem
  }

  async start(): Promise<void> {
    const { store, engineId, leaseMs } = this.options
    await store.renewLease(engineId, leaseMs)
    this.scheduleRenewal()
    await this.look()
  }

  async stop(): Promise<void> {
    this.isStopped = true
    this.cancelRenewal()
    this.cancelLook()
    await this.looking
    await this.options.store.releaseLease(this.options.engineId)
  }

  /** Claims what is due or orphaned, then sleeps until the next of it is. */
  look(): Promise<void> {
    this.looking ??= this.claimAll()
      .catch((error: unknown) => {
        this.options.log('warn', 'could not look for due instances', { error: String(error) })
        this.options.onUncertain()
      })
      .finally(() => {
        this.looking = null
      })
      .then(() => this.scheduleLook())
    return this.looking
  }

  private async claimAll(): Promise<void> {
    const { store, engineId, takeUp } = this.options
    while (!this.isStopped) {
      const rows = await store.claimDue(engineId, batch)
      await Promise.all(rows.map((row) => takeUp(row)))
      if (rows.length < batch) return
    }
  }

  private async scheduleLook(): Promise<void> {
    if (this.isStopped) return
    const { store, clock, chance } = this.options
    this.cancelLook()
    if (!store.exclusive) {
      this.cancelLook = clock.after(lookEveryMs * (0.75 + chance.draw() / 2), () => void this.look())
      return
    }
    this.lookAt = Number.POSITIVE_INFINITY
    const next = await store.nextDue().catch(() => clock.now() + lookEveryMs)
    this.expect(next ?? Number.MAX_SAFE_INTEGER)
  }

  /** An instance that nobody holds is due then. Where others share the store they are looked for all the time. */
  expect(at: number): void {
    const { store, clock } = this.options
    if (this.isStopped || !store.exclusive || at >= this.lookAt) return
    this.lookAt = at
    this.cancelLook()
    const sleepMs = Math.min(Math.max(5, at - clock.now()), longestSleepMs)
    this.cancelLook = clock.after(sleepMs, () => void this.look())
  }

  private scheduleRenewal(): void {
    if (this.isStopped || this.options.store.exclusive) return
    this.cancelRenewal = this.options.clock.after(this.options.leaseMs / 3, () => void this.renew())
  }

  private async renew(): Promise<void> {
    const { store, engineId, leaseMs, log, onExpired } = this.options
    try {
      const isUnbroken = await store.renewLease(engineId, leaseMs)
      this.problem = null
      if (!isUnbroken) {
        log('warn', 'the lease had run out before it was renewed')
        onExpired()
      }
    } catch (error) {
      this.problem = `the lease could not be renewed: ${error instanceof Error ? error.message : error}`
      log('warn', this.problem)
    }
    this.scheduleRenewal()
  }
}
