// What the world outside was told, held against what the histories say.
import type { Json } from '@durable-canvas/schema'
import { isFinished, type Program, replayProgram, sameJson, type Task } from '../../core/index.ts'
import type { InstanceFailed } from '../../engine/engine-types.ts'
import type { Turn } from '../../stores/store.ts'
import type { MemoryDatabase } from '../memory-database.ts'
import { CheckedInstance, Violation } from './history-check.ts'
import { beginning } from './simulated-process.ts'

/** How long after faults have ended something may still be under way, in ms. */
const patience = 90_000

export class Ledger {
  readonly instances = new Map<string, CheckedInstance>()
  /** The first thing that was found wrong. */
  violation: Violation | null = null
  /** Attempts begun, by idempotency key. */
  readonly attempts = new Map<string, number>()
  private readonly programs: ReadonlyMap<string, Program>
  private readonly now: () => number
  private readonly startsAcknowledged = new Set<string>()
  private readonly eventsAcknowledged: { readonly instanceId: string; readonly messageId: string }[] = []

  constructor(programs: ReadonlyMap<string, Program>, now: () => number) {
    this.programs = programs
    this.now = now
  }

  /** Runs a check; what it throws is the run's outcome. */
  check(work: () => void): void {
    if (this.violation) return
    try {
      work()
    } catch (error) {
      this.violation = error instanceof Violation ? error : new Violation(String(error), { cause: error })
    }
  }

  won(turn: Turn): void {
    this.check(() => {
      let instance = this.instances.get(turn.instanceId)
      if (!instance) {
        instance = new CheckedInstance(turn.instanceId, this.programs)
        this.instances.set(turn.instanceId, instance)
      }
      instance.won(turn, this.now())
    })
  }

  dropped(instanceId: string, throughTurn: number): void {
    this.check(() => this.instances.get(instanceId)?.dropped(throughTurn))
  }

  started(instanceId: string): void {
    this.startsAcknowledged.add(instanceId)
    this.check(() => {
      if (!this.instances.has(instanceId))
        throw new Violation(`${instanceId}: the start was acknowledged, but is nowhere`)
    })
  }

  eventTaken(instanceId: string, messageId: string): void {
    this.eventsAcknowledged.push({ instanceId, messageId })
  }

  result(instanceId: string, outcome: { readonly output: Json } | { readonly error: InstanceFailed }): void {
    this.check(() => {
      const instance = this.instances.get(instanceId)
      const status = 'output' in outcome ? 'Completed' : outcome.error.status
      // It may have been rewound since.
      if (!instance?.ends.has(status))
        throw new Violation(`${instanceId}: a result of ${status} was given, but it has not ended so`)
      if ('output' in outcome && !sameJson(outcome.output, instance.state.output))
        throw new Violation(`${instanceId}: the result given is not the one in the history`)
    })
  }

  attempt(idempotencyKey: string, instanceId: string, attempt: number): void {
    this.attempts.set(idempotencyKey, (this.attempts.get(idempotencyKey) ?? 0) + 1)
    this.check(() => {
      if (!this.instances.get(instanceId)?.scheduled.has(`${idempotencyKey}#${attempt}`))
        throw new Violation(`${instanceId}: ${idempotencyKey} ran before it was durable that it is scheduled`)
    })
  }

  /** Nothing but the world outside, or a time that is far, can move any instance. */
  isQuiet(): boolean {
    return [...this.instances.values()].every((instance) => {
      const { state } = instance
      if (state.continued) return false
      if (isFinished(state)) return true
      return state.status !== 'Suspended' && [...state.tasks.values()].every((task) => this.isAtRest(task))
    })
  }

  private isAtRest(task: Task): boolean {
    if (task.dueAt !== null && Date.parse(task.dueAt) < beginning + this.now() + 300_000) return false
    if (task.kind === 'activity') return false
    if (task.kind !== 'subOrchestration') return true
    const child = this.instances.get(task.name)
    return child !== undefined && !isFinished(child.state)
  }

  /** At the end of a run, when nothing has gone wrong for a while. */
  settle(db: MemoryDatabase): void {
    this.check(() => {
      for (const id of this.startsAcknowledged) if (!this.instances.has(id)) throw new Violation(`${id} was lost`)
      for (const instance of this.instances.values()) {
        this.settleHistory(instance, db)
        this.settleProgress(instance, db)
      }
      for (const { instanceId, messageId } of this.eventsAcknowledged) this.settleEvent(instanceId, messageId)
    })
  }

  private settleHistory(instance: CheckedInstance, db: MemoryDatabase): void {
    for (const turn of db.log.get(instance.instanceId) ?? [])
      if (instance.turns[turn.turn - 1]?.eventsJson !== turn.eventsJson) instance.fail(`turn ${turn.turn} has changed`)
    for (const { definition, executionId, events } of instance.executions) {
      const program = this.programs.get(definition)
      const deviation = program && replayProgram(program, events).deviation
      if (deviation) instance.fail(`${executionId} deviates on replay: ${deviation.message}`)
    }
  }

  private settleProgress(instance: CheckedInstance, db: MemoryDatabase): void {
    const { state, instanceId, turns, changedAt } = instance
    const isOrphan = !this.startsAcknowledged.has(instanceId) && !db.rows.has(instanceId) && state.parent === null
    if (isOrphan) return
    if (state.continued && changedAt < this.now() - patience) instance.fail('nothing follows continue-as-new')
    if (!isFinished(state)) {
      if (changedAt > this.now() - patience) return
      if (state.status === 'Suspended') instance.fail('is still suspended')
      for (const task of state.tasks.values()) this.settleTask(instance, task)
    }
    const row = db.rows.get(instanceId)
    if (changedAt < this.now() - patience && (row?.turn !== turns.length || row.status !== state.status))
      instance.fail(`its row tells of turn ${row?.turn} (${row?.status}), its log of ${turns.length} (${state.status})`)
  }

  private settleTask(instance: CheckedInstance, task: Task): void {
    const what = `${task.kind} ${task.path} ${task.name}`
    if (task.kind === 'activity') instance.fail(`nobody works on ${what}`)
    if (task.dueAt !== null && Date.parse(task.dueAt) < beginning + this.now() - patience)
      instance.fail(`nobody looks at ${what}, due at ${task.dueAt}`)
    if (task.kind !== 'subOrchestration') return
    const child = this.instances.get(task.name)
    if (!child) instance.fail(`its child ${task.name} was never started`)
    else if (isFinished(child.state) && !child.state.continued && child.changedAt < this.now() - patience)
      instance.fail(`its child ${task.name} has ended, but it was never told`)
  }

  private settleEvent(instanceId: string, messageId: string): void {
    const instance = this.instances.get(instanceId)
    if (!instance) throw new Violation(`${instanceId} was lost`)
    if (instance.messages.has(messageId) || (isFinished(instance.state) && !instance.state.continued)) return
    instance.fail(`event ${messageId} was acknowledged, but never arrived`)
  }
}
