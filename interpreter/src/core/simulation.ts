// One instance run on a clock that only moves when asked to, with answers that are made up: for specs, for trying a draft
// in the browser, for tests of a definition. The same `decide` as everywhere; nothing here knows more than the shell does.
import type {
  Failure,
  HistoryEvent,
  Json,
  SubOrchestrationInstanceCreated,
  TaskScheduled,
} from '@durable-canvas/schema'
import { formatInstant, parseInstant } from '@durable-canvas/schema'
import { decide } from './decide.ts'
import type { Message } from './message.ts'
import { staticPath } from './path.ts'
import type { Program } from './program.ts'
import { createState, isFinished, type State, type Task } from './state.ts'
import { openTasks } from './tasks.ts'

export interface FakeCall {
  /** The activity's name, or the child's definition. */
  readonly name: string
  readonly kind: 'activity' | 'subOrchestration'
  readonly input: Json
  readonly attempt: number
  readonly step: string
  /** The path of what it undoes. */
  readonly compensates?: string
  /** How many calls of the same step (or of its undoing) were made before this one, over all visits and attempts. */
  readonly earlier: number
}

export type FakeAnswer = ({ readonly result: Json } | { readonly failure: Failure }) & {
  /** How long it takes, in ms. Default 0. */
  readonly delay?: number
}

/** Null: no answer ever comes (until a timeout, or a message by hand). */
export type Fakes = (call: FakeCall) => FakeAnswer | null

interface Due {
  readonly at: number
  readonly message: Message
}

interface Asked {
  readonly call: FakeCall
  readonly at: number
  answer: FakeAnswer | null
}

/** The run comes neither to its end nor to wait for anything. */
export class EndlessRunError extends Error {}

/** An instance that goes on as new so often without a rest never comes to wait for anything. */
const mostContinuations = 1_000

export class Simulation {
  readonly program: Program
  readonly history: HistoryEvent[] = []
  state: State = createState()
  /** Milliseconds since 1970. */
  now: number
  private readonly fakes: Fakes
  /** By the seq of the event that asked. */
  private readonly asked = new Map<number, Asked>()
  private readonly calls = new Map<string, number>()
  private posted: Due[] = []

  constructor(program: Program, fakes: Fakes, now = 0) {
    this.program = program
    this.fakes = fakes
    this.now = now
  }

  start(input: Json, instanceId = 'simulated'): readonly HistoryEvent[] {
    return this.send({ type: 'start', instanceId, executionId: 'execution-1', input })
  }

  /** Delivers a message at the present time and answers the events that followed. */
  send(message: Message): readonly HistoryEvent[] {
    const followed = this.deliver(message)
    let { continued } = this.state
    for (let count = 0; continued; count += 1) {
      if (count === mostContinuations)
        throw new EndlessRunError(`It went on as new ${mostContinuations} times without waiting for anything.`)
      followed.push(...this.continueAsNew(continued))
      continued = this.state.continued
    }
    return followed
  }

  /** Has the message come at a later time, after everything else that is due then. */
  post(at: number, message: Message): void {
    this.posted.push({ at, message })
  }

  /** The next thing that time brings, with the time when it does; null: nothing but a message from outside. */
  upcoming(): { readonly at: number; readonly message: Message } | null {
    if (isFinished(this.state) || this.state.status === 'Suspended') return null
    const due = [...this.answers(), ...this.alarms(), ...this.posted]
    // Of several at one time: answers in the order of their calls, then clocks, then the world.
    return due.reduce<Due | null>((first, next) => (first && first.at <= next.at ? first : next), null)
  }

  /** Moves the clock to the next thing and lets it happen; null: nothing is upcoming. */
  step(): readonly HistoryEvent[] | null {
    const next = this.upcoming()
    if (!next) return null
    this.now = Math.max(this.now, next.at)
    this.posted = this.posted.filter((one) => one !== next)
    return this.send(next.message)
  }

