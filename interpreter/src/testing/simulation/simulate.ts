// One run of the simulation: the real engines, a simulated server, clocks and activities, and a world that asks things of them,
// all moved by one seed. Faults go on for a while; then they end, and everything must come to rest.
import { defineActivity } from '../../engine/activities/define-activity.ts'
import { createEngine } from '../../engine/engine.ts'
import type { Activity } from '../../engine/engine-types.ts'
import { drawOf, errorTypes } from '../random-definition.ts'
import { Clients } from './clients.ts'
import { drawFaults, type Faults, noFaults } from './faults.ts'
import { Violation } from './history-check.ts'
import { Ledger } from './ledger.ts'
import { Scheduler } from './scheduler.ts'
import { SimulatedProcess } from './simulated-process.ts'
import { SimulatedServer } from './simulated-server.ts'
import { simulatedStore } from './simulated-store.ts'
import { Trace } from './trace.ts'
import { Workload } from './workload.ts'

export interface Outcome {
  readonly seed: string
  /** Null: all promises were kept. */
  readonly violation: Violation | null
  readonly faults: Faults
  readonly digest: string
  readonly trace: Trace
  readonly steps: number
  readonly turns: number
  readonly finished: number
}

const leaseMs = 10_000
/** How long it may take to come to rest once nothing goes wrong any more, in virtual ms. */
const restMs = 300_000
/** Steps after which a run is taken to be going round in circles. */
const mostSteps = 400_000

let workload: Workload | null = null

export async function simulate(seed: string, change: Partial<Faults> = {}): Promise<Outcome> {
  workload ??= new Workload(40)
  return new Run(seed, workload, change).run()
}

class Run {
  private readonly seed: string
  private readonly workload: Workload
  private readonly drawn: Faults
  private faults: Faults
  private readonly scheduler: Scheduler
  private readonly trace = new Trace()
  private readonly server: SimulatedServer
  private readonly ledger: Ledger
  private readonly clients: Clients
  private readonly draw
  private processes: SimulatedProcess[] = []
  private processCount = 0
  private bursts = 0
  private opening = 0

  constructor(seed: string, workload: Workload, change: Partial<Faults>) {
    this.seed = seed
    this.workload = workload
    this.draw = drawOf(`${seed}/world`)
    this.drawn = { ...drawFaults(drawOf(`${seed}/faults`)), ...change }
    this.faults = this.drawn
    const scheduler = new Scheduler(drawOf(`${seed}/order`))
    this.scheduler = scheduler
    this.ledger = new Ledger(workload.programs, () => scheduler.now)
    this.server = new SimulatedServer({
      scheduler,
      draw: drawOf(`${seed}/server`),
      watch: {
        won: (turn) => this.ledger.won(turn),
        dropped: (id, throughTurn) => this.ledger.dropped(id, throughTurn),
      },
      hasFollower: this.drawn.staleRead > 0,
      latency: () => this.latency(),
      signalLost: () => this.faults.signalLost,
    })
    this.server.truth.hasLeases = this.drawn.hasLeases
    for (const definition of workload.stored) this.server.truth.putDefinition(definition)
    this.clients = new Clients({
      scheduler,
      draw: drawOf(`${seed}/clients`),
      trace: this.trace,
      ledger: this.ledger,
      workload,
      duration: this.drawn.duration,
      processes: () => this.processes,
    })
  }

