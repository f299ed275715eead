// One engine's process as the simulation has it: it can be paused, its clock can jump, and when it dies nothing that it was
// waiting for comes back to it.
import type { Chance } from '../../engine/chance.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Engine } from '../../engine/engine-types.ts'
import type { Draw } from '../random-definition.ts'
import type { Scheduler } from './scheduler.ts'

/** When a run begins, by every clock that has not jumped. */
export const beginning = Date.UTC(2030, 0, 1)

export class ProcessDied extends Error {
  override readonly name = 'ProcessDied'
}

export class SimulatedProcess {
  readonly name: string
  readonly clock: Clock
  readonly chance: Chance
  engine: Engine | null = null
  isDead = false
  /** It was stopped in order: what comes back to it changes nothing any more. */
  isStopped = false
  /** How far its clock is ahead, in ms. */
  skew = 0
  private readonly scheduler: Scheduler
  private isPaused = false
  private waiting: (() => void)[] = []
  private readonly onDeath = new Set<(error: Error) => void>()

  constructor(name: string, scheduler: Scheduler, draw: Draw) {
    this.name = name
    this.scheduler = scheduler
    this.clock = {
      now: () => Math.floor(beginning + scheduler.now + this.skew),
      elapsed: () => scheduler.now,
      after: (ms, run) => this.after(ms, run),
    }
    this.chance = {
      id: (bytes) => Array.from({ length: bytes }, () => (256 + draw.below(256)).toString(16).slice(1)).join(''),
      draw: () => draw.below(1_000_000) / 1_000_000,
    }
  }

  get isAwake(): boolean {
    return !this.isDead && !this.isPaused
  }

  /** At once, or when the pause is over; never, if it dies before. */
  whenAwake(run: () => void): void {
    if (this.isDead) return
    if (this.isPaused) this.waiting.push(run)
    else run()
  }

  after(ms: number, run: () => void): () => void {
    let isCancelled = false
    const cancel = this.scheduler.after(ms, () =>
      this.whenAwake(() => {
        if (!isCancelled) run()
      }),
    )
    return () => {
      isCancelled = true
      cancel()
    }
  }

  pause(ms: number): void {
    if (!this.isAwake) return
    this.isPaused = true
    this.scheduler.after(ms, () => this.wake())
  }

  wake(): void {
    if (!this.isPaused) return
    this.isPaused = false
    const { waiting } = this
    this.waiting = []
    for (const run of waiting) this.after(0, run)
  }

  die(): void {
    if (this.isDead) return
    this.isDead = true
    this.waiting = []
    for (const tell of this.onDeath) tell(new ProcessDied(`${this.name} died`))
    this.onDeath.clear()
  }

  /** A call from outside: fails when the process dies. */
  call<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const { engine } = this
      if (this.isDead || !engine) return reject(new ProcessDied(`${this.name} does not answer`))
      this.onDeath.add(reject)
      const settle = () => this.onDeath.delete(reject)
      this.whenAwake(() => {
        work(engine).then(resolve, reject).finally(settle)
      })
    })
  }
}