  /** Steps until nothing is upcoming, at most `most` times. */
  run(most = 100_000): State {
    for (let count = 0; count < most && this.step(); count += 1);
    return this.state
  }

  /** What was asked and is not answered yet is asked once more, for the fakes have changed. */
  askAgain(): void {
    for (const asked of this.asked.values()) asked.answer = this.fakes(asked.call)
  }

  /** What is asked and not answered yet, with the answer on its way; null: none is. */
  pending(): readonly { readonly call: FakeCall; readonly answer: FakeAnswer | null }[] {
    return this.openAsked().map(({ asked: { call, answer } }) => ({ call, answer }))
  }

  private deliver(message: Message): HistoryEvent[] {
    const events = decide(this.program, this.state, message, this.now)
    this.history.push(...events)
    for (const event of events) this.ask(event)
    return [...events]
  }

  private ask(event: HistoryEvent): void {
    if (event.type === 'TaskScheduled') {
      const undoes = event.compensates === undefined ? {} : { compensates: event.compensates }
      this.call(event.seq, { kind: 'activity', name: event.activity, ...aboutCall(event), ...undoes })
    }
    // Nobody waits for a detached child.
    if (event.type === 'SubOrchestrationInstanceCreated' && event.mode === 'wait')
      this.call(event.seq, { kind: 'subOrchestration', name: event.definition, ...aboutCall(event) })
  }

  private call(task: number, about: Omit<FakeCall, 'earlier'>): void {
    const counted = about.compensates === undefined ? staticPath(about.step) : `undo ${staticPath(about.compensates)}`
    const earlier = this.calls.get(counted) ?? 0
    this.calls.set(counted, earlier + 1)
    const call = { ...about, earlier }
    this.asked.set(task, { call, at: this.now, answer: this.fakes(call) })
  }

  private openAsked(): { readonly task: number; readonly asked: Asked }[] {
    const open = new Set(openTasks(this.state).map((task) => task.id))
    for (const task of this.asked.keys()) if (!open.has(task)) this.asked.delete(task)
    return [...this.asked].map(([task, asked]) => ({ task, asked }))
  }

  private answers(): Due[] {
    return this.openAsked().flatMap(({ task, asked: { call, at, answer } }) =>
      answer === null ? [] : [{ at: at + (answer.delay ?? 0), message: messageOf(task, { call, at }, answer) }],
    )
  }

  private alarms(): Due[] {
    const dated = openTasks(this.state).filter((task): task is Task & { dueAt: string } => task.dueAt !== null)
    return dated.map((task) => ({
      at: parseInstant(task.dueAt) as number,
      message: { type: 'due', task: task.id },
    }))
  }

  private continueAsNew(continued: NonNullable<State['continued']>): readonly HistoryEvent[] {
    const { instanceId, executionId, messageIds, parent } = this.state
    this.state = createState()
    this.asked.clear()
    this.history.length = 0
    return this.deliver({
      type: 'start',
      instanceId,
      executionId: continued.executionId,
      input: continued.input,
      continuedFrom: executionId,
      carried: continued.carried,
      messageIds: [...messageIds].slice(-1_000),
      ...(parent ? { parent } : {}),
    })
  }
}

const aboutCall = (event: TaskScheduled | SubOrchestrationInstanceCreated) => ({
  input: event.input,
  attempt: event.attempt,
  step: event.step,
})

/** A made-up call begins when it is asked for. */
function messageOf(task: number, { call, at }: Pick<Asked, 'call' | 'at'>, answer: FakeAnswer): Message {
  if (call.kind === 'activity') {
    const startedAt = formatInstant(at)
    return 'result' in answer
      ? { type: 'activityCompleted', task, result: answer.result, startedAt }
      : { type: 'activityFailed', task, failure: answer.failure, startedAt }
  }
  return 'result' in answer
    ? { type: 'childCompleted', task, result: answer.result }
    : { type: 'childFailed', task, failure: answer.failure }
}
