// Which errors of the driver mean "the server could not be reached or gave up, so the outcome is unknown", and what the
// store throws instead. No text that leaves this folder holds a password.
import {
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
  MongoWriteConcernError,
} from 'mongodb'

export const DUPLICATE_KEY = 11000

/** The database could not be reached in time; what was under way may have happened or not. */
export class MongoUnavailable extends Error {
  override readonly name = 'MongoUnavailable'
  readonly code = 'StoreUnavailable'
}

/** A document over the database's limit: one turn, row, message or document of the catalogue. */
export class DocumentTooLarge extends Error {
  override readonly name = 'DocumentTooLarge'
  readonly code = 'DocumentTooLarge'
}

/** The address or a setting in it cannot be used. */
export class UnusableMongoUri extends Error {
  override readonly name = 'UnusableMongoUri'
  readonly code = 'UnusableMongoUri'
}

// Host unreachable or unknown, network timeout, wtimeout, time limit, shutdown, stepped down, not primary, interrupted, recovering.
const TRANSIENT = new Set([6, 7, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436])

export function isTransientCode(code: number): boolean {
  return TRANSIENT.has(code)
}

export function isTransient(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true
  if (error instanceof MongoWriteConcernError) return true
  if (error instanceof MongoServerError && typeof error.code === 'number' && isTransientCode(error.code)) return true
  return error instanceof MongoError && error.hasErrorLabel('RetryableWriteError')
}

export function unavailable(what: string, error: unknown): MongoUnavailable {
  return new MongoUnavailable(`MongoDB cannot be reached (${what}): ${withoutSecrets(messageOf(error))}`, {
    cause: error,
  })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The text with user names and passwords of addresses taken out. */
export function withoutSecrets(text: string): string {
  return text.replace(/:\/\/[^/\s]*@/g, '://…@')
}
