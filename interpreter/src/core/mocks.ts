// Answers that an author made up, by step: what a simulated run gets instead of the real ones. A mock is data, so that it
// can be kept beside the drawing and a run of it is the same run every time.
import { ExpressionError, type Failure, type Json, parseDuration } from '@durable-canvas/schema'
import { staticPath } from './path.ts'
import { compileValue, type Program, type Time } from './program.ts'
import type { FakeAnswer, FakeCall, Fakes } from './simulation.ts'

export interface MockError {
  readonly type: string
  readonly message?: string
  readonly details?: Json
  readonly nonRetryable?: boolean
}

export interface MockAnswer {
  /** May hold expressions: `$input` is what the step was called with, `$attempt` and `$earlier` (calls before) are numbers. */
  readonly result?: Json
  /** Instead of a result. */
  readonly error?: MockError
  /** How long it takes: an ISO 8601 duration. Default: `usualDelay`. */
  readonly delay?: string
  /** It never answers; only a timeout or a cancellation ends the wait. */
  readonly silent?: boolean
}

export interface Mock extends MockAnswer {
  /** Answers to the first, the second … call of the step, over visits and attempts; the last one stays. */
  readonly sequence?: readonly MockAnswer[]
  /** Answers of the activity that undoes the step. */
  readonly compensate?: Omit<Mock, 'compensate'>
}

/** By static path. */
export type Mocks = { readonly [step: string]: Mock }

export const usualDelayMs = 1_000

export interface MockOptions {
  /** The result where no mock gives one, e.g. a sample of the activity's output schema. Default: null. */
  readonly resultOf?: (call: FakeCall) => Json
  /** Told of every answer; `isMocked`: there is a mock that gave it. */
  readonly onAnswer?: (call: FakeCall, answer: FakeAnswer | null, isMocked: boolean) => void
}

/** `mocks` is asked at every call, so that what is changed during a run counts from the next call on. */
export function mockFakes(program: Program, mocks: () => Mocks, options: MockOptions = {}): Fakes {
  return (call) => {
    const mock = mockFor(mocks(), call)
    const answer = answerOf(program, mock, call, options)
    options.onAnswer?.(call, answer, mock !== undefined)
    return answer
  }
}

/** The answer that this call gets by the mocks; undefined: there is none for it. */
export function mockFor(mocks: Mocks, call: FakeCall): MockAnswer | undefined {
  const mock = Object.hasOwn(mocks, mockKey(call)) ? mocks[mockKey(call)] : undefined
  const own = call.compensates === undefined ? mock : mock?.compensate
  const { sequence } = own ?? {}
  return sequence && sequence.length > 0 ? sequence[Math.min(call.earlier, sequence.length - 1)] : own
}

/** The step whose mock answers: of a compensation the step that is undone. */
export const mockKey = (call: Pick<FakeCall, 'step' | 'compensates'>): string =>
  staticPath(call.compensates ?? call.step)

function answerOf(
  program: Program,
  mock: MockAnswer | undefined,
  call: FakeCall,
  options: MockOptions,
): FakeAnswer | null {
  if (mock?.silent === true) return null
  const delay = delayOf(program, mock, call)
  if (mock?.error) return { failure: failureOf(mock.error), delay }
  const given = mock?.result
  if (given === undefined) return { result: options.resultOf?.(call) ?? null, delay }
  try {
    return { result: evaluated(given, call), delay }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const message = `The mock of ${mockKey(call)} has an expression that fails: ${error.message}`
    return { failure: { type: 'ExpressionError', message, nonRetryable: true }, delay }
  }
}

const failureOf = ({ type, message, details, nonRetryable }: MockError): Failure => ({
  type,
  message: message ?? '',
  ...(details === undefined ? {} : { details }),
  ...(nonRetryable === true ? { nonRetryable } : {}),
})

function evaluated(result: Json, { input, attempt, earlier }: FakeCall): Json {
  const value = compileValue(result)
  if (value.constant) return value.constant.value
  return value.evaluate(input, { input, attempt, earlier }, { millis: 0, random: () => 0.5 })
}

/** A made-up answer takes a second, or half of what a shorter limit of the step allows. */
function delayOf(program: Program, mock: MockAnswer | undefined, call: FakeCall): number {
  const own = mock?.delay === undefined ? undefined : parseDuration(mock.delay)
  if (own !== undefined) return own
  const limits = Object.values(program.steps.get(mockKey(call))?.times ?? {})
  return Math.min(usualDelayMs, ...limits.flatMap(halfOf))
}

const halfOf = (time: Time): number[] => ('ms' in time ? [time.ms / 2] : [])
