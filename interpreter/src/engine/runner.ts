// One instance in memory. Messages queue here; a turn takes all that are there, decides, and commits what follows as one write.
// What the turn asks for (activities, timers, messages to others) begins only once that write is durable.
import { type HistoryEvent, parseInstant } from '@durable-canvas/schema'
import {
  createState,
  decide,
  isFinished,
  type Message,
  misfits,
  type Program,
  type State,
  snapshotOf,
} from '../core/index.ts'
import type {
  Commit,
  CommitOutcome,
  InboxMessage,
  InstanceRow,
  Snapshot,
  Turn,
  WorkflowStore,
} from '../stores/store.ts'
import type { Attempt, Worker } from './activities/worker.ts'
import type { Alarms } from './alarms.ts'
import type { Clock } from './clock.ts'
import { type Child, effectsOf } from './effects.ts'
import { Knowledge } from './forgetting.ts'
import type { Projected, Projector } from './projector.ts'
import { rowOf } from './view.ts'

export interface Envelope {
  readonly message: Message
  /** Tasks are numbered anew in each execution: what answers one of another execution changes nothing. */
  readonly executionId?: string
  /** For a migration: the program with which it goes on. */
  readonly program?: Program
  /** The inbox message that this is; removed with the turn. */
  readonly inboxId?: string
  /** Its turn is durable; the events that it caused (none: it changed nothing). */
  readonly done?: (events: readonly HistoryEvent[], state: State) => void
  /** Whether it took effect is not known, or it never will. */
  readonly failed?: (error: unknown) => void
  /** It was not decided, and nobody here will. */
  readonly dropped?: () => void
}

export interface RunnerHost {
  readonly engineId: string
  readonly store: WorkflowStore
  readonly clock: Clock
  readonly worker: Worker
  readonly alarms: Alarms
  readonly projector: Projector
  /** Events from one snapshot to the next. */
  readonly snapshotEvery: number
  /** A turn is durable. */
  committed(runner: InstanceRunner, events: readonly HistoryEvent[], delivered: readonly InboxMessage[]): void
  /** Another engine has written this turn. */
  lost(runner: InstanceRunner, batch: readonly Envelope[]): void
  /** The state in memory can no longer be trusted: the outcome of writing the turn is unknown, or deciding threw. */
  uncertain(runner: InstanceRunner, batch: readonly Envelope[], error: unknown, turn?: Turn): void
  /** It comes near the limit; continue-as-new would begin a new one. */
  historyIsLong(runner: InstanceRunner): void
  /** The execution after continue-as-new has begun with the turn after. */
  renewed(runner: InstanceRunner, throughTurn: number): void
  /** These inbox messages changed nothing. */
  useless(runner: InstanceRunner, ids: readonly string[]): void
  /** It is only an aid: the log is the truth. */
  keepSnapshot(snapshot: Snapshot): void
  /** The row of a finished or released instance is durable. */
  settled(runner: InstanceRunner): void
}

/** Messages of one turn; what is more waits for the next, so that no write grows without bound. */
const mostPerTurn = 500

export class InstanceRunner implements Projected {
  readonly host: RunnerHost
  readonly instanceId: string
  program: Program
  state: State
  /** The last turn that is durable. */
  turn: number
  baseTurn: number
  /** By `clock.elapsed()`. */
  lastUsedAt: number
  readonly attempts = new Map<number, Attempt>()
  readonly children: Map<number, Child>
  /** Given up (lost, stopped): nothing is decided or committed any more. */
  isClosed = false
  /** It is to leave memory as soon as its row says that nobody holds it. */
  isReleasing = false
  /** The state tells of a turn that is not durable yet, or of none. */
  private isAhead: boolean
  private readonly onDurable: ((isDurable: boolean) => void)[] = []
  private queue: Envelope[] = []
  private isBusy = false
  private isQuiescing = false
  private readonly onQuiet: (() => void)[] = []
  /** When `turn` was known to be the last. */
  private knowledge: Knowledge
  /** The turns up to here belong to executions before this one, whose start is not durable yet. */
  private endedTurn: number | null = null
  private lastEventAt: number
  private snapshotSeq = 0

