// What `parallel` and `forEach` share: bodies that run side by side until enough have completed or too many have failed.
import type { Failure, Json } from '@durable-canvas/schema'
import { collect, openContainer } from '../containers.ts'
import { cancelBodies, completeWith, failStep } from '../flow.ts'
import type { Place } from '../place.ts'

export interface Goal {
  /** Completed bodies that are enough. */
  readonly needed: number
  readonly width: number
  /** Failures that are let pass. */
  readonly tolerated: number
}

export function neededOf(completion: 'all' | 'any' | { readonly atLeast: number } | undefined, width: number): number {
  if (completion === undefined || completion === 'all') return width
  return Math.min(width, completion === 'any' ? 1 : completion.atLeast)
}

/** Ends the container if its bodies suffice; answers whether it did. Tolerated failures count as done when all were asked for. */
export function endIfReached(place: Place, goal: Goal): boolean {
  const { turn, path, step } = place
  const { fan } = openContainer(turn.state, path)
  const done = goal.needed === goal.width ? fan.completed + fan.failed : fan.completed
  if (done < goal.needed) return false
  cancelBodies(place, 'the others sufficed')
  completeWith(place, { type: 'ScopeExited', step: path }, collect(step, fan))
  return true
}

export function bodyExited(place: Place, body: string, output: Json, by: string | undefined): void {
  place.turn.emit({ type: 'ScopeExited', step: body, output, ...(by === undefined ? {} : { by }) })
}

/** Records the failed body. Answers true if the container failed by it. */
export function bodyFailed(place: Place, body: string, failed: Failure, goal: Goal): boolean {
  const { turn, path } = place
  turn.emit({ type: 'ScopeFailed', step: body, failure: failed })
  const { fan } = openContainer(turn.state, path)
  const reachable = goal.needed === goal.width ? fan.failed <= goal.tolerated : goal.width - fan.failed >= goal.needed
  if (reachable) return false
  cancelBodies(place, 'another failed')
  failStep(place, failed)
  return true
}
