// What must hold of every history at every moment, looked at as each turn is won. It keeps its own copy of all that was ever
// won, so that what the store shows later can be compared with it.
import type { HistoryEvent, Json } from '@durable-canvas/schema'
import { createState, evolve, isFinished, type Program, type State } from '../../core/index.ts'
import type { Turn } from '../../stores/store.ts'

export class Violation extends Error {
  override readonly name = 'Violation'
}

export interface Execution {
  readonly executionId: string
  readonly definition: string
  readonly events: HistoryEvent[]
}

export class CheckedInstance {
  readonly instanceId: string
  readonly turns: Turn[] = []
  readonly executions: Execution[] = []
  state: State = createState()
  /** How this execution and those before it have ended; one that failed may go on by a rewind. */
  readonly ends = new Set<State['status']>()
  /** Virtual time of the latest turn. */
  changedAt = 0
  /** Ids of external events that the history has taken. */
  readonly messages = new Set<string>()
  readonly raisedData: Json[] = []
  private readonly raised = new Set<string>()
  private readonly operations = new Set<string>()
  /** idempotency key # attempt */
  readonly scheduled = new Set<string>()
  private program: Program | null = null
  private readonly programs: ReadonlyMap<string, Program>

  constructor(instanceId: string, programs: ReadonlyMap<string, Program>) {
    this.instanceId = instanceId
    this.programs = programs
  }

  fail(problem: string): never {
    throw new Violation(`${this.instanceId}: ${problem}`)
  }

  /** Throws Violation. */
  won(turn: Turn, now: number): void {
    const known = this.turns[turn.turn - 1]
    if (known) {
      if (known.eventsJson !== turn.eventsJson || known.executionId !== turn.executionId)
        this.fail(`turn ${turn.turn} was won twice`)
      return
    }
    const last = this.turns.at(-1)
    if (turn.turn !== this.turns.length + 1) this.fail(`turn ${turn.turn} follows turn ${this.turns.length}`)
    if (last && turn.at < last.at) this.fail(`turn ${turn.turn} is ${last.at - turn.at} ms older than the one before`)
    const events = JSON.parse(turn.eventsJson) as HistoryEvent[]
    if (events.length !== turn.count || events.length === 0) this.fail(`turn ${turn.turn} has ${events.length} events`)
    if (events[0]?.seq !== turn.firstSeq) this.fail(`turn ${turn.turn} does not begin with event ${turn.firstSeq}`)
    this.turns.push(turn)
    this.changedAt = now
    for (const event of events) this.take(event)
    if (this.state.executionId !== turn.executionId) this.fail(`turn ${turn.turn} is of another execution`)
  }

  private take(event: HistoryEvent): void {
    if (event.type === 'ExecutionStarted') this.begin(event)
    const { state, program } = this
    if (event.seq !== state.seq + 1) this.fail(`event ${event.seq} follows event ${state.seq}`)
    if (isFinished(state) && event.type !== 'ExecutionRewound') this.fail(`${event.type} after the end`)
    if (state.updatedAt > event.at) this.fail(`event ${event.seq} is older than the one before`)
    this.checkAnswer(event)
    this.checkMessage(event)
    if (!program) return this.fail('the history does not begin with ExecutionStarted')
    this.executions.at(-1)?.events.push(event)
    evolve(program, state, event)
    if (isFinished(state) && !state.continued) this.ends.add(state.status)
  }

  private begin(event: Extract<HistoryEvent, { type: 'ExecutionStarted' }>): void {
    const { state, executions } = this
    if (executions.some(({ executionId }) => executionId === event.executionId))
      this.fail(`execution ${event.executionId} begins twice`)
    if (state.continued && state.continued.executionId !== event.executionId)
      this.fail(`${state.continued.executionId} was to follow, not ${event.executionId}`)
    if (state.seq > 0 && !isFinished(state)) this.fail('a new execution while one is open')
    const { parent, executionId, definition } = event
    if (parent && !event.continuedFrom) {
      const isSecond = executions.some(({ events: [first] }) => {
        const other = first?.type === 'ExecutionStarted' ? first.parent : undefined
        return other?.executionId === parent.executionId && other.task === parent.task
      })
      if (isSecond) this.fail(`task ${parent.task} of ${parent.instanceId} started it twice`)
    }
    this.program = this.programs.get(definition) ?? null
    this.state = createState()
    executions.push({ executionId, definition, events: [] })
  }

  private checkAnswer(event: HistoryEvent): void {
    const { state, instanceId } = this
    switch (event.type) {
      case 'TaskScheduled': {
        const undone = event.compensates === undefined ? '' : `!${event.compensates}`
        this.scheduled.add(`${instanceId}/${state.executionId}/${event.step}${undone}#${event.attempt}`)
        return
      }
      case 'TaskCompleted':
      case 'TaskFailed':
      case 'SubOrchestrationInstanceCompleted':
      case 'SubOrchestrationInstanceFailed':
        if (!state.tasks.has(event.task)) this.fail(`${event.type}: task ${event.task} is not open`)
        return
      case 'TimerFired': {
        const task = state.tasks.get(event.timer)
        if (!task) return this.fail(`timer ${event.timer} fires, but is not there`)
        if (task.dueAt === null || task.dueAt > event.at) this.fail(`timer ${event.timer} fires before ${task.dueAt}`)
        return
      }
      default:
    }
  }

  private checkMessage(event: HistoryEvent): void {
    switch (event.type) {
      case 'EventRaised': {
        const { messageId } = event
        if (messageId === undefined) return
        if (this.raised.has(messageId)) this.fail(`event ${messageId} is raised twice`)
        this.raised.add(messageId)
        this.messages.add(messageId)
        this.raisedData.push(event.data)
        return
      }
      case 'MessageDeferred': {
        const message = event.message as { readonly type: string; readonly messageId?: string }
        if (message.type === 'event' && message.messageId !== undefined) this.messages.add(message.messageId)
        return
      }
      case 'ExecutionSuspended':
      case 'ExecutionResumed':
      case 'ExecutionRewound': {
        const { reason } = event
        if (reason === undefined) return
        if (this.operations.has(reason)) this.fail(`${event.type} "${reason}" takes effect twice`)
        this.operations.add(reason)
        return
      }
      default:
    }
  }

  /** Throws Violation where turns are forgotten that somebody still needs. */
  dropped(throughTurn: number): void {
    const first = this.turns.findLast(({ eventsJson }) => eventsJson.includes('"type":"ExecutionStarted"'))
    if (!first || throughTurn >= first.turn)
      this.fail(`turns up to ${throughTurn} are dropped, though the execution that they begin is the current one`)
  }
}
