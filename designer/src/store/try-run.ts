// A run of the draft in the browser, as all views of it show it: on a clock that only moves when it is told to, with made-up
// answers. No server is touched. What moves it stands in try-player.ts, which brings the core along and is loaded when needed.
import type { DefinitionTest, FakeAnswer, FakeCall, Simulation, TestEvent } from '@durable-canvas/interpreter/core'
import type { Definition, HistoryEvent, Json, Problem } from '@durable-canvas/schema'
import { create } from 'zustand'
import type { JsonObject } from '../drawing/json.ts'
import { followSteps } from '../drawing/renamed-steps.ts'
import { useDrawing } from './drawing-store.ts'

/** Virtual time for each real one. */
export type Speed = 'instant' | 1 | 10 | 100

/** Why the run stands still. */
export type Rest =
  | { readonly kind: 'begun' }
  | { readonly kind: 'stepped' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'breakpoint'; readonly step: string }
  /** Nothing that time could bring. */
  | { readonly kind: 'waiting' }
  /** Next a wait for this event runs out of time, unless someone raises it. */
  | { readonly kind: 'timeout'; readonly event: string }
  /** It may never end by itself. */
  | { readonly kind: 'endless'; readonly happenings: number }

export interface AnsweredCall {
  readonly call: FakeCall
  /** Null: no answer ever comes. */
  readonly answer: FakeAnswer | null
}

export interface TryRun {
  readonly simulation: Simulation
  readonly definition: Definition
  /** The draft that it was made from; another one by now means that the author went on. */
  readonly source: JsonObject
  readonly input: Json
  /** Whose events and answers it takes, where a test is watched. */
  readonly test: DefinitionTest | undefined
  readonly startAt: number
  /** By step, and `undo STEP` for what undoes it; in order of the calls. */
  readonly answered: Map<string, AnsweredCall[]>
  readonly raised: TestEvent[]
  /** Of all executions. */
  readonly happened: HistoryEvent[]
  /** Of the present execution; grows in place, and is another array after a continue-as-new. */
  events: HistoryEvent[]
  executions: number
}

export type TryFault =
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly source: JsonObject }
  | { readonly kind: 'input'; readonly message: string }
  | { readonly kind: 'stopped'; readonly message: string }

export interface TryState {
  readonly phase: 'none' | 'playing' | 'resting' | 'ended'
  readonly rest: Rest
  readonly run: TryRun | undefined
  /** What it gave is still told when it was taken off the canvas. */
  readonly last: TryRun | undefined
  /** Changes whenever the run does. */
  readonly revision: number
  readonly fault: TryFault | undefined
  readonly speed: Speed
  /** Static paths. */
  readonly breakpoints: ReadonlySet<string>
  /** The seq of the event that is looked back to. */
  readonly lookAt: number | undefined
  /** What the next run starts with; undefined: what the input schema says. */
  readonly input: Json | undefined
  readonly startAt: string | undefined
}

const untried = {
  phase: 'none',
  rest: { kind: 'begun' },
  run: undefined,
  last: undefined,
  fault: undefined,
  breakpoints: new Set<string>(),
  lookAt: undefined,
  input: undefined,
  startAt: undefined,
} as const

export const useTry = create<TryState>()(() => ({ ...untried, revision: 0, speed: 'instant' }))

/** Another drawing is opened: its input and its breakpoints are others. */
export const forgetTry = (): void => useTry.setState(untried)

export const setSpeed = (speed: Speed): void => useTry.setState({ speed })

export const setTryInput = (input: Json | undefined): void => useTry.setState({ input, fault: undefined })

export const setTryStart = (startAt: string | undefined): void => useTry.setState({ startAt })

export const lookAt = (seq: number | undefined): void => useTry.setState({ lookAt: seq })

export function toggleBreakpoint(path: string): void {
  const breakpoints = new Set(useTry.getState().breakpoints)
  if (!breakpoints.delete(path)) breakpoints.add(path)
  useTry.setState({ breakpoints })
}

// A step may get its other name in a form, in the code, or by an edit undone.
useDrawing.subscribe(({ name, drawing }, before) => {
  if (name !== before.name || drawing.definition === before.drawing.definition) return
  const { breakpoints } = useTry.getState()
  const followed = followSteps(before.drawing.definition, drawing.definition, breakpoints)
  if (followed !== breakpoints) useTry.setState({ breakpoints: followed })
})
