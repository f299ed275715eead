// Specs of the core as sentences: given a definition, when this happens, then these events follow. The clock stands still
// until a spec lets time pass. After every message the history so far is checked as well: it fits the event schema, decides
// again to itself, and folds to the live state, which a snapshot gives back.
import {
  checkDefinition,
  type Definition,
  type Failure,
  formatInstant,
  type HistoryEvent,
  type Json,
  parseDuration,
  type Step,
  validateEvent,
} from '@durable-canvas/schema'
import { expect } from 'vitest'
import {
  compileProgram,
  type Fakes,
  type Message,
  type Operator,
  type Program,
  type ProgramOptions,
  replayProgram,
  Simulation,
  type StartMessage,
  type State,
  snapshotOf,
  stateOf,
  type Task,
} from '../core/index.ts'

/** Noon of a Monday; every scenario begins then. */
export const beginning = Date.UTC(2024, 0, 1, 12)

/** The instant so long after the beginning: `at('PT5S')`. */
export const at = (duration: string): string => formatInstant(beginning + ms(duration))

const ms = (duration: string): number => {
  const parsed = parseDuration(duration)
  if (parsed === undefined) throw new Error(`${duration} is no duration`)
  return parsed
}

/** What happens to the instance: a message made from the state that it meets, or the passing of time. */
export type Happening = (simulation: Simulation) => readonly HistoryEvent[]

const message =
  (make: (state: State) => Message): Happening =>
  (simulation) =>
    simulation.send(make(simulation.state))

export const taskAt = (state: State, step: string, ...kinds: readonly Task['kind'][]): Task => {
  const task = [...state.tasks.values()].find(({ path, kind }) => path === step && kinds.includes(kind))
  if (!task) throw new Error(`${step} waits for no ${kinds.join(' or ')}`)
  return task
}

export const sent = (given: Message): Happening => message(() => given)
export const started = (input: Json = null, more: Partial<StartMessage> = {}): Happening =>
  sent({ type: 'start', instanceId: 'i-1', executionId: 'e-1', input, ...more })
export const completed = (step: string, result: Json = null, more: { readonly startedAt?: string } = {}): Happening =>
  message((state) => ({ type: 'activityCompleted', task: taskAt(state, step, 'activity').id, result, ...more }))
export const failed = (
  step: string,
  failure: Partial<Failure> = {},
  more: { readonly startedAt?: string } = {},
): Happening =>
  message((state) => ({
    type: 'activityFailed',
    task: taskAt(state, step, 'activity').id,
    failure: { type: 'Error', message: 'it broke', ...failure },
    ...more,
  }))
export const childCompleted = (step: string, result: Json = null): Happening =>
  message((state) => ({ type: 'childCompleted', task: taskAt(state, step, 'subOrchestration').id, result }))
export const childFailed = (step: string, failure: Partial<Failure> = {}): Happening =>
  message((state) => ({
    type: 'childFailed',
    task: taskAt(state, step, 'subOrchestration').id,
    failure: { type: 'SubOrchestrationFailed', message: 'the child failed', ...failure },
  }))
export const raised = (
  name: string,
  data: Json = null,
  more: { readonly messageId?: string; readonly by?: string } = {},
): Happening => sent({ type: 'event', name, data, ...more })
export const suspended = (operator: Operator = {}): Happening => sent({ type: 'suspend', ...operator })
export const resumed = (operator: Operator = {}): Happening => sent({ type: 'resume', ...operator })
export const terminated = (operator: Operator = {}): Happening => sent({ type: 'terminate', ...operator })
export const rewound = (operator: Operator = {}): Happening => sent({ type: 'rewind', ...operator })

/** Everything that comes due meanwhile happens at its time; answers of fakes as well. */
export const passed =
  (duration: string): Happening =>
  (simulation) => {
    const end = simulation.now + ms(duration)
    const events: HistoryEvent[] = []
    for (let next = simulation.upcoming(); next && next.at <= end; next = simulation.upcoming())
      events.push(...(simulation.step() ?? []))
    simulation.now = Math.max(simulation.now, end)
    return events
  }

