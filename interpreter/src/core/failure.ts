// A failure is data in events. Inside a decision it travels as an exception, so that evaluation needs no result types.
import type { ExpressionError, Failure, Json } from '@durable-canvas/schema'
import type { RetryProgram } from './program.ts'

/** Thrown by what a step evaluates; caught where the step is entered or completed. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure'
  readonly type: string
  readonly details: Json | undefined

  constructor(type: string, message: string, details?: Json) {
    super(message)
    this.type = type
    this.details = details
  }
}

export const problemOf = (error: ExpressionError): Json => ({
  code: error.code,
  position: error.position,
  token: error.token,
  ...(error.pointer === undefined ? {} : { pointer: error.pointer }),
})

/** Errors that are not the step's are bugs and go on. */
export function failureOf(error: unknown, step: string): Failure {
  if (!(error instanceof StepFailure)) throw error
  return {
    type: error.type,
    message: error.message,
    ...(error.details === undefined ? {} : { details: error.details }),
    step,
  }
}

export const failure = (type: string, message: string, step?: string): Failure => ({
  type,
  message,
  ...(step === undefined ? {} : { step }),
})

/** What `$error` shows. */
export const errorValue = (failed: Failure): Json => ({
  type: failed.type,
  message: failed.message,
  details: failed.details ?? null,
  step: failed.step ?? null,
  attempt: failed.attempt ?? 1,
})

export const matches = (types: readonly string[], type: string): boolean => types.includes('*') || types.includes(type)

export const isRetryable = (policy: RetryProgram, failed: Failure): boolean =>
  failed.nonRetryable !== true &&
  (policy.retryOn === null || matches(policy.retryOn, failed.type)) &&
  (policy.abortOn === null || !matches(policy.abortOn, failed.type))
