// Trying the draft: the same core that runs on the server runs here, on a clock that only moves when it is told to, with
// answers that are made up. No server is touched.

import type { Simulation } from '@durable-canvas/interpreter/core'
import type { Definition, HistoryEvent, Json } from '@durable-canvas/schema'
import { create } from 'zustand'
import { mockAnswer } from '../drawing/mock-answer.ts'
import type { StepState } from '../drawing/step-state.ts'
import { useDrawing } from './drawing-store.ts'
import { trialStates } from './drawing-trial-states.ts'

export type Pace = 'watch' | 'at once'

export interface Trial {
  readonly phase: 'none' | 'paused' | 'going' | 'finished'
  readonly history: readonly HistoryEvent[]
  readonly states: ReadonlyMap<string, StepState>
  /** The simulated time, ms since 1970. */
  readonly now: number
  readonly began: number
  readonly status: string
  readonly output: Json | undefined
  readonly failure: string | undefined
  /** Names of events that something waits for. */
  readonly awaited: readonly string[]
  readonly breakpoints: ReadonlySet<string>
  readonly pace: Pace
  readonly error: string | undefined
}

const none: Trial = {
  phase: 'none',
  history: [],
  states: new Map(),
  now: 0,
  began: 0,
  status: '',
  output: undefined,
  failure: undefined,
  awaited: [],
  breakpoints: new Set(),
  pace: 'watch',
  error: undefined,
}

export const useTrial = create<Trial>()(() => none)

let simulation: Simulation | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let waitingOf: typeof import('@durable-canvas/interpreter/core').waitingFor | undefined
const watchMs = 450
const mostSteps = 20_000

/** `schemaOf` says what an activity gives, for answers that nobody typed in. */
export async function startTrial(input: Json, schemaOf: (activity: string) => Json | undefined): Promise<void> {
  stopTrial()
  const core = await import('@durable-canvas/interpreter/core')
  waitingOf = core.waitingFor
  const { definition, layout } = useDrawing.getState().drawing
  try {
    const program = core.compileProgram(definition as unknown as Definition, { version: 1 })
    const now = Date.now()
    simulation = new core.Simulation(
      program,
      (call) => {
        const mock = layout.mocks?.[core.staticPath(call.step)]
        return mockAnswer(mock, call.attempt, call.kind === 'activity' ? schemaOf(call.name) : undefined)
      },
      now,
    )
    simulation.start(input)
    useTrial.setState({ phase: 'paused', began: now, error: undefined })
    show()
  } catch (error) {
    // A draft that has errors may not compile: that is the author's problem, told in words.
    useTrial.setState({ ...none, error: error instanceof Error ? error.message : String(error) })
  }
}

export function stepTrial(): void {
  if (simulation === undefined) return
  simulation.step()
  show()
}

/** On and on, until something stops it: the end, a breakpoint, or a wait for an event. */
export function continueTrial(): void {
  if (simulation === undefined) return
  useTrial.setState({ phase: 'going' })
  const { pace } = useTrial.getState()
  if (pace === 'at once') {
    for (let count = 0; count < mostSteps && advance(); count += 1);
    pauseTrial()
    return
  }
  const tick = () => {
    if (!advance()) return pauseTrial()
    show()
    timer = setTimeout(tick, watchMs)
    return undefined
  }
  tick()
}

export function pauseTrial(): void {
  clearTimeout(timer)
  if (useTrial.getState().phase === 'going') useTrial.setState({ phase: 'paused' })
  show()
}

export function stopTrial(): void {
  clearTimeout(timer)
  simulation = undefined
  const { breakpoints, pace } = useTrial.getState()
  useTrial.setState({ ...none, breakpoints, pace })
}

export function raiseInTrial(name: string, data: Json): void {
  simulation?.send({ type: 'event', name, data })
  show()
}

export function toggleBreakpoint(path: string): void {
  const breakpoints = new Set(useTrial.getState().breakpoints)
  if (!breakpoints.delete(path)) breakpoints.add(path)
  useTrial.setState({ breakpoints })
}

export const setPace = (pace: Pace): void => useTrial.setState({ pace })

/** One step; false where nothing more comes, or a breakpoint was reached. */
function advance(): boolean {
  const events = simulation?.step() ?? null
  if (events === null) return false
  const { breakpoints } = useTrial.getState()
  return !events.some((event) => begins(event) && 'step' in event && breakpoints.has(placeOf(event.step ?? '')))
}

const begins = ({ type }: HistoryEvent) =>
  type === 'TaskScheduled' ||
  type === 'TimerCreated' ||
  type === 'EventAwaited' ||
  type === 'ScopeEntered' ||
  type === 'SubOrchestrationInstanceCreated'

const placeOf = (path: string) => path.replace(/#\d+/g, '').replace(/\[\d+\]/g, '')

function show(): void {
  if (simulation === undefined) return
  const { state, history, now } = simulation
  const isOver = state.status === 'Completed' || state.status === 'Failed' || state.status === 'Terminated'
  const last = history.at(-1)
  const awaited = (waitingOf?.(state) ?? []).flatMap(({ kind, name }) => (kind === 'event' && name ? [name] : []))
  useTrial.setState(({ phase }) => ({
    history: [...history],
    states: trialStates(history),
    now,
    status: state.status,
    awaited: [...new Set(awaited)],
    output: last?.type === 'ExecutionCompleted' ? last.output : undefined,
    failure: last?.type === 'ExecutionFailed' ? `${last.failure.type}: ${last.failure.message}` : undefined,
    phase: isOver ? 'finished' : phase,
  }))
}
