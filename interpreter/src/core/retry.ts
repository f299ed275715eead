// When a failed attempt is made again. The delay before retry k is min(first · coefficient^(k−1), max);
// what was drawn and computed is recorded in the timer, so that a replay waits for the same instant.
import type { Failure } from '@durable-canvas/schema'
import { parseInstant } from '@durable-canvas/schema'
import { isRetryable } from './failure.ts'
import { evaluateTime, type Place } from './place.ts'
import type { RetryProgram } from './program.ts'
import type { Visit } from './state.ts'

/** Milliseconds until the next attempt, or null if there is none. Throws StepFailure where a policy's expression fails. */
export function retryDelay(place: Place, policy: RetryProgram | null, visit: Visit, failed: Failure): number | null {
  if (!policy || visit.attempt >= policy.maxNumberOfAttempts || !isRetryable(policy, failed)) return null
  const first = policy.first ? evaluateTime(place, policy.first) : 0
  const max = policy.max ? evaluateTime(place, policy.max) : Number.POSITIVE_INFINITY
  const backoff = Math.min(first * policy.coefficient ** (visit.attempt - 1), max)
  const drawn = policy.jitter ? Math.round(backoff * place.turn.drawFor(place.path)) : backoff
  const delay = Math.min(failed.retryAfter ?? drawn, longestDelay)
  if (!policy.timeout) return delay
  const firstAt = parseInstant(visit.firstAt) ?? place.turn.atMs
  return place.turn.atMs + delay > firstAt + evaluateTime(place, policy.timeout) ? null : delay
}

/** A hundred years: later instants have no ISO 8601 text of the usual length. */
const longestDelay = 100 * 365 * 86_400_000
