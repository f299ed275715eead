// When attempts are made by a retry policy, if each of them fails at once: the engine's own figures.
import type { Json } from '@durable-canvas/schema'
import { getAt } from '../../drawing/json.ts'

export interface RetryPlan {
  /** Milliseconds before each retry; with jitter the most that it can be. */
  readonly delays: readonly number[]
  /** Attempts that the policy allows, the first one counted. */
  readonly attempts: number
  /** The time limit ends it before the attempts do. */
  readonly isCutShort: boolean
  readonly hasJitter: boolean
}

/** More than can be drawn or awaited. */
const mostRetries = 10_000

/** `msOf` reads a duration; undefined for one that is not known. Undefined where a figure that matters is not. */
export function retryPlan(retry: Json, msOf: (duration: Json) => number | undefined): RetryPlan | undefined {
  const attempts = numberAt(retry, 'maxNumberOfAttempts') ?? 1
  const coefficient = numberAt(retry, 'backoffCoefficient') ?? 1
  const read = (key: string, absent: number) => {
    const duration = getAt(retry, [key])
    return duration === undefined ? absent : msOf(duration)
  }
  const first = read('firstRetryInterval', 0)
  const longest = read('maxRetryInterval', Number.POSITIVE_INFINITY)
  const limit = read('retryTimeout', Number.POSITIVE_INFINITY)
  if (first === undefined || longest === undefined || limit === undefined) return undefined
  const hasJitter = getAt(retry, ['jitter']) === 'full'
  const delays: number[] = []
  let at = 0
  for (let number = 1; number < Math.min(attempts, mostRetries); number += 1) {
    const delay = Math.min(first * coefficient ** (number - 1), longest, longestDelay)
    // What jitter draws may be shorter, so that the limit is reached later or not at all.
    if (at + delay > limit && !hasJitter) return { delays, attempts, isCutShort: true, hasJitter }
    // Instants are whole milliseconds.
    delays.push(Math.floor(delay))
    at += Math.floor(delay)
  }
  return { delays, attempts, isCutShort: hasJitter && at > limit, hasJitter }
}

/** A hundred years, as the engine has it. */
const longestDelay = 100 * 365 * 86_400_000

function numberAt(value: Json, key: string): number | undefined {
  const found = getAt(value, [key])
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}