/** Until nothing is left to happen but what comes from outside. */
export const settled: Happening = (simulation) => {
  const events: HistoryEvent[] = []
  for (let next = simulation.step(); next; next = simulation.step()) events.push(...next)
  return events
}

export interface About extends Partial<Omit<Definition, 'version'>>, ProgramOptions {
  /** Answers of activities and children; without it they are given by hand. */
  readonly fakes?: Fakes
  /** Also a definition that the checker would refuse. */
  readonly unchecked?: boolean
}

/** The first of the steps is the start. */
export function given(steps: Readonly<Record<string, Step>>, about: About = {}): Scenario {
  const { version, hash, limits, compileSchema, fakes, unchecked, ...more } = about
  const definition: Definition = { dsl: '1', name: 'under-test', start: Object.keys(steps)[0] ?? '', steps, ...more }
  if (!unchecked)
    expect(
      checkDefinition(definition)
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message),
    ).toEqual([])
  const options = { version: version ?? 1, ...defined({ hash, limits, compileSchema }) }
  return new Scenario(compileProgram(definition, options), fakes ?? (() => null))
}

const defined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>

/** `'TaskScheduled charge'`, and behind it, where wanted, some of its fields. */
export type Expected = string | Readonly<Record<string, unknown>>

export class Scenario {
  readonly program: Program
  readonly simulation: Simulation
  private events: readonly HistoryEvent[] = []

  constructor(program: Program, fakes: Fakes) {
    this.program = program
    this.simulation = new Simulation(program, fakes, beginning)
  }

  get state(): State {
    return this.simulation.state
  }

  /** Of the present execution. */
  get history(): readonly HistoryEvent[] {
    return this.simulation.history
  }

  /** One after the other; `thenFollow` speaks of what followed from all of them. */
  when(...happenings: readonly Happening[]): this {
    const events: HistoryEvent[] = []
    for (const happening of happenings) {
      events.push(...happening(this.simulation))
      this.check()
    }
    this.events = events
    return this
  }

  /** Exactly these events followed. */
  thenFollow(...expected: readonly Expected[]): this {
    expect(this.events.map(named)).toEqual(expected.filter((one) => typeof one === 'string'))
    let index = -1
    for (const one of expected) {
      if (typeof one === 'string') index += 1
      else expect(this.events[index]).toMatchObject(one)
    }
    return this
  }

  /** Among others, and in this order; the rest is not what the spec is about. */
  thenAmongOthers(...expected: readonly string[]): this {
    const followed = this.events.map(named).filter((name) => expected.includes(name))
    expect(followed).toEqual(expected)
    return this
  }

  thenNothing(): this {
    return this.thenFollow()
  }

  /** The instance came to its end with this output. */
  completes(output: Json): this {
    expect({ status: this.state.status, failure: this.state.failure, output: this.state.output }).toEqual({
      status: 'Completed',
      failure: null,
      output,
    })
    return this
  }

  fails(failure: Readonly<Record<string, unknown>>): this {
    expect(this.state.status).toBe('Failed')
    expect(this.state.failure).toMatchObject(failure)
    return this
  }

  private check(): void {
    const history = JSON.parse(JSON.stringify(this.history)) as HistoryEvent[]
    for (const event of history) if (!validateEvent(event)) expect({ event, errors: validateEvent.errors }).toBeNull()
    const again = replayProgram(this.program, history)
    expect(again.deviation).toBeNull()
    const snapshot = snapshotOf(this.state)
    expect(snapshotOf(again.state)).toBe(snapshot)
    expect(stateOf(snapshot)).toEqual(again.state)
  }
}

const named = (event: HistoryEvent): string =>
  'step' in event && event.step ? `${event.type} ${event.step}` : event.type

/** A scope's steps, the first being its start. */
export const body = (steps: Readonly<Record<string, Step>>) => ({ start: Object.keys(steps)[0] ?? '', steps })