  async run(): Promise<Outcome> {
    const { drawn, scheduler } = this
    const unhandled = (error: unknown) => this.fail('a rejection that nobody handles', error)
    process.on('unhandledRejection', unhandled)
    try {
      for (let index = 0; index < drawn.engines; index += 1) this.open()
      this.clients.begin()
      this.repeat(drawn.crashEvery, () => this.crash(this.draw.pick(this.processes)))
      this.repeat(drawn.pauseEvery, () => this.pause())
      this.repeat(drawn.jumpEvery, () => this.jump())
      this.repeat(drawn.burstEvery, () => this.burst())
      this.repeat(drawn.stopEvery, () => this.stopOne(this.draw.pick(this.processes)))
      await this.until(drawn.duration)
      this.endFaults()
      await this.rest()
      this.settle()
    } finally {
      // Whatever still waits would go on holding memory.
      for (const one of this.processes) one.die()
      process.off('unhandledRejection', unhandled)
    }
    const instances = [...this.ledger.instances.values()]
    return {
      seed: this.seed,
      violation: this.ledger.violation,
      faults: drawn,
      digest: this.trace.digest,
      trace: this.trace,
      steps: scheduler.steps,
      turns: instances.reduce((sum, { turns }) => sum + turns.length, 0),
      finished: instances.filter(({ state }) => state.completedAt !== null).length,
    }
  }

  private fail(what: string, cause: unknown): void {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    this.ledger.check(() => {
      throw new Violation(`${what}: ${text}`, { cause })
    })
  }

  private until(at: number): Promise<void> {
    return this.scheduler.run(at, () => this.ledger.violation !== null || this.scheduler.steps > mostSteps)
  }

  private latency(): number {
    const { latency } = this.faults
    return this.draw.chance(0.02) ? this.draw.below(latency * 20) : 1 + this.draw.below(latency)
  }

  /** A new process; on a store of its own it finds all that the one before held free. */
  private open(): void {
    this.processCount += 1
    const name = `engine-${this.processCount}`
    const { scheduler, server, trace, draw } = this
    const one = new SimulatedProcess(name, scheduler, drawOf(`${this.seed}/${name}`))
    const replaced = this.processes.findIndex(({ isDead, isStopped }) => isDead || isStopped)
    if (replaced < 0) this.processes.push(one)
    else this.processes[replaced] = one
    if (this.faults.isExclusive) server.change((db) => db.free(() => true))
    const store = simulatedStore({
      process: one,
      server,
      scheduler,
      draw,
      trace,
      faults: () => this.faults,
      isBurst: () => this.bursts > 0,
      latency: () => this.latency(),
      crash: (process) => this.crash(process),
    })
    trace.add(scheduler.now, name, 'begins')
    createEngine({
      store,
      activities: this.activities(one),
      leaseMs,
      engineId: name,
      clock: one.clock,
      chance: one.chance,
      compiled: this.workload.compiled,
      snapshotEvery: this.drawn.snapshotEvery,
      log: (level, message, fields) =>
        trace.add(scheduler.now, name, `${level}: ${message} ${JSON.stringify(fields ?? {}, withoutStack)}`),
    }).then(
      (engine) => {
        one.engine = engine
      },
      // It could not reach the store; whoever keeps processes running starts another.
      () => this.crash(one),
    )
  }

  private activities(one: SimulatedProcess): Activity[] {
    const { draw, ledger, trace } = this
    const run = ({
      idempotencyKey,
      instanceId,
      attempt,
    }: {
      idempotencyKey: string
      instanceId: string
      attempt: number
    }) => {
      trace.add(this.scheduler.now, one.name, `runs ${idempotencyKey} #${attempt}`)
      ledger.attempt(idempotencyKey, instanceId, attempt)
      const takes = draw.chance(0.05) ? draw.below(30_000) : draw.below(draw.pick([1, 50, 2_000]))
      const fails = draw.chance(0.25)
      return new Promise((resolve, reject) => {
        one.after(takes, () => {
          if (!fails) return resolve({ by: one.name, at: this.scheduler.now })
          const error = new Error('as drawn')
          error.name = draw.pick(errorTypes)
          reject(error)
        })
      })
    }
    return ['A', 'B', 'Undo'].map((name) => defineActivity({ name }, run))
  }

  private repeat(every: number, what: () => void): void {
    if (every === 0) return
    this.scheduler.after(this.draw.below(2 * every), () => {
      if (this.faults !== this.drawn) return
      what()
      this.repeat(every, what)
    })
  }

