import type { Failure } from '@durable-canvas/schema'
import { staticPathOf } from '../monitor/paths.ts'
import type { Unfolding, Visit } from '../monitor/visit.ts'
import { durationText } from '../ui/duration-text.ts'
import type { TitleOf } from './rest-words.ts'

export interface FailureWords {
  /** The box to look at; undefined where the run failed as a whole. */
  readonly path: string | undefined
  /** "Process payment failed at attempt 3". */
  readonly title: string
  /** What was tried before it was given up. */
  readonly tried: string
}

/** The same words wherever the failure of a tried run is told. */
export function failureWords({ step, attempt }: Failure, unfolding: Unfolding, titleOf: TitleOf): FailureWords {
  const path = step === undefined ? undefined : staticPathOf(step)
  const last = attempt !== undefined && attempt > 1 ? ` at attempt ${attempt}` : ''
  return {
    path,
    title: `${path === undefined ? 'The run' : titleOf(path)} failed${last}`,
    tried: attemptWords(step === undefined ? undefined : unfolding.visits.get(step)),
  }
}

function attemptWords(visit: Visit | undefined): string {
  const count = visit?.attempts.length ?? 0
  if (visit === undefined || count === 0) return 'Nothing caught it.'
  const took = visit.to === null ? '' : ` in ${durationText(visit.to - visit.from)} of virtual time`
  const times = count === 1 ? 'once' : `${count} times`
  return `It was tried ${times}${took}, and nothing caught it.`
}
