// The instances that this engine holds in memory, and the way to one: what is not here is claimed from the store and read back.
import type { HistoryEvent } from '@durable-canvas/schema'
import { isFinished, type State, semantics } from '../core/index.ts'
import type { InboxMessage, InstanceRow, Snapshot, Turn, WorkflowStore } from '../stores/store.ts'
import type { Worker } from './activities/worker.ts'
import { Alarms } from './alarms.ts'
import { stopForSemantics } from './changed-semantics.ts'
import type { Clock } from './clock.ts'
import type { Definitions } from './definitions.ts'
import { Doubts } from './doubts.ts'
import type { EngineLog } from './engine-types.ts'
import { Forgetting, Knowledge } from './forgetting.ts'
import { Projector } from './projector.ts'
import { type Recovered, recover } from './recovery.ts'
import { isFinishedRow } from './results.ts'
import { type Envelope, InstanceRunner, type RunnerHost } from './runner.ts'
import { Strays } from './strays.ts'
import { rowOf } from './view.ts'

export interface InstancesOptions {
  readonly engineId: string
  readonly store: WorkflowStore
  readonly clock: Clock
  readonly worker: Worker
  readonly definitions: Definitions
  readonly log: EngineLog
  /** Events from one snapshot to the next. */
  readonly snapshotEvery: number
  /** A turn is durable. */
  readonly onCommitted: (runner: InstanceRunner, events: readonly HistoryEvent[]) => void
  /** Messages to others that are durable now. */
  readonly onDelivered: (messages: readonly InboxMessage[]) => void
  /** Messages for an instance that this engine does not hold any more. */
  readonly reroute: (instanceId: string, envelopes: readonly Envelope[]) => void
  /** Nobody holds an instance that is due then. */
  readonly onReleased: (dueAt: number) => void
  /** An instance has left memory. */
  readonly onLeft: (instanceId: string) => void
}

/** The id was taken already. */
export class StartLost extends Error {
  override readonly name = 'StartLost'
}

export type Found =
  | { readonly runner: InstanceRunner }
  /** Finished, held by another engine, or (null) unknown. */
  | { readonly row: InstanceRow | null }

/** How long an instance that only waits stays in memory. */
const idleMs = 60_000
const sweepEveryMs = 10_000
const retryAfterMs = 500
const longestRetryMs = 60_000
const recheckedAtOnce = 50
const doubtMs = 5_000

export class Instances implements RunnerHost {
  readonly engineId: string
  readonly store: WorkflowStore
  readonly clock: Clock
  readonly worker: Worker
  readonly alarms: Alarms
  readonly projector: Projector
  readonly strays: Strays
  readonly snapshotEvery: number
  /** Of messages on the way. */
  readonly doubts: Doubts
  private readonly forgetting: Forgetting
  private readonly options: InstancesOptions
  private readonly runners = new Map<string, InstanceRunner>()
  private readonly loading = new Map<string, Promise<Found>>()
  private cancelSweep = () => {}
  private isStopped = false

  constructor(options: InstancesOptions) {
    this.options = options
    this.engineId = options.engineId
    this.snapshotEvery = options.snapshotEvery
    this.store = options.store
    this.clock = options.clock
    this.worker = options.worker
    this.doubts = new Doubts(options.clock)
    this.alarms = new Alarms(options.clock, (instanceId, task) => this.runners.get(instanceId)?.ring(task))
    const { engineId, store, clock, log } = options
    this.strays = new Strays({
      engineId,
      store,
      clock,
      log,
      isHeld: (id) => this.runners.has(id) || this.loading.has(id),
      takeUp: (id) => void this.find(id).catch(() => undefined),
    })
    this.projector = new Projector(options.store, options.clock, options.log, () => this.strays.suspect())
    this.forgetting = new Forgetting(options.store, options.clock, options.log)
    this.scheduleSweep()
  }

  get size(): number {
    return this.runners.size
  }

  inMemory(instanceId: string): InstanceRunner | undefined {
    return this.runners.get(instanceId)
  }