  constructor(
    host: RunnerHost,
    instanceId: string,
    program: Program,
    at: {
      state?: State
      turn: number
      baseTurn: number
      children?: Map<number, Child>
      /** Default: now. */
      knowledge?: Knowledge
    },
  ) {
    this.host = host
    this.instanceId = instanceId
    this.program = program
    this.state = at.state ?? createState()
    this.turn = at.turn
    this.baseTurn = at.baseTurn
    this.children = at.children ?? new Map()
    this.lastUsedAt = host.clock.elapsed()
    this.isAhead = this.state.seq === 0
    this.knowledge = at.knowledge ?? new Knowledge(host.clock)
    // Another engine's clock may have been ahead of this one.
    this.lastEventAt = parseInstant(this.state.updatedAt) ?? 0
  }

  /** A turn is under way: the state may be ahead of what is durable. */
  get isTakingTurn(): boolean {
    return this.isBusy
  }

  get isUrgent(): boolean {
    return this.isReleasing || isFinished(this.state)
  }

  get isIdle(): boolean {
    return !this.isBusy && this.queue.length === 0 && this.attempts.size === 0
  }

  post(envelope: Envelope): void {
    this.queue.push(envelope)
    if (!this.isBusy) this.takeTurn()
  }

  /** Gives up what runs and hands back what was not decided yet. */
  close(reason: string): readonly Envelope[] {
    this.isClosed = true
    this.host.projector.forget(this)
    for (const attempt of this.attempts.values()) attempt.abort(reason)
    this.attempts.clear()
    const waiting = this.queue
    this.queue = []
    for (const quiet of this.onQuiet) quiet()
    this.tellDurable(false)
    return waiting
  }

  /** Calls back as soon as the state is what the log holds, within that very moment; with false if it is given up before. */
  whenDurable(tell: (isDurable: boolean) => void): void {
    const willNeverBe = this.isClosed || (this.isAhead && this.isQuiescing && !this.isBusy)
    if (willNeverBe || !this.isAhead) tell(!willNeverBe)
    else this.onDurable.push(tell)
  }

  private tellDurable(isDurable: boolean): void {
    for (const tell of this.onDurable.splice(0)) tell(isDurable)
  }

  /** Takes no more turns; resolves once the one under way is durable or has failed. What runs is aborted; it runs again elsewhere. */
  async quiesce(): Promise<void> {
    this.isQuiescing = true
    for (const attempt of this.attempts.values()) attempt.abort('the engine stops')
    this.attempts.clear()
    if (this.isBusy) await new Promise<void>((resolve) => this.onQuiet.push(resolve))
  }

  row(): InstanceRow {
    const { turn, baseTurn, isReleasing } = this
    return rowOf(this.state, { turn, baseTurn, owner: isReleasing ? null : this.host.engineId })
  }

  projected(row: InstanceRow): void {
    if (row.turn === this.turn && row.owner === null && this.isIdle) this.host.settled(this)
  }

  /** Starts what a state from the store leaves open: attempts without an answer, alarms. */
  takeUp(): void {
    for (const task of this.state.tasks.values())
      if (task.event?.type === 'TaskScheduled' && !this.isAnswered(task.id)) this.attempt(task.event)
    this.armAll()
  }

  /** An alarm of this instance rang. */
  ring(task: number): void {
    const due = this.state.tasks.get(task)?.dueAt
    if (this.isClosed || due === undefined || due === null || this.state.status === 'Suspended') return
    const at = parseInstant(due) ?? 0
    const { executionId } = this.state
    if (at <= this.host.clock.now()) this.post({ message: { type: 'due', task }, executionId })
    else this.host.alarms.set(at, this.instanceId, task)
  }

  private isAnswered(task: number): boolean {
    return this.state.deferred.some((message) => 'task' in message && message.task === task)
  }

  private takeTurn(): void {
    if (this.isBusy || this.isClosed || this.isQuiescing || this.queue.length === 0) return
    // What arrives between two executions belongs to the next one.
    if (this.state.continued) return
    this.isBusy = true
    this.isReleasing = false
    const { clock } = this.host
    this.lastUsedAt = clock.elapsed()
    const batch: Envelope[] = []
    const at = Math.max(clock.now(), this.lastEventAt)
    const events: HistoryEvent[] = []
    const caused: (readonly HistoryEvent[])[] = []
    try {
      while (batch.length < mostPerTurn && !this.state.continued) {
        const envelope = this.queue.shift()
        if (!envelope) break
        batch.push(envelope)
        const followed = this.isOfOther(envelope) ? [] : this.decide(envelope, at)
        caused.push(followed)
        for (const event of followed) events.push(event)
      }
    } catch (error) {
      this.host.uncertain(this, batch, error)
      return
    }
    if (events.length === 0) this.endTurn(batch, caused)
    else this.commit(batch, caused, events, at)
  }

