// An instance read back from the store: its log folded to the state that it was in, and what its last turns asked of others
// computed again, since the process that wrote them may have died before it asked.
import type { HistoryEvent } from '@durable-canvas/schema'
import { createState, evolve, type Program, type State, stateOf } from '../core/index.ts'
import type { InboxMessage, InstanceRow, Turn, WorkflowStore } from '../stores/store.ts'
import type { Definitions } from './definitions.ts'
import { type Child, effectsOf } from './effects.ts'

export interface Recovered {
  readonly state: State
  readonly program: Program
  readonly turn: number
  readonly baseTurn: number
  readonly children: Map<number, Child>
  /** Of turns whose messages may not have been sent: the row tells of none of them, or was written together with the turn. */
  readonly undelivered: readonly InboxMessage[]
}

const page = 1_000

/** Where the row says that the log is to be read from. */
export type Known = Pick<InstanceRow, 'instanceId' | 'executionId' | 'turn' | 'baseTurn'>

/** Null: there is no log (a start that was never acknowledged). */
export async function recover(store: WorkflowStore, definitions: Definitions, row: Known): Promise<Recovered | null> {
  const reader = new LogReader(definitions, row)
  await reader.beginWith(await store.getSnapshot(row.instanceId))
  for (;;) {
    const turns = await store.readTurns(row.instanceId, { afterTurn: reader.turn, limit: page })
    for (const turn of turns) await reader.read(turn)
    if (turns.length < page) break
  }
  return reader.recovered()
}

class LogReader {
  turn: number
  private baseTurn: number
  private state = createState()
  private program: Program | null = null
  private children = new Map<number, Child>()
  /** Within an execution that ended by continue-as-new and was being dropped; what counts begins with the next start. */
  private isGap = false
  private readonly undelivered: InboxMessage[] = []
  private readonly definitions: Definitions
  private readonly row: Known

  constructor(definitions: Definitions, row: Known) {
    this.definitions = definitions
    this.row = row
    this.turn = row.baseTurn
    this.baseTurn = row.baseTurn
  }

  async beginWith(
    snapshot: { readonly executionId: string; readonly turn: number; readonly stateJson: string } | null,
  ): Promise<void> {
    const { row } = this
    if (!snapshot || snapshot.executionId !== row.executionId || snapshot.turn > row.turn) return
    const state = stateOf(snapshot.stateJson)
    if (!state) return
    this.state = state
    this.program = (await this.definitions.get(state.definition, state.version)).program
    this.turn = snapshot.turn
    for (const { id, event } of state.tasks.values())
      if (event?.type === 'SubOrchestrationInstanceCreated' && event.mode === 'wait')
        this.children.set(id, { instanceId: event.instanceId, onParentEnd: event.onParentEnd })
  }

  async read(turn: Turn): Promise<void> {
    const events = JSON.parse(turn.eventsJson) as HistoryEvent[]
    for (const event of events) await this.apply(event, turn.turn)
    this.turn = turn.turn
    if (this.isGap) return
    const messages = effectsOf(this.state, events, this.children, turn.at)
    if (turn.turn > this.row.turn || turn.turn === this.row.baseTurn + 1) this.undelivered.push(...messages)
  }

  private async apply(event: HistoryEvent, turn: number): Promise<void> {
    if (event.type === 'ExecutionStarted') {
      this.isGap = false
      this.state = createState()
      this.children = new Map()
      this.baseTurn = turn - 1
      this.program = (await this.definitions.get(event.definition, event.version)).program
    }
    if (this.isGap || event.seq !== this.state.seq + 1) {
      this.isGap = true
      return
    }
    if (event.type === 'ExecutionMigrated')
      this.program = (await this.definitions.get(this.state.definition, event.version)).program
    if (!this.program) throw new Error(`the log of ${this.row.instanceId} does not begin with ExecutionStarted`)
    evolve(this.program, this.state, event)
  }

  recovered(): Recovered | null {
    const { state, program, turn, baseTurn, children, undelivered } = this
    if (this.isGap) throw new Error(`the log of ${this.row.instanceId} has a gap after turn ${turn}`)
    return program ? { state, program, turn, baseTurn, children, undelivered } : null
  }
}
