// Moves the run of the draft: at once, at a pace, or one happening after the other.
import {
  compileProgram,
  type DefinitionTest,
  type FakeAnswer,
  type FakeCall,
  isFinished,
  type Mocks,
  mockFakes,
  mockKey,
  type ProgramOptions,
  raiser,
  Simulation,
  startOf,
  staticPath,
} from '@durable-canvas/interpreter/core'
import { formatDuration, type HistoryEvent, hasErrors, type Json, parseDefinition } from '@durable-canvas/schema'
import { mocksOf } from '../drawing/mocks.ts'
import { useDrawing } from './drawing-store.ts'
import { enteredStep } from './entered-step.ts'
import { type Rest, type TryRun, useTry } from './try-run.ts'

export interface TryOptions {
  readonly input: Json
  readonly startAt?: string | undefined
  /** What a step without a mock gives. */
  readonly resultOf: (call: FakeCall) => Json
  readonly compileSchema: NonNullable<ProgramOptions['compileSchema']>
  /** Events and mocks of a test instead of those of the drawing. */
  readonly test?: DefinitionTest | undefined
}

/** Happenings after which it rests and asks whether to go on. */
const mostAtOnce = 5_000
const paceMs = 50
/** As long as the page may be kept from drawing. */
const burstMs = 12

const set = useTry.setState
const get = useTry.getState

let timer: ReturnType<typeof setTimeout> | undefined
let forget: () => void = () => undefined
let raise: (happened: readonly HistoryEvent[]) => void = () => undefined
/** What it waits for may be brought by hand; then it goes on as it did. */
let wasPlaying = false
let happenings = 0
/** Waits whose end was announced, by execution and task; null where the events come from a test. */
let announced: Set<string> | null = null

/** Starts the draft anew; it rests before the first thing is answered. False: it cannot run, and the state says why. */
export function beginTry(options: TryOptions): boolean {
  endTry()
  const { definition: source } = useDrawing.getState().drawing
  const { definition, problems } = parseDefinition(source)
  if (definition === null || hasErrors(problems)) {
    const errors = problems.filter(({ severity }) => severity === 'error')
    set({ fault: { kind: 'problems', problems: errors, source } })
    return false
  }
  const program = compileProgram(definition, { version: 1, compileSchema: options.compileSchema })
  const wrong = program.validateInput?.(options.input) ?? null
  if (wrong !== null) {
    set({ fault: { kind: 'input', message: wrong } })
    return false
  }
  const startAt = startOf(options.startAt)
  const answered: TryRun['answered'] = new Map()
  const mocks = (): Mocks => ({ ...mocksOf(useDrawing.getState().drawing.layout), ...options.test?.mocks })
  const fakes = mockFakes(program, mocks, {
    resultOf: options.resultOf,
    onAnswer: (call, answer) => note(answered, call, answer),
  })
  const simulation = new Simulation(program, fakes, startAt)
  const run: TryRun = {
    simulation,
    definition,
    source,
    input: options.input,
    test: options.test,
    startAt,
    answered,
    raised: [],
    happened: [],
    events: [],
    executions: 0,
  }
  forget = useDrawing.subscribe((state, before) => {
    if (state.drawing.layout.mocks === before.drawing.layout.mocks) return
    simulation.askAgain()
    show()
  })
  set({ run, last: run, fault: undefined, phase: 'resting', rest: { kind: 'begun' }, lookAt: undefined })
  const events = options.test?.events ?? []
  announced = options.test ? null : new Set()
  run.raised.push(...events)
  guarded(() => {
    raise = raiser(program, simulation, events, startAt)
    const stop = take(run, simulation.start(options.input))
    rest(stop === undefined ? { kind: 'begun' } : { kind: 'breakpoint', step: stop })
  })
  return true
}

/** One happening. */
export function stepTry(): void {
  const { run } = get()
  if (run === undefined || get().phase === 'ended') return
  clearTimeout(timer)
  wasPlaying = false
  set({ lookAt: undefined })
  guarded(() => {
    const events = run.simulation.step()
    if (events === null) return rest({ kind: 'waiting' })
    const stop = take(run, events)
    rest(stop === undefined ? { kind: 'stepped' } : { kind: 'breakpoint', step: stop })
  })
}

/** On and on, until the end, a breakpoint, or a wait for something that time does not bring. */
export function playTry(): void {
  const { run, phase } = get()
  if (run === undefined || phase === 'ended' || phase === 'playing') return
  wasPlaying = true
  happenings = 0
  set({ phase: 'playing', lookAt: undefined })
  play(run, performance.now())
}