  private decide({ message, program = this.program }: Envelope, at: number): readonly HistoryEvent[] {
    if (program !== this.program && misfits(this.program, program, this.state).length > 0) return []
    const events = decide(program, this.state, message, at)
    if (events.length > 0) this.program = program
    return events
  }

  private isOfOther({ executionId }: Envelope): boolean {
    return executionId !== undefined && executionId !== this.state.executionId
  }

  private commit(
    batch: readonly Envelope[],
    caused: readonly (readonly HistoryEvent[])[],
    events: readonly HistoryEvent[],
    at: number,
  ): void {
    this.lastEventAt = at
    this.isAhead = true
    const { instanceId, state } = this
    const turn = this.turn + 1
    const deliver = effectsOf(state, events, this.children, at)
    const consumed = this.doneWith(batch)
    const commit: Commit = {
      turn: {
        instanceId,
        turn,
        executionId: state.executionId,
        firstSeq: events[0]?.seq ?? 0,
        count: events.length,
        at,
        eventsJson: JSON.stringify(events),
      },
      ...(events.some(beginsAnew) ? { row: this.rowAt(turn) } : {}),
      ...(deliver.length === 0 ? {} : { deliver }),
      ...(consumed.length === 0 ? {} : { consumed }),
    }
    const knowledge = new Knowledge(this.host.clock)
    this.append(commit).then(
      (outcome) => {
        if (this.isClosed) return
        if (outcome === 'lost') return this.host.lost(this, batch)
        this.turn = turn
        this.isAhead = false
        this.tellDurable(true)
        this.knowledge = knowledge
        this.noteRenewal()
        this.keepSnapshot()
        this.warnOfLength(events)
        if (!this.isQuiescing) this.begin(events)
        this.host.projector.mark(this)
        this.host.committed(this, events, deliver)
        this.endTurn(batch, caused)
      },
      (error: unknown) => {
        if (!this.isClosed) this.host.uncertain(this, batch, error, commit.turn)
      },
    )
  }

  /** Where it was long known what the last turn is, the turn may have been won in a gap that others have left behind them. */
  private async append(commit: Commit): Promise<CommitOutcome> {
    const { store } = this.host
    const outcome = await store.commit(commit)
    if (outcome === 'lost' || !this.knowledge.isOld) return outcome
    const { instanceId, turn } = commit.turn
    const after = await store.readTurns(instanceId, { afterTurn: turn, limit: 1 })
    return after.length > 0 ? 'lost' : 'won'
  }

  private noteRenewal(): void {
    if (this.endedTurn !== null) this.host.renewed(this, this.endedTurn)
    this.endedTurn = null
  }

  /** Now and then the state itself, so that taking the instance up again need not read all of its history. */
  private keepSnapshot(): void {
    const { state, instanceId, turn } = this
    if (state.seq < this.snapshotSeq) this.snapshotSeq = 0
    if (state.seq - this.snapshotSeq < this.host.snapshotEvery || isFinished(state)) return
    this.snapshotSeq = state.seq
    this.host.keepSnapshot({ instanceId, executionId: state.executionId, turn, stateJson: snapshotOf(state) })
  }

  private warnOfLength(events: readonly HistoryEvent[]): void {
    const { seq } = this.state
    if (seq >= longHistory && seq - events.length < longHistory) this.host.historyIsLong(this)
  }

  private rowAt(turn: number): InstanceRow {
    return rowOf(this.state, { turn, baseTurn: this.baseTurn, owner: this.host.engineId })
  }

  private endTurn(batch: readonly Envelope[], caused: readonly (readonly HistoryEvent[])[]): void {
    this.isBusy = false
    for (const quiet of this.onQuiet.splice(0)) quiet()
    if (caused.every((events) => events.length === 0)) this.dropUseless(batch)
    batch.forEach((envelope, index) => {
      envelope.done?.(caused[index] ?? [], this.state)
    })
    this.takeTurn()
  }

  /** Inbox messages that changed nothing leave no turn behind to be removed with. */
  private dropUseless(batch: readonly Envelope[]): void {
    const ids = this.doneWith(batch)
    if (ids.length > 0) this.host.useless(this, ids)
  }

  /** The inbox messages among these for which there is nothing more to do. */
  private doneWith(batch: readonly Envelope[]): string[] {
    return batch.flatMap((envelope) =>
      envelope.inboxId === undefined || this.isKept(envelope) ? [] : [envelope.inboxId],
    )
  }

