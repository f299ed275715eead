// Follows one instance: its stored events from a point on, then what happens live, each event once and in order.
// The store is the truth and the subscription the fast path: it is taken before the first read, and whatever does not fit
// exactly behind the last event sent (a gap, another execution, too much at once) is read from the store instead.
import type { Engine, InstanceChange, InstanceSummary, InstanceView } from '@durable-canvas/interpreter'
import type { HistoryEvent } from '@durable-canvas/schema'
import type { EventStream } from './event-stream.ts'
import { eventId, type ResumePoint } from './resume-point.ts'
import { SummaryPace } from './summary-pace.ts'

const maxPendingEvents = 2_000
const turnsPerRead = 100
/** Nobody tells of what other processes do, where they may run or purge the instance: somebody has to look. */
const lookEveryMs = { exclusive: 2_000, shared: 1_000 }

export class InstanceStream {
  readonly #stream: EventStream
  readonly #engine: Engine
  readonly #instanceId: string
  readonly #pace: SummaryPace
  #executionId = ''
  #isContinued = false
  #seq = 0
  #pending: InstanceChange[] = []
  #pendingEvents = 0
  /** Whether the store may hold events that have not been sent. */
  #isBehind = true
  /** The execution that follows, once the store has said so; the present one is then read to its end first. */
  #following: string | null = null
  #wake: () => void = () => {}

  constructor(stream: EventStream, engine: Engine, instanceId: string) {
    this.#stream = stream
    this.#engine = engine
    this.#instanceId = instanceId
    this.#pace = new SummaryPace((summary) => stream.send({ event: 'instance', data: summary }))
  }

  /** Runs until the stream is closed or the instance is purged. */
  async run(from: ResumePoint | null): Promise<void> {
    const unsubscribe = this.#engine.subscribe((change) => this.#take(change), this.#instanceId)
    const forgetPurges = this.#engine.onPurged((purged) => {
      if (purged.some(({ instanceId }) => instanceId === this.#instanceId)) this.#lookAgain()
    })
    const { exclusive, shared } = lookEveryMs
    const look = setInterval(() => this.#lookAgain(), this.#engine.store.exclusive ? exclusive : shared)
    this.#stream.closed.signal.addEventListener('abort', () => this.#wake(), { once: true })
    try {
      await this.#begin(from)
      while (!this.#stream.isClosed) await this.#proceed()
    } finally {
      clearInterval(look)
      unsubscribe()
      forgetPurges()
      this.#pace.stop()
    }
  }

  #take(change: InstanceChange): void {
    this.#pace.offer(change.summary)
    this.#pendingEvents += change.events.length
    // What cannot go out now is read from the store when it can: events may be large, and readers slow.
    if (this.#stream.isBlocked || this.#pendingEvents > maxPendingEvents) this.#forgetPending()
    else this.#pending.push(change)
    this.#wake()
  }

  #forgetPending(): void {
    this.#pending = []
    this.#pendingEvents = 0
    this.#isBehind = true
  }

  async #begin(from: ResumePoint | null): Promise<void> {
    const view = await this.#engine.get(this.#instanceId)
    if (!view) return this.#stream.end()
    this.#pace.offer(summaryOf(view))
    if (from?.executionId) {
      this.#executionId = from.executionId
      this.#isContinued = true
      this.#seq = from.seq
      return
    }
    this.#executionId = view.executionId
    if (from && from.seq > 0 && !(await this.#isHere(from.seq))) this.#enter(view.executionId)
    else this.#seq = from?.seq ?? 0
  }

  /** Whether an id without an execution's name means an event of the present execution. */
  async #isHere(seq: number): Promise<boolean> {
    const [first] = await this.#engine.readHistory(this.#instanceId, { limit: 1 })
    if (first?.type === 'ExecutionStarted' && first.continuedFrom !== undefined) return false
    const [event] = await this.#engine.readHistory(this.#instanceId, { after: seq - 1, limit: 1 })
    return event?.seq === seq
  }

  async #proceed(): Promise<void> {
    await this.#stream.writable()
    if (this.#stream.isClosed) return
    if (this.#isBehind) return this.#readStored()
    const change = this.#pending.shift()
    if (change) return this.#apply(change)
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (this.#isBehind || this.#pending.length > 0 || this.#stream.isClosed) resolve()
    })
  }

  #apply(change: InstanceChange): void {
    this.#pendingEvents -= change.events.length
    if (change.executionId !== this.#executionId) {
      this.#isBehind = true
      return
    }
    const fresh = change.events.filter((event) => event.seq > this.#seq)
    if (fresh[0] && fresh[0].seq !== this.#seq + 1) this.#isBehind = true
    else for (const event of fresh) this.#sendEvent(event)
  }

  async #readStored(): Promise<void> {
    const turns = await this.#engine.store.readEvents(this.#instanceId, this.#executionId, {
      afterSeq: this.#seq,
      limit: turnsPerRead,
    })
    const executionId = this.#executionId
    for (const turn of turns) {
      const events: readonly HistoryEvent[] = JSON.parse(turn.eventsJson)
      for (const event of events) if (this.#executionId === executionId && event.seq > this.#seq) this.#sendEvent(event)
      await this.#stream.writable()
      if (this.#stream.isClosed) return
    }
    if (turns.length > 0) return
    const view = await this.#engine.get(this.#instanceId)
    if (!view) return this.#sayPurged()
    if (view.executionId === this.#executionId) this.#isBehind = false
    else if (view.executionId === this.#following) this.#enter(view.executionId)
    else this.#following = view.executionId
  }

  #sendEvent(event: HistoryEvent): void {
    if (event.type === 'ExecutionStarted') this.#isContinued = event.continuedFrom !== undefined
    this.#seq = event.seq
    this.#stream.send({ event: 'history', id: eventId(event.seq, this.#executionId, this.#isContinued), data: event })
    if (event.type === 'ContinueAsNew') this.#enter(event.executionId)
  }

  #enter(executionId: string): void {
    this.#executionId = executionId
    this.#following = null
    this.#seq = 0
    this.#stream.send({ event: 'execution', data: { instanceId: this.#instanceId, executionId } })
  }

  #sayPurged(): void {
    this.#stream.send({ event: 'purged', data: { instanceId: this.#instanceId } })
    this.#stream.end()
  }

  #lookAgain(): void {
    this.#engine.get(this.#instanceId).then(
      (view) => {
        if (view && view.executionId === this.#executionId && view.seq === this.#seq) return
        if (view) this.#pace.offer(summaryOf(view))
        this.#isBehind = true
        this.#wake()
      },
      // The store is away: the next look will tell.
      () => {},
    )
  }
}

const summaryOf = ({ input: _input, output: _output, ...summary }: InstanceView): InstanceSummary => summary