  private crash(one: SimulatedProcess): void {
    if (one.isDead) return
    this.trace.add(this.scheduler.now, one.name, 'dies')
    one.die()
    this.replaceSoon()
  }

  private replaceSoon(): void {
    this.opening += 1
    this.scheduler.after(this.draw.below(this.faults === this.drawn ? 15_000 : 1_000), () => {
      this.opening -= 1
      this.open()
    })
  }

  private stopOne(one: SimulatedProcess): void {
    const { engine } = one
    if (!engine || !one.isAwake || one.isStopped) return
    this.trace.add(this.scheduler.now, one.name, 'is stopped')
    const gone = () => {
      if (one.isDead) return
      one.isStopped = true
      this.trace.add(this.scheduler.now, one.name, 'has stopped')
      one.die()
      this.replaceSoon()
    }
    one.call((engine) => engine.stop()).then(gone, gone)
  }

  private pause(): void {
    const one = this.draw.pick(this.processes)
    const ms = this.draw.below(3 * leaseMs)
    this.trace.add(this.scheduler.now, one.name, `pauses for ${ms}`)
    one.pause(ms)
  }

  private jump(): void {
    const one = this.draw.pick(this.processes)
    one.skew = this.draw.chance(0.3) ? 0 : this.draw.below(1_200_000) - 600_000
    this.trace.add(this.scheduler.now, one.name, `is ${one.skew} ms ahead`)
  }

  private burst(): void {
    const ms = this.draw.below(6_000)
    this.trace.add(this.scheduler.now, 'server', `hardly answers for ${ms}`)
    this.bursts += 1
    this.scheduler.after(ms, () => {
      this.bursts -= 1
    })
  }

  private endFaults(): void {
    const { isExclusive, hasLeases, engines, duration } = this.drawn
    this.trace.add(this.scheduler.now, 'server', 'nothing goes wrong from now on')
    this.faults = { ...noFaults, isExclusive, hasLeases, engines, duration }
    this.bursts = Number.NEGATIVE_INFINITY
    for (const one of this.processes) {
      one.skew = 0
      one.wake()
    }
  }

  private async rest(): Promise<void> {
    const end = this.scheduler.now + restMs
    while (this.scheduler.now < end && !this.ledger.violation && this.scheduler.steps < mostSteps) {
      await this.until(this.scheduler.now + 3_000)
      for (const { instanceId, state } of this.ledger.instances.values())
        if (state.status === 'Suspended') void this.clients.operate(instanceId, 'resume')
      if (this.ledger.isQuiet() && !this.isSomethingAsked()) break
    }
    // Rows follow, those who wait are told, leftovers are cleared away.
    await this.until(this.scheduler.now + 100_000)
  }

  /** An operation that was taken while nobody could be reached may still be on its way to the instance. */
  private isSomethingAsked(): boolean {
    return [...this.server.truth.inbox.values()].some(({ kind }) => kind === 'operation')
  }

  private settle(): void {
    const { ledger, clients, scheduler } = this
    ledger.check(() => {
      if (scheduler.steps > mostSteps) throw new Violation(`no rest after ${scheduler.steps} steps`)
    })
    ledger.settle(this.server.truth)
    ledger.check(() => {
      for (const { what, process, since } of clients.pending)
        if (!process.isDead && since < scheduler.now - 60_000)
          throw new Violation(`no answer to: ${what} (asked ${process.name} at ${since})`)
      for (const id of clients.awaited) {
        const instance = ledger.instances.get(id)
        if (instance?.state.completedAt && instance.changedAt < scheduler.now - 60_000)
          throw new Violation(`${id}: has ended, but who waits for its result was not told`)
      }
    })
  }
}

/** Where an error was thrown tells of this build of the code, and of what the compiler did to it meanwhile: not of the run. */
const withoutStack = (_field: string, value: unknown): unknown =>
  typeof value === 'string' ? value.split('\n    at ', 1)[0] : value
