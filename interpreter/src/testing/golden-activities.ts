// The activities of the examples with answers that are always the same: no clock, no chance, only what was asked before.
import type { Failure, Json } from '@durable-canvas/schema'
import type { FakeAnswer } from '../core/index.ts'

export const activityNames = [
  'Add',
  'CheckJob',
  'Delay',
  'Echo',
  'FailWith',
  'FlakyCall',
  'GetTemperature',
  'Greet',
  'ProcessPayment',
  'RandomQuote',
  'RefundPayment',
  'ReleaseInventory',
  'SendConfirmation',
  'StartJob',
  'UpdateInventory',
  'ValidateOrder',
] as const

export type ActivityName = (typeof activityNames)[number]

interface Input {
  readonly [field: string]: Json | undefined
}

/** Answers of one run: the jobs, calls and quotes of another do not count. */
export function activitiesOfOneRun(): (name: string, input: Json) => FakeAnswer {
  const counts = new Map<string, number>()
  const count = (what: string): number => {
    const counted = (counts.get(what) ?? 0) + 1
    counts.set(what, counted)
    return counted
  }
  const answers: { readonly [Name in ActivityName]: (input: Input) => FakeAnswer } = {
    Add: ({ a, b }) => ({ result: Number(a) + Number(b) }),
    CheckJob({ jobId }) {
      const done = count(`check ${jobId}`) >= 2
      return { result: { done, result: done ? `${jobId} is done` : null } }
    },
    Delay: ({ ms }) => ({ result: { waited: Number(ms) }, delay: Number(ms) }),
    Echo: (input) => ({ result: input as Json }),
    FailWith: ({ type, message, nonRetryable }) => ({
      failure: failure(String(type), String(message), nonRetryable === true),
    }),
    FlakyCall({ failTimes, key }) {
      const calls = count(`call ${key}`)
      return calls > Number(failTimes)
        ? { result: { calls } }
        : { failure: failure('TemporarilyUnavailable', `call ${calls} of ${failTimes} that fail`) }
    },
    GetTemperature: ({ city }) => ({ result: { city: String(city), celsius: 20 * count(`temperature ${city}`) } }),
    Greet: ({ name }) => ({ result: `Hello, ${name}!` }),
    ProcessPayment: ({ orderId }) => ({ result: { transactionId: `t-${orderId}` } }),
    RandomQuote: ({ sku }) => ({ result: { sku: String(sku), price: 10 + count(`quote ${sku}`) } }),
    RefundPayment: ({ transactionId }) => ({ result: { refunded: String(transactionId) } }),
    ReleaseInventory: ({ orderId }) => ({ result: { released: String(orderId) } }),
    SendConfirmation: ({ email }) => ({ result: { sent: String(email) } }),
    StartJob: ({ job }) => ({ result: { jobId: `job-${job}` } }),
    UpdateInventory: ({ orderId }) => ({ result: { reserved: String(orderId) } }),
    ValidateOrder({ items }) {
      const valid = Array.isArray(items) && items.length > 0
      return { result: { valid, ...(valid ? {} : { message: 'The order has no items' }) } }
    },
  }
  return (name, input) => {
    const answer = activityNames.find((known) => known === name)
    if (!answer) throw new Error(`the examples have no activity ${name}`)
    return answers[answer]((input ?? {}) as Input)
  }
}

const failure = (type: string, message: string, nonRetryable = false): Failure => ({
  type,
  message,
  ...(nonRetryable ? { nonRetryable } : {}),
})
