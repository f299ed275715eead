// The world outside: people and programs that start instances, send them events, suspend and resume them, and insist until they
// get an answer. What they were promised goes into the ledger.
import type { Json } from '@durable-canvas/schema'
import { type Engine, EngineError, InstanceFailed } from '../../engine/engine-types.ts'
import type { InstanceStatus } from '../../stores/store.ts'
import type { Draw } from '../random-definition.ts'
import { eventNames } from '../random-definition.ts'
import { Violation } from './history-check.ts'
import type { Ledger } from './ledger.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { Trace } from './trace.ts'
import type { Workload } from './workload.ts'

export interface ClientsOptions {
  readonly scheduler: Scheduler
  readonly draw: Draw
  readonly trace: Trace
  readonly ledger: Ledger
  readonly workload: Workload
  /** How long the run goes on before it is left to come to rest. */
  readonly duration: number
  readonly processes: () => readonly SimulatedProcess[]
}

interface PendingCall {
  readonly what: string
  readonly process: SimulatedProcess
  readonly since: number
}

export class Clients {
  /** Calls that no answer has come to. */
  readonly pending = new Set<PendingCall>()
  /** Instances whose end somebody waits for. */
  readonly awaited = new Set<string>()
  private readonly options: ClientsOptions
  private operations = 0

  constructor(options: ClientsOptions) {
    this.options = options
  }

  begin(): void {
    const { draw, workload } = this.options
    void this.start('other', 'receiver', null)
    for (let index = 0; index < 2 + draw.below(4); index += 1) {
      const id = `i${index}`
      switch (draw.below(9)) {
        case 0:
        case 1:
          void this.count(id, 2 + draw.below(4))
          break
        case 2:
          void this.start(id, 'family', { n: 1 + draw.below(2) })
          break
        case 3:
          void this.start(id, 'saga', null)
          break
        case 4:
          void this.start(id, 'timers', null)
          break
        case 5:
          void this.start(id, 'order', { key: id })
          void this.start(`${id}-courier`, 'courier', { key: id })
          break
        default:
          void this.startRandom(id, draw.pick(workload.randomNames))
      }
      if (draw.chance(0.3)) void this.interrupt(id)
    }
  }

  private async startRandom(id: string, definition: string): Promise<void> {
    const { draw } = this.options
    void this.start(id, definition, { n: draw.below(4) })
    for (let index = 0; index < draw.below(6); index += 1) {
      await this.sometime()
      void this.raise(id, draw.pick(eventNames), index, `m-${index}`)
    }
  }

  private async count(id: string, events: number): Promise<void> {
    void this.start(id, 'counter', { total: 0, left: events })
    for (let index = 0; index < events; index += 1) {
      await this.sometime()
      void this.raise(id, 'add', { n: 10 ** index }, `add-${index}`)
    }
  }

  private async interrupt(id: string): Promise<void> {
    const { draw } = this.options
    for (let count = 0; count < 1 + draw.below(2); count += 1) {
      await this.sometime()
      await this.operate(id, 'suspend')
      if (draw.chance(0.1)) await this.operate(id, 'terminate')
      await this.sometime()
      await this.operate(id, 'resume')
    }
  }

  private sometime(): Promise<void> {
    const { scheduler, draw, duration } = this.options
    return scheduler.sleep(draw.below(duration / 3))
  }

  /** Once, with whatever comes of it. */
  async operate(id: string, what: 'suspend' | 'resume' | 'terminate' | 'rewind'): Promise<void> {
    this.operations += 1
    const reason = `${what}-${this.operations}`
    await this.ask(`${what} ${id}`, (engine) => engine[what](id, { reason })).catch((error: unknown) =>
      this.mustBe(error, ['UnknownInstance', 'StatusForbids']),
    )
  }

  private async start(id: string, definition: string, input: Json): Promise<void> {
    const { ledger, scheduler, draw } = this.options
    await this.sometime()
    for (;;) {
      try {
        await this.ask(`start ${id}`, async (engine) => {
          const instance = await engine.start(definition, { instanceId: id, input, ifExists: 'return' })
          ledger.started(id)
          return instance
        })
        break
      } catch (error) {
        this.mustBe(error, [])
        await scheduler.sleep(draw.below(3_000))
      }
    }
    while ((await this.awaitResult(id)) === 'Failed' && draw.chance(0.5)) {
      if (draw.chance(0.5)) await this.sometime()
      await this.operate(id, 'rewind')
    }
  }

  private async awaitResult(id: string): Promise<InstanceStatus> {
    const { ledger, scheduler, draw } = this.options
    this.awaited.add(id)
    for (;;) {
      try {
        const output = await this.one().call(async (engine) => (await engine.instance(id)).result())
        ledger.result(id, { output })
        this.awaited.delete(id)
        return 'Completed'
      } catch (error) {
        if (error instanceof InstanceFailed) {
          ledger.result(id, { error })
          this.awaited.delete(id)
          return error.status
        }
        this.mustBe(error, ['UnknownInstance'])
        await scheduler.sleep(100 + draw.below(3_000))
      }
    }
  }

  private async raise(id: string, name: string, data: Json, messageId: string): Promise<void> {
    const { ledger, scheduler, draw } = this.options
    for (;;) {
      try {
        await this.ask(`raise ${messageId} ${id}`, (engine) => engine.raiseEvent(id, name, data, { messageId }))
        ledger.eventTaken(id, messageId)
        if (draw.chance(0.9)) return
      } catch (error) {
        if (error instanceof EngineError && error.code === 'InstanceFinished') return
        this.mustBe(error, ['UnknownInstance'])
      }
      await scheduler.sleep(draw.below(3_000))
    }
  }

  /** Anything that the engine refuses for another reason than these, or than trouble with the store, is a mistake of its own. */
  private mustBe(error: unknown, codes: readonly string[]): void {
    if (!(error instanceof EngineError)) return
    if ([...codes, 'StoreUnavailable', 'EngineStopped'].includes(error.code)) return
    this.options.ledger.check(() => {
      throw new Violation(`a call was refused: ${error.code}: ${error.message}`, { cause: error })
    })
  }

  private one(): SimulatedProcess {
    const { processes, draw } = this.options
    return draw.pick(processes())
  }

  private async ask<T>(what: string, work: (engine: Engine) => Promise<T>): Promise<T> {
    const { scheduler, trace } = this.options
    const process = this.one()
    const call: PendingCall = { what, process, since: scheduler.now }
    this.pending.add(call)
    trace.add(scheduler.now, process.name, `is asked: ${what}`)
    try {
      const answer = await process.call(work)
      trace.add(scheduler.now, process.name, `answers: ${what}`)
      return answer
    } catch (error) {
      trace.add(scheduler.now, process.name, `fails: ${what}: ${error instanceof Error ? error.message : error}`)
      throw error
    } finally {
      this.pending.delete(call)
    }
  }
}
