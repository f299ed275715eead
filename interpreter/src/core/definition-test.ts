// A test of a definition, as data: an input, mocks, events, and what should come of it. The run is a simulation, so a test
// needs no server, takes no time and comes out the same everywhere.
import { type HistoryEvent, type Json, parseDuration, parseInstant } from '@durable-canvas/schema'
import { completedSteps } from './completed-steps.ts'
import { type JsonDifference, jsonDifferences } from './json-difference.ts'
import { type MockOptions, type Mocks, mockFakes, mockKey } from './mocks.ts'
import type { Program } from './program.ts'
import { Simulation } from './simulation.ts'
import type { Status } from './state.ts'

export interface TestEvent {
  readonly name: string
  readonly data?: Json
  /** How long after the start: an ISO 8601 duration. */
  readonly at?: string
  /** The static path of a step: when it has completed for the first time. Without both: at the start. */
  readonly after?: string
}

export interface Expectation {
  /** `Running`: it waits for something that never comes. */
  readonly status?: Status
  readonly output?: Json
  /** Its type, or those of the fields that are given. */
  readonly failure?: string | { readonly type?: string; readonly message?: string; readonly step?: string }
  readonly customStatus?: Json
  /** Static paths of the steps that complete at least once: these and no others, in any order. */
  readonly steps?: readonly string[]
}

export interface DefinitionTest {
  readonly name: string
  readonly input?: Json
  readonly mocks?: Mocks
  readonly events?: readonly TestEvent[]
  /** ISO 8601 instant at which the run starts; default: `usualStart`. */
  readonly startAt?: string
  readonly expect: Expectation
}

export interface TestDifference extends JsonDifference {
  readonly what: keyof Expectation | 'input'
}

export interface TestResult {
  readonly name: string
  readonly passed: boolean
  readonly differences: readonly TestDifference[]
  /** What came of it. */
  readonly actual: Required<Omit<Expectation, 'failure'>> & { readonly failure: Json }
  /** Virtual. */
  readonly durationMs: number
  /** Static paths of steps that were answered without a mock. */
  readonly unmocked: readonly string[]
}

export const usualStart = '2026-01-01T09:00:00.000Z'

/** Happenings after which a run counts as endless. */
export const mostHappenings = 5_000

/** What is no instant counts as none. */
export const startOf = (startAt: string = usualStart): number => parseInstant(startAt) ?? startOf()

export function runTest(program: Program, test: DefinitionTest, resultOf?: MockOptions['resultOf']): TestResult {
  const wrong = program.validateInput?.(test.input ?? null) ?? null
  if (wrong !== null) return refused(test, wrong)
  const unmocked = new Set<string>()
  const start = startOf(test.startAt)
  const simulation = new Simulation(
    program,
    mockFakes(program, () => test.mocks ?? {}, {
      ...(resultOf ? { resultOf } : {}),
      onAnswer: (call, _, isMocked) => void (isMocked || unmocked.add(mockKey(call))),
    }),
    start,
  )
  const { events, isEndless } = play(program, simulation, test, { start })
  const { status, output, failure, customStatus } = simulation.state
  const actual = {
    status,
    output,
    failure: failure as Json,
    customStatus,
    steps: completedSteps(program, events),
  }
  const differences = isEndless ? [endless(test.expect)] : compare(test.expect, actual)
  return {
    name: test.name,
    passed: differences.length === 0,
    differences,
    actual,
    durationMs: simulation.now - start,
    unmocked: [...unmocked],
  }
}

export interface Played {
  readonly events: readonly HistoryEvent[]
  readonly isEndless: boolean
}

/**
 * Starts a simulation and lets all happen that comes by itself, with the events of the test, until it rests or `most` have
 * happened. Throws `EndlessRunError` as the simulation does.
 */
export function play(
  program: Program,
  simulation: Simulation,
  { input = null, events: raised = [] }: Pick<DefinitionTest, 'input' | 'events'>,
  { start, most = mostHappenings }: { readonly start: number; readonly most?: number },
): Played {
  const happened: HistoryEvent[] = []
  const raise = raiser(program, simulation, raised, start)
  const happens = (events: readonly HistoryEvent[]) => {
    happened.push(...events)
    raise(happened)
  }
  happens(simulation.start(input))
  for (let count = 0; count < most; count += 1) {
    const events = simulation.step()
    if (events === null) return { events: happened, isEndless: false }
    happens(events)
  }
  return { events: happened, isEndless: true }
}

/** Posts events that have a time at once; those that wait for a step when it has completed: tell it what has happened so far. */
export function raiser(
  program: Program,
  simulation: Simulation,
  events: readonly TestEvent[],
  start: number,
): (happened: readonly HistoryEvent[]) => void {
  const post = ({ name, data = null }: TestEvent, at: number) => simulation.post(at, { type: 'event', name, data })
  const waiting = new Set(events.filter(({ after }) => after !== undefined))
  for (const event of events) if (!waiting.has(event)) post(event, start + (parseDuration(event.at ?? '') ?? 0))
  return (happened) => {
    if (waiting.size === 0) return
    const completed = completedSteps(program, happened)
    for (const event of waiting) {
      if (event.after === undefined || !completed.includes(event.after)) continue
      waiting.delete(event)
      post(event, simulation.now)
    }
  }
}

const endless = ({ status }: Expectation): TestDifference => ({
  what: 'status',
  path: '',
  expected: status,
  actual: `still at work after ${mostHappenings} happenings`,
})

type Actual = TestResult['actual']

function compare(expected: Expectation, actual: Actual): TestDifference[] {
  const differences: TestDifference[] = []
  const add = (what: TestDifference['what'], found: readonly JsonDifference[]) =>
    differences.push(...found.map((difference) => ({ what, ...difference })))
  if (expected.status !== undefined) add('status', jsonDifferences(expected.status, actual.status))
  if (expected.failure !== undefined) add('failure', failureDifferences(expected.failure, actual.failure))
  if (expected.output !== undefined) add('output', jsonDifferences(expected.output, actual.output))
  if (expected.customStatus !== undefined)
    add('customStatus', jsonDifferences(expected.customStatus, actual.customStatus))
  if (expected.steps !== undefined) add('steps', stepDifferences(expected.steps, actual.steps))
  return differences
}

function failureDifferences(expected: NonNullable<Expectation['failure']>, actual: Json): JsonDifference[] {
  const wanted: { readonly [field: string]: Json } = typeof expected === 'string' ? { type: expected } : { ...expected }
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual))
    return [{ path: '', expected: wanted, actual: undefined }]
  const failure = actual as { readonly [field: string]: Json }
  return Object.entries(wanted).flatMap(([field, value]) => jsonDifferences(value, failure[field], `/${field}`))
}

function stepDifferences(expected: readonly string[], actual: readonly string[]): JsonDifference[] {
  const missing = expected.filter((step) => !actual.includes(step))
  const extra = actual.filter((step) => !expected.includes(step))
  return [
    ...missing.map((step) => ({ path: `/${step}`, expected: 'completed', actual: undefined })),
    ...extra.map((step) => ({ path: `/${step}`, expected: undefined, actual: 'completed' })),
  ]
}

const refused = (test: DefinitionTest, wrong: string): TestResult => ({
  name: test.name,
  passed: false,
  differences: [{ what: 'input', path: '', expected: 'an input that the definition takes', actual: wrong }],
  actual: { status: 'Pending', output: null, failure: null, customStatus: null, steps: [] },
  durationMs: 0,
  unmocked: [],
})
