import { type Failure, type Json, parseDuration } from '@durable-canvas/schema'
import { plainJson } from '../json-value.ts'

const maxMessage = 4_000
const maxDetailBytes = 16_384

/** What was thrown, as data: the error's name is the type; anything else than an error is its message. Never throws. */
export function failureOfError(thrown: unknown): Failure {
  if (!(thrown instanceof Error) && !isErrorLike(thrown)) return { type: 'Error', message: cut(describe(thrown)) }
  const { name, message } = thrown
  const extra = thrown as { details?: unknown; nonRetryable?: unknown; retryAfter?: unknown }
  const retryAfter = milliseconds(extra.retryAfter)
  return {
    type: typeof name === 'string' && name !== '' ? cut(name, 200) : 'Error',
    message: cut(typeof message === 'string' ? message : describe(message)),
    ...(extra.details === undefined ? {} : { details: detailsOf(extra.details) }),
    ...(extra.nonRetryable === true ? { nonRetryable: true } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}

function isErrorLike(thrown: unknown): thrown is { name: string; message: string } {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && 'message' in thrown
}

function detailsOf(details: unknown): Json {
  const plain = plainJson(details, maxDetailBytes)
  return plain.ok ? plain.value : `(left out: ${plain.reason})`
}

/** A number of milliseconds, or an ISO 8601 duration. */
function milliseconds(value: unknown): number | undefined {
  if (typeof value === 'number' && value >= 0) return value
  return typeof value === 'string' ? parseDuration(value) : undefined
}

function describe(thrown: unknown): string {
  try {
    return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown))
  } catch {
    return Object.prototype.toString.call(thrown)
  }
}

const cut = (text: string, most = maxMessage): string => (text.length > most ? `${text.slice(0, most)}…` : text)