  /** It came too late for an instance that has failed; should that be rewound it has come in time. */
  private isKept({ message }: Envelope): boolean {
    const { status, messageIds } = this.state
    return status === 'Failed' && message.type === 'event' && !messageIds.has(message.messageId ?? '')
  }

  private begin(events: readonly HistoryEvent[]): void {
    let mayAbandon = false
    for (const event of events) {
      switch (event.type) {
        case 'TaskScheduled':
          if (this.state.tasks.has(event.seq)) this.attempt(event)
          break
        case 'TimerCreated':
        case 'EventAwaited':
        case 'ScopeEntered':
          this.arm(event.seq, event.dueAt)
          break
        case 'ExecutionStarted':
          this.arm(1, event.startAt)
          this.arm(0, event.dueAt)
          break
        case 'ExecutionResumed':
          this.armAll()
          break
        case 'TaskFailed':
        case 'ScopeCancelled':
        case 'ScopeFailed':
        case 'ExecutionCompleted':
        case 'ExecutionFailed':
        case 'ExecutionTerminated':
        case 'ContinueAsNew':
          mayAbandon = true
          break
        default:
      }
    }
    if (mayAbandon && this.attempts.size > 0) this.abandonAttempts()
  }

  private abandonAttempts(): void {
    for (const [task, attempt] of this.attempts) {
      if (this.state.tasks.has(task)) continue
      attempt.abort('nobody waits for the result any more')
      this.attempts.delete(task)
    }
  }

  private attempt(task: Extract<HistoryEvent, { type: 'TaskScheduled' }>): void {
    this.arm(task.seq, task.dueAt)
    const { instanceId, state } = this
    const attempt = this.host.worker.submit({
      instanceId,
      executionId: state.executionId,
      task,
      answer: (outcome) => {
        if (this.attempts.get(task.seq) === attempt) this.attempts.delete(task.seq)
        if (this.isClosed || this.isQuiescing || this.state.executionId !== state.executionId) return
        this.post({
          executionId: state.executionId,
          message:
            outcome.type === 'completed'
              ? { type: 'activityCompleted', task: task.seq, result: outcome.result, startedAt: outcome.startedAt }
              : {
                  type: 'activityFailed',
                  task: task.seq,
                  failure: outcome.failure,
                  ...(outcome.startedAt === undefined ? {} : { startedAt: outcome.startedAt }),
                },
        })
      },
    })
    this.attempts.set(task.seq, attempt)
  }

  private arm(task: number, dueAt: string | undefined | null): void {
    if (dueAt !== undefined && dueAt !== null) this.host.alarms.set(parseInstant(dueAt) ?? 0, this.instanceId, task)
  }

  /** In order of due time: what came due while nobody looked fires in that order. */
  private armAll(): void {
    if (isFinished(this.state)) return
    const dated = [...this.state.tasks.values()].filter((task) => task.dueAt !== null)
    dated.sort((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? '') || a.id - b.id)
    for (const task of dated) this.arm(task.id, task.dueAt)
  }

  /** Begins the next execution after continue-as-new: an empty state, the same id, the same version. */
  renew(program: Program = this.program): void {
    const { continued, instanceId, executionId, messageIds, parent } = this.state
    if (!continued) return
    this.program = program
    this.isAhead = true
    this.state = createState()
    this.baseTurn = this.turn
    this.endedTurn = this.turn
    this.children.clear()
    this.forgetAnswers()
    this.queue.unshift({
      message: {
        type: 'start',
        instanceId,
        executionId: continued.executionId,
        input: continued.input,
        continuedFrom: executionId,
        carried: continued.carried,
        messageIds: [...messageIds].slice(-rememberedIds),
        ...(parent ? { parent } : {}),
      },
    })
    this.takeTurn()
  }

  /** Answers to tasks of the execution before; the next one's tasks have numbers of their own. */
  private forgetAnswers(): void {
    const stale = this.queue.filter(({ message }) => 'task' in message)
    this.queue = this.queue.filter(({ message }) => !('task' in message))
    if (stale.length > 0) this.dropUseless(stale)
  }
}

/** After these the row in the store would mislead whoever reads it: nobody would look after what has begun. */
const beginsAnew = ({ type }: HistoryEvent): boolean => type === 'ExecutionStarted' || type === 'ExecutionRewound'

/** Events after which the log is told that the history grows long. */
const longHistory = 10_000

/** Ids of messages that the next execution still recognises. */
const rememberedIds = 1_000
