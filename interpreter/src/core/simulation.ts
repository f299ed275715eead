// One instance run on a clock that only moves when asked to, with answers that are made up: for specs, for trying a draft
// in the browser, for tests of a definition. The same `decide` as everywhere; nothing here knows more than the shell does.
import type { Failure, HistoryEvent, Json } from '@durable-canvas/schema'
import { parseInstant } from '@durable-canvas/schema'
import { decide } from './decide.ts'
import type { Message } from './message.ts'
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
}

export type FakeAnswer = ({ readonly result: Json } | { readonly failure: Failure }) & {
  /** How long it takes, in ms. Default 0. */
  readonly delay?: number
}

/** Null: no answer ever comes (until a timeout, or a message by hand). */
export type Fakes = (call: FakeCall) => FakeAnswer | null

interface Due {
  readonly at: number
  readonly order: number
  readonly message: Message
}

export class Simulation {
  readonly program: Program
  readonly history: HistoryEvent[] = []
  state: State = createState()
  /** Milliseconds since 1970. */
  now: number
  private readonly fakes: Fakes
  private answers: Due[] = []
  private order = 0

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
    const events = decide(this.program, this.state, message, this.now)
    this.history.push(...events)
    for (const event of events) this.ask(event)
    return this.state.continued ? [...events, ...this.continueAsNew()] : events
  }

  /** The next thing that time brings, with the time when it does; null: nothing but a message from outside. */
  upcoming(): { readonly at: number; readonly message: Message } | null {
    if (isFinished(this.state) || this.state.status === 'Suspended') return null
    const open = new Set(openTasks(this.state).map((task) => task.id))
    this.answers = this.answers.filter(({ message }) => 'task' in message && open.has(message.task))
    const due = [...this.answers, ...this.alarms()]
    return due.reduce<Due | null>((first, next) => (first && isBefore(first, next) ? first : next), null)
  }

  /** Moves the clock to the next thing and lets it happen; null: nothing is upcoming. */
  step(): readonly HistoryEvent[] | null {
    const next = this.upcoming()
    if (!next) return null
    this.now = Math.max(this.now, next.at)
    this.answers = this.answers.filter((answer) => answer.message !== next.message)
    return this.send(next.message)
  }

  /** Steps until nothing is upcoming, at most `most` times. */
  run(most = 100_000): State {
    for (let count = 0; count < most && this.step(); count += 1);
    return this.state
  }

  private ask(event: HistoryEvent): void {
    if (event.type !== 'TaskScheduled' && event.type !== 'SubOrchestrationInstanceCreated') return
    const activity = event.type === 'TaskScheduled'
    const answer = this.fakes({
      kind: activity ? 'activity' : 'subOrchestration',
      name: activity ? event.activity : event.definition,
      input: event.input,
      attempt: event.attempt,
      step: event.step,
    })
    if (!answer) return
    this.order += 1
    this.answers.push({
      at: this.now + (answer.delay ?? 0),
      order: this.order,
      message:
        'result' in answer
          ? { type: activity ? 'activityCompleted' : 'childCompleted', task: event.seq, result: answer.result }
          : { type: activity ? 'activityFailed' : 'childFailed', task: event.seq, failure: answer.failure },
    })
  }

  private alarms(): Due[] {
    const dated = openTasks(this.state).filter((task): task is Task & { dueAt: string } => task.dueAt !== null)
    return dated.map((task) => ({
      at: parseInstant(task.dueAt) ?? 0,
      order: Number.MAX_SAFE_INTEGER,
      message: { type: 'due', task: task.id },
    }))
  }

  private continueAsNew(): readonly HistoryEvent[] {
    const { continued, instanceId, executionId, messageIds, parent } = this.state
    if (!continued) return []
    this.state = createState()
    this.answers = []
    this.history.length = 0
    return this.send({
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

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order <= b.order)