  add(runner: InstanceRunner): void {
    this.runners.set(runner.instanceId, runner)
  }

  remove(runner: InstanceRunner): void {
    if (this.runners.get(runner.instanceId) !== runner) return
    this.runners.delete(runner.instanceId)
    this.options.onLeft(runner.instanceId)
  }

  /** The instance in memory, claimed and read back if need be. */
  async find(instanceId: string): Promise<Found> {
    const runner = this.runners.get(instanceId)
    if (runner) return { runner }
    return this.load(instanceId, () => this.store.claim(this.engineId, instanceId))
  }

  /** Takes up an instance that was claimed. */
  async takeUp(row: InstanceRow): Promise<void> {
    if (!this.runners.has(row.instanceId)) await this.load(row.instanceId, async () => row)
  }

  /** A failed instance, which nobody holds, for a rewind. */
  async findFinished(instanceId: string): Promise<Found> {
    const runner = this.runners.get(instanceId)
    if (runner) return { runner }
    const row = await this.store.getInstance(instanceId)
    if (!row || !isFinishedRow(row)) return { row }
    return this.load(instanceId, async () => row)
  }

  /** Whoever wrote the first turn died before the row: it is made from the log, for anybody to claim. Null: no log either. */
  async repairRow(instanceId: string): Promise<InstanceRow | null> {
    const recovered = await recover(this.store, this.options.definitions, {
      instanceId,
      executionId: '',
      turn: 0,
      baseTurn: 0,
    })
    if (!recovered) return null
    const { state, turn, baseTurn, undelivered } = recovered
    await this.deliver(undelivered)
    await this.store.project([rowOf(state, { turn, baseTurn, owner: null })])
    return this.store.getInstance(instanceId)
  }

  /** What the log says, which may be ahead of the row. */
  async stateOf(row: InstanceRow): Promise<State> {
    return (await this.readBack(row)).state
  }

  /** Throws where the store answers from before the row, as a member that has lost its place may do for a while. */
  private async readBack(row: InstanceRow): Promise<Recovered> {
    const recovered = await recover(this.store, this.options.definitions, row)
    if (recovered && recovered.turn >= row.turn) return recovered
    throw new Error(`the log of ${row.instanceId} was read as it had been before turn ${row.turn}`)
  }

  private load(
    instanceId: string,
    claim: () => Promise<InstanceRow | null>,
    againAfterMs = retryAfterMs,
  ): Promise<Found> {
    const under = this.loading.get(instanceId)
    if (under) return under
    const found = this.read(instanceId, claim).finally(() => this.loading.delete(instanceId))
    this.loading.set(instanceId, found)
    found.catch(() => {
      this.loadLater(instanceId, againAfterMs)
      this.strays.suspect()
    })
    return found
  }

  /** It may be this engine's by now, though no answer said so; then nobody else would ever look at it. */
  private loadLater(instanceId: string, afterMs: number): void {
    this.clock.after(afterMs, () => {
      if (this.isStopped || this.runners.has(instanceId)) return
      const claim = () => this.store.claim(this.engineId, instanceId)
      this.load(instanceId, claim, Math.min(2 * afterMs, longestRetryMs)).catch(() => undefined)
    })
  }

  private async read(instanceId: string, claim: () => Promise<InstanceRow | null>): Promise<Found> {
    const row = await claim()
    if (!row) return { row: await this.store.getInstance(instanceId) }
    const knowledge = new Knowledge(this.clock)
    const recovered = await this.readBack(row)
    if (recovered.state.semantics > semantics)
      throw new Error(
        `${instanceId} was written by a newer version of the language (semantics ${recovered.state.semantics})`,
      )
    const stop = await stopForSemantics(this.store, this.options.definitions, recovered.state)
    if (recovered.undelivered.length > 0) await this.deliver(recovered.undelivered)
    const runner = new InstanceRunner(this, instanceId, recovered.program, { ...recovered, knowledge })
    if (this.isStopped) return { row }
    this.runners.set(instanceId, runner)
    this.projector.mark(runner)
    if (stop) runner.post({ message: stop })
    if (runner.state.continued) runner.renew()
    else if (!isFinished(runner.state)) runner.takeUp()
    return { runner }
  }

