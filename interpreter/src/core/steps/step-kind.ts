import type { Failure, Json } from '@durable-canvas/schema'
import type { Place } from '../place.ts'
import type { Frame, Task } from '../state.ts'

/** How a type of step behaves. One file each; the table is in index.ts. */
export interface StepKind {
  /** Enters: emits its first event, then either waits for a task or has gone on. Throws StepFailure where a value fails. */
  readonly enter: (place: Place) => void
  /** A timer, wait, attempt or retry of it came due. */
  readonly due?: (place: Place, task: Task) => void
}

/** A type of step that has bodies. */
export interface ContainerKind extends StepKind {
  /** One of its bodies ended well. */
  readonly bodyExited: (place: Place, body: Frame, output: Json, by: string | undefined) => void
  /** One of its bodies failed. */
  readonly bodyFailed: (place: Place, body: Frame, failure: Failure) => void
}