export function pauseTry(): void {
  if (get().phase !== 'playing') return
  wasPlaying = false
  rest({ kind: 'paused' })
}

export function raiseInTry(name: string, data: Json): void {
  const { run, phase } = get()
  if (run === undefined || phase === 'ended') return
  const { simulation } = run
  run.raised.push({ name, data, at: formatDuration(simulation.now - run.startAt) })
  guarded(() => {
    const stop = take(run, simulation.send({ type: 'event', name, data }))
    if (stop !== undefined) return rest({ kind: 'breakpoint', step: stop })
    if (phase === 'playing') return show()
    rest({ kind: 'stepped' })
    if (wasPlaying) playTry()
  })
}

/** Takes the run away; breakpoints, input and speed stay. */
export function endTry(): void {
  clearTimeout(timer)
  forget()
  forget = () => undefined
  raise = () => undefined
  wasPlaying = false
  set({ phase: 'none', run: undefined, rest: { kind: 'begun' }, fault: undefined, lookAt: undefined })
}

/** Another speed counts from the next moment on. */
function play(run: TryRun, since: number): void {
  guarded(() => {
    const { speed } = get()
    const began = performance.now()
    const goesOn = speed === 'instant' ? burst(run, began) : advance(run, (began - since) * speed)
    if (!goesOn) return
    show()
    timer = setTimeout(() => play(run, began), speed === 'instant' ? 0 : paceMs)
  })
}

function burst(run: TryRun, began: number): boolean {
  while (performance.now() - began < burstMs) if (!happens(run)) return false
  return true
}

/** Lets so much virtual time go by. */
function advance(run: TryRun, ms: number): boolean {
  const { simulation } = run
  const until = simulation.now + ms
  for (;;) {
    const next = simulation.upcoming()
    if (next === null) return happens(run)
    if (next.at > until) break
    if (!happens(run)) return false
  }
  simulation.now = Math.max(simulation.now, until)
  return true
}

/** The next happening; false where the run rests after it. */
function happens(run: TryRun): boolean {
  const ending = endingWait(run)
  if (ending !== undefined) {
    rest({ kind: 'timeout', event: ending })
    return false
  }
  const events = run.simulation.step()
  happenings += 1
  if (events === null) rest({ kind: 'waiting' })
  else {
    const stop = take(run, events)
    if (stop !== undefined) rest({ kind: 'breakpoint', step: stop })
    else if (isFinished(run.simulation.state)) rest({ kind: 'stepped' })
    else if (happenings >= mostAtOnce) rest({ kind: 'endless', happenings })
    else return true
  }
  return false
}

/** At once an hour is gone before anybody could raise the event, so the run asks first, once for each wait. */
function endingWait({ simulation, executions }: TryRun): string | undefined {
  if (get().speed !== 'instant' || announced === null) return undefined
  const message = simulation.upcoming()?.message
  const task = message?.type === 'due' ? simulation.state.tasks.get(message.task) : undefined
  const key = `${executions} ${task?.id}`
  if (task?.kind !== 'event' || announced.has(key)) return undefined
  announced.add(key)
  return task.name
}

/** Keeps what happened; answers the step with a breakpoint that was entered by it. */
function take(run: TryRun, events: readonly HistoryEvent[]): string | undefined {
  const { breakpoints } = get()
  let stop: string | undefined
  for (const event of events) {
    if (event.type === 'ExecutionStarted') {
      run.events = []
      run.executions += 1
    }
    run.events.push(event)
    run.happened.push(event)
    const entered = enteredStep(run.simulation.program, event)
    if (stop === undefined && entered !== undefined && breakpoints.has(staticPath(entered))) stop = staticPath(entered)
  }
  raise(run.happened)
  return stop
}

function note(answered: TryRun['answered'], call: FakeCall, answer: FakeAnswer | null): void {
  const key = call.compensates === undefined ? mockKey(call) : `undo ${mockKey(call)}`
  const calls = answered.get(key) ?? []
  calls[call.earlier] = { call, answer }
  answered.set(key, calls)
}

function rest(why: Rest): void {
  clearTimeout(timer)
  const { run } = get()
  const isOver = run !== undefined && isFinished(run.simulation.state)
  set({ rest: why, phase: isOver ? 'ended' : 'resting' })
  show()
}

const show = (): void => set(({ revision }) => ({ revision: revision + 1 }))

/** What the core throws is told where the run is looked at. */
function guarded(move: () => void): void {
  try {
    move()
  } catch (error) {
    clearTimeout(timer)
    const message = error instanceof Error ? error.message : String(error)
    set({ phase: 'ended', fault: { kind: 'stopped', message } })
    show()
  }
}
