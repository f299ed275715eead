// Calls an activity for an author who wants to see what it gives: once, outside of any instance, but in earnest.
import { randomUUID } from 'node:crypto'
import { type Activity, compileSchema } from '@durable-canvas/interpreter'
import type { Failure, Json } from '@durable-canvas/schema'
import type { Logger } from 'pino'

export type TriedActivity = ({ readonly result: Json } | { readonly failure: Failure }) & {
  readonly durationMs: number
}

/** In words; null: it fits. */
export function inputFault(activity: Activity, input: Json): string | null {
  const problems = activity.input === undefined ? [] : compileSchema(activity.input)(input)
  return problems.length === 0 ? null : problems.map(({ message }) => message).join('; ')
}

/** Never throws: what the activity throws is its failure. `signal` ends the wait, not the activity. */
export async function tryActivity(
  activity: Activity,
  input: Json,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Logger },
): Promise<TriedActivity> {
  const began = performance.now()
  const took = () => Math.round(performance.now() - began)
  const id = randomUUID()
  const call = async () =>
    activity.run({
      input: input as never,
      idempotencyKey: `try/${id}`,
      attempt: 1,
      instanceId: `try/${id}`,
      step: 'try',
      signal,
      heartbeat: () => undefined,
      log: (message, fields = {}) => log.info({ ...fields, activity: activity.name, tried: id }, message),
    })
  try {
    const result = plain(await orAborted(call(), signal))
    const problems = activity.output === undefined ? [] : compileSchema(activity.output)(result)
    if (problems.length === 0) return { result, durationMs: took() }
    const message = problems.map((problem) => problem.message).join('; ')
    return { failure: { type: 'InvalidOutput', message, details: result }, durationMs: took() }
  } catch (thrown) {
    return { failure: failureOf(thrown), durationMs: took() }
  }
}

function orAborted<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    call.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** As it would be stored. */
const plain = (value: unknown): Json => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json))

function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { type: 'Error', message: String(thrown) }
  const { name, message } = thrown
  const { details, nonRetryable } = thrown as { readonly details?: unknown; readonly nonRetryable?: unknown }
  return {
    type: name === 'TimeoutError' ? 'Timeout' : name || 'Error',
    message,
    ...(details === undefined ? {} : { details: plain(details) }),
    ...(nonRetryable === true ? { nonRetryable: true } : {}),
  }
}
