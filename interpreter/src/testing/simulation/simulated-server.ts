// The database server of a run: the truth, and a follower that lags behind it, from which stale reads are answered.
import type { CommitOutcome, InboxMessage, StoreSignal, Turn } from '../../stores/store.ts'
import { MemoryDatabase } from '../memory-database.ts'
import type { Draw } from '../random-definition.ts'
import type { Scheduler } from './scheduler.ts'
import { beginning, type SimulatedProcess } from './simulated-process.ts'

type Change = (database: MemoryDatabase, now: number) => unknown

export interface Watch {
  /** The store told that this turn is won. */
  readonly won: (turn: Turn) => void
  readonly dropped: (instanceId: string, throughTurn: number) => void
}

interface Subscriber {
  readonly process: SimulatedProcess
  readonly listener: (signal: StoreSignal) => void
}

export interface ServerOptions {
  readonly scheduler: Scheduler
  readonly draw: Draw
  readonly watch: Watch
  readonly hasFollower: boolean
  readonly latency: () => number
  /** Probability, asked anew each time. */
  readonly signalLost: () => number
}

export class SimulatedServer {
  readonly truth = new MemoryDatabase()
  readonly subscribers = new Set<Subscriber>()
  private readonly writers = new Map<string, SimulatedProcess>()
  private readonly follower = new MemoryDatabase()
  private behind: { readonly at: number; readonly change: Change }[] = []
  private readonly options: ServerOptions

  constructor(options: ServerOptions) {
    this.options = options
  }

  get now(): number {
    return Math.floor(beginning + this.options.scheduler.now)
  }

  change<T>(change: (database: MemoryDatabase, now: number) => T): T {
    const { now } = this
    if (this.options.hasFollower) this.behind.push({ at: now, change })
    return change(this.truth, now)
  }

  /** A store knows its own writing: the same turn by somebody else has lost, whatever it says. */
  append(turn: Turn, writer: SimulatedProcess): CommitOutcome {
    const key = `${turn.instanceId}:${turn.turn}`
    const isThere = this.truth.readTurns(turn.instanceId, turn.turn - 1, 1)[0]?.turn === turn.turn
    if (isThere && this.writers.get(key) !== writer) return 'lost'
    const outcome = this.change((db) => db.append(turn))
    if (outcome !== 'won') return outcome
    this.writers.set(key, writer)
    this.options.watch.won(turn)
    return outcome
  }

  dropTurns(instanceId: string, throughTurn: number): void {
    this.change((db) => db.dropTurns(instanceId, throughTurn))
    this.options.watch.dropped(instanceId, throughTurn)
  }

  /** As it was up to so many milliseconds ago. */
  stale(lag: number): MemoryDatabase {
    const until = this.now - lag
    const caughtUp = this.behind.findIndex(({ at }) => at > until)
    for (const { change, at } of this.behind.splice(0, caughtUp < 0 ? this.behind.length : caughtUp))
      change(this.follower, at)
    return this.follower
  }

  /** Hints to those who listen; others than the writer's own may never come. */
  tell(message: InboxMessage, writer: SimulatedProcess): void {
    const { scheduler, draw, latency, signalLost } = this.options
    for (const { process, listener } of this.subscribers) {
      if (process !== writer && draw.chance(signalLost())) continue
      scheduler.after(latency(), () => process.whenAwake(() => listener({ type: 'message', message })))
    }
  }
}