  private async deliver(messages: readonly InboxMessage[]): Promise<void> {
    for (const message of messages) await this.store.putMessage(message)
    this.options.onDelivered(messages)
  }

  committed(runner: InstanceRunner, events: readonly HistoryEvent[], delivered: readonly InboxMessage[]): void {
    this.options.onCommitted(runner, events)
    if (delivered.length > 0) this.options.onDelivered(delivered)
    if (runner.state.continued) queueMicrotask(() => runner.renew())
  }

  renewed({ instanceId }: InstanceRunner, throughTurn: number): void {
    this.forgetting.later(instanceId, throughTurn)
  }

  lost(runner: InstanceRunner, batch: readonly Envelope[]): void {
    this.options.log('info', 'another engine holds the instance now', { instanceId: runner.instanceId })
    this.giveUp(runner, batch)
  }

  /** Its memory is thrown away and read back; what it had been told is told again, unless it turns out to have taken effect. */
  uncertain(runner: InstanceRunner, batch: readonly Envelope[], error: unknown, turn?: Turn): void {
    this.options.log('error', 'a turn failed; the instance is read back from its log', {
      instanceId: runner.instanceId,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    // Its row may still come to be, with this engine as the owner.
    this.strays.suspect()
    const [asked, told] = partition(batch, (envelope) => envelope.failed !== undefined)
    for (const envelope of asked) envelope.failed?.(error)
    const rest = runner.close('the instance is read back')
    this.remove(runner)
    this.tellAgain(runner.instanceId, told, rest, turn)
  }

  private tellAgain(instanceId: string, told: readonly Envelope[], rest: readonly Envelope[], turn?: Turn): void {
    this.clock.after(retryAfterMs, () => {
      this.isDurable(turn).then(
        (isDurable) => this.options.reroute(instanceId, isDurable ? rest : [...told, ...rest]),
        () => {
          if (this.isStopped) this.options.reroute(instanceId, rest)
          else this.tellAgain(instanceId, told, rest, turn)
        },
      )
    })
  }

  private async isDurable(turn: Turn | undefined): Promise<boolean> {
    if (!turn) return false
    const [there] = await this.store.readTurns(turn.instanceId, { afterTurn: turn.turn - 1, limit: 1 })
    return there?.turn === turn.turn && there.at === turn.at && there.eventsJson === turn.eventsJson
  }

  private giveUp(runner: InstanceRunner, batch: readonly Envelope[]): void {
    const rest = runner.close('another engine holds the instance')
    this.remove(runner)
    const [starts, others] = partition([...batch, ...rest], (envelope) => envelope.message.type === 'start')
    for (const start of starts) start.failed?.(new StartLost())
    // Answers belong to attempts of this engine; whoever holds the instance now makes its own.
    this.options.reroute(
      runner.instanceId,
      others.filter(({ message }) => !('task' in message) || message.type.startsWith('child')),
    )
  }

  historyIsLong({ instanceId, state }: InstanceRunner): void {
    this.options.log('warn', `the history has ${state.seq} events; use continueAsNew before it reaches its limit`, {
      instanceId,
    })
  }

  useless(runner: InstanceRunner, ids: readonly string[]): void {
    this.dropUseless(runner, ids).catch((error: unknown) =>
      // Not removed, they come again and change nothing again.
      this.options.log('debug', 'messages without effect were not removed', {
        instanceId: runner.instanceId,
        error: String(error),
      }),
    )
  }

  private async dropUseless(runner: InstanceRunner, ids: readonly string[]): Promise<void> {
    if (this.store.exclusive) return this.store.removeMessages(ids)
    const settled = ids.filter((id) => this.doubts.isSettled(id, doubtMs))
    if (settled.length === 0) return
    if (!(await this.isOvertaken(runner))) return this.store.removeMessages(settled)
    if (this.isInDoubt(runner)) this.giveUp(runner, [])
  }

  keepSnapshot(snapshot: Snapshot): void {
    this.store.putSnapshot(snapshot).catch((error: unknown) =>
      this.options.log('warn', 'a snapshot could not be kept', {
        instanceId: snapshot.instanceId,
        error: String(error),
      }),
    )
  }

  /** Leaves memory, unless something has arrived since. */
  settled(runner: InstanceRunner): void {
    if (!runner.isIdle) return
    const { dueAt } = runner.row()
    if (dueAt !== null) this.options.onReleased(dueAt)
    runner.close('the instance is at rest')
    this.remove(runner)
  }

  /** The lease had run out: what others hold now, or have held meanwhile, is given up. */
  async recheck(): Promise<void> {
    const before = [...this.runners.values()]
    for (let at = 0; at < before.length; at += recheckedAtOnce)
      await Promise.all(before.slice(at, at + recheckedAtOnce).map((runner) => this.recheckOne(runner)))
  }

  private async recheckOne(runner: InstanceRunner): Promise<void> {
    if (!this.isInDoubt(runner)) return
    try {
      const row = await this.store.claim(this.engineId, runner.instanceId)
      if (row && !(await this.isOvertaken(runner))) return
    } catch (error) {
      this.options.log('warn', 'whether an instance is still held here is not known', {
        instanceId: runner.instanceId,
        error: String(error),
      })
      this.clock.after(retryAfterMs, () => void this.recheckOne(runner))
      return
    }
    if (this.isInDoubt(runner)) this.giveUp(runner, [])
  }

  /** A turn under way settles by itself who is right. */
  private isInDoubt(runner: InstanceRunner): boolean {
    return !this.isStopped && !runner.isClosed && !runner.isTakingTurn && !isFinished(runner.state)
  }

  /** The log has gone on without it. */
  private async isOvertaken(runner: InstanceRunner): Promise<boolean> {
    const { instanceId, turn } = runner
    const after = await this.store.readTurns(instanceId, { afterTurn: turn, limit: 1 })
    return after.length > 0 && runner.turn === turn
  }

  /** Instances that only wait leave memory; a message or their due time brings them back. */
  private sweep(): void {
    for (const runner of this.runners.values()) if (this.isUnused(runner)) void this.release(runner)
  }

  private isUnused(runner: InstanceRunner): boolean {
    return runner.lastUsedAt <= this.clock.elapsed() - idleMs && runner.isIdle && this.isInDoubt(runner)
  }

  /** Only what memory holds of the latest turn may go into the row: by the row others know when to wake it. */
  private async release(runner: InstanceRunner): Promise<void> {
    try {
      if (await this.isOvertaken(runner)) {
        if (this.isInDoubt(runner)) this.giveUp(runner, [])
        return
      }
    } catch (error) {
      this.options.log('warn', 'an instance at rest stays in memory', {
        instanceId: runner.instanceId,
        error: String(error),
      })
      return
    }
    if (!this.isUnused(runner)) return
    runner.isReleasing = true
    this.projector.mark(runner)
  }

  private scheduleSweep(): void {
    this.cancelSweep = this.clock.after(sweepEveryMs, () => {
      this.sweep()
      if (!this.isStopped) this.scheduleSweep()
    })
  }

  /** Ends turns under way, aborts attempts, writes every row so that another engine can go on at once. */
  async stop(): Promise<void> {
    this.isStopped = true
    this.cancelSweep()
    this.alarms.stop()
    this.forgetting.stop()
    this.strays.stop()
    await Promise.all([...this.loading.values()].map((found) => found.catch(() => undefined)))
    const runners = [...this.runners.values()]
    await Promise.all(runners.map((runner) => runner.quiesce()))
    for (const runner of runners) {
      runner.isReleasing = true
      this.projector.mark(runner)
    }
    await this.projector.flush()
    for (const runner of runners) runner.close('the engine stops')
    this.runners.clear()
  }
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const yes: T[] = []
  const no: T[] = []
  for (const item of items) (test(item) ? yes : no).push(item)
  return [yes, no]
}
