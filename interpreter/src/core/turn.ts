// One answer to one message: the events so far, the state that they led to, and what is still to be gone through.
// Decisions see the state only; whatever changes, changes by an event through `evolve`.
import { formatInstant, type HistoryEvent } from '@durable-canvas/schema'
import { evolve } from './evolve.ts'
import type { EvaluationHost, Program } from './program.ts'
import { drawsFrom } from './random.ts'
import type { Frame, State } from './state.ts'

type Body<E> = E extends HistoryEvent ? Omit<E, 'seq' | 'at'> : never
/** An event before it has its place in the history. */
export type EventBody = Body<HistoryEvent>

export interface Entry {
  readonly frame: Frame
  readonly step: string
}

export class Turn {
  readonly program: Program
  readonly state: State
  /** Milliseconds since 1970; all events of the turn carry it. */
  readonly atMs: number
  readonly at: string
  readonly events: HistoryEvent[] = []
  /** Steps to be entered, first come first served; a queue instead of recursion, so that no fan-out can exhaust the stack. */
  readonly agenda: Entry[] = []
  instantSteps = 0
  private source: { readonly seed: string; readonly draw: () => number } | null = null

  constructor(program: Program, state: State, atMs: number) {
    this.program = program
    this.state = state
    this.atMs = atMs
    this.at = formatInstant(atMs)
  }

  emit(body: EventBody): HistoryEvent {
    const event = { seq: this.state.seq + 1, at: this.at, ...body } as HistoryEvent
    evolve(this.program, this.state, event)
    this.events.push(event)
    return event
  }

  /** Time and draws for an expression of this step: the decision's time, and a sequence seeded by execution, path and seq. */
  hostFor(path: string): EvaluationHost {
    return { millis: this.atMs, random: () => this.drawFor(path) }
  }

  drawFor(path: string): number {
    const seed = `${this.state.executionId}/${path}/${this.state.seq}`
    if (this.source?.seed !== seed) this.source = { seed, draw: drawsFrom(seed) }
    return this.source.draw()
  }
}
