import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActivityContext } from '@durable-canvas/interpreter'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSamples, type Samples } from './samples.ts'

let directory: string
let samples: Samples
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-canvas-samples-'))
  samples = await createSamples(directory)
})
afterEach(() => rm(directory, { recursive: true }))

// biome-ignore lint/suspicious/noExplicitAny: activities answer anything.
function run(name: string, input: unknown, context: Partial<ActivityContext> = {}): Promise<any> {
  const activity = samples.activities.find((one) => one.name === name)
  if (!activity) throw new Error(`no activity ${name}`)
  const whole = {
    input,
    idempotencyKey: 'key',
    attempt: 1,
    instanceId: 'i',
    step: 's',
    signal: new AbortController().signal,
    heartbeat: () => {},
    log: () => {},
    ...context,
  }
  return Promise.resolve(activity.run(whole as never))
}

const order = {
  id: 'o-1',
  items: [{ sku: 'BOOK-1', quantity: 2 }],
  payment: { amount: 10, card: '4111' },
  customerEmail: 'a@b.c',
}
const items = order.items

test('an order goes through: book, payment, stock, outbox', async () => {
  expect(await run('ValidateOrder', order)).toEqual({ valid: true })
  const { transactionId } = await run('ProcessPayment', { orderId: 'o-1', amount: 10, card: '4111111111111111' })
  expect(await run('UpdateInventory', { orderId: 'o-1', items })).toEqual({
    reserved: [{ sku: 'BOOK-1', quantity: 2, left: 9998 }],
  })
  const { messageId } = await run('SendConfirmation', { orderId: 'o-1', email: 'a@b.c', transactionId })
  const data = await samples.read()
  expect(data.orders['o-1']).toMatchObject({ status: 'confirmed', transactionId, amount: 10 })
  expect(Object.values(data.payments)).toMatchObject([{ orderId: 'o-1', amount: 10, card: '…1111', transactionId }])
  expect(data.outbox).toMatchObject([{ to: 'a@b.c', messageId }])
})

test.each([
  [{ ...order, items: [] }, /no items/],
  [{ ...order, items: [{ sku: 'BOOK-1', quantity: 0 }] }, /more than 0/],
  [{ ...order, payment: { amount: 0, card: 'x' } }, /amount/],
  [{ ...order, items: [{ sku: 'NO-1', quantity: 1 }] }, /no article NO-1/],
  [{ ...order, items: [{ sku: 'toString', quantity: 1 }] }, /no article toString/],
  [
    {
      ...order,
      items: [
        { sku: 'RARE-1', quantity: 1 },
        { sku: 'RARE-1', quantity: 1 },
      ],
    },
    /Only 1 of RARE-1/,
  ],
])('an order that cannot be is invalid, with a message', async (wrong, message) => {
  const answer = await run('ValidateOrder', wrong)
  expect(answer.valid).toBe(false)
  expect(answer.message).toMatch(message)
  expect((await samples.read()).orders['o-1']).toMatchObject({ status: 'rejected', message: answer.message })
})

test('the same idempotency key charges, mails and starts a job once', async () => {
  const pay = () => run('ProcessPayment', { orderId: 'o-1', amount: 10, card: '4111' })
  expect((await pay()).transactionId).toBe((await pay()).transactionId)
  const mail = () => run('SendConfirmation', { orderId: 'o-1', email: 'a@b.c', transactionId: 't' })
  expect((await mail()).messageId).toBe((await mail()).messageId)
  const job = () => run('StartJob', { job: 'export' })
  expect((await job()).jobId).toBe((await job()).jobId)
  const data = await samples.read()
  expect([Object.keys(data.payments).length, data.outbox.length, Object.keys(data.jobs).length]).toEqual([1, 1, 1])
  await run('ProcessPayment', { orderId: 'o-1', amount: 10, card: '4111' }, { idempotencyKey: 'another' })
  expect(Object.keys((await samples.read()).payments)).toHaveLength(2)
})

test('a declined card is not worth retrying, a flaky one is, twice', async () => {
  const pay = (card: string) => run('ProcessPayment', { orderId: 'o-1', amount: 10, card })
  await expect(pay('4000-declined')).rejects.toMatchObject({ name: 'PaymentDeclined', nonRetryable: true })
  await expect(pay('4000-flaky-7')).rejects.toMatchObject({ name: 'PaymentGatewayUnavailable', nonRetryable: false })
  await expect(pay('4000-flaky-7')).rejects.toMatchObject({ name: 'PaymentGatewayUnavailable' })
  expect(await pay('4000-flaky-7')).toHaveProperty('transactionId')
})

test('stock is taken and given back once for each order', async () => {
  await run('UpdateInventory', { orderId: 'o-1', items })
  await run('UpdateInventory', { orderId: 'o-1', items })
  expect((await samples.read()).stock['BOOK-1']).toBe(9998)
  await expect(
    run('UpdateInventory', { orderId: 'o-2', items: [{ sku: 'RARE-1', quantity: 2 }] }),
  ).rejects.toMatchObject({ name: 'OutOfStock', nonRetryable: true })
  expect(await run('ReleaseInventory', { orderId: 'o-1', items })).toEqual({ released: items })
  await run('ReleaseInventory', { orderId: 'o-1', items })
  expect((await samples.read()).stock['BOOK-1']).toBe(10_000)
})

test('a payment is refunded once', async () => {
  const { transactionId } = await run('ProcessPayment', { orderId: 'o-1', amount: 10, card: '4111' })
  const refund = () => run('RefundPayment', { orderId: 'o-1', transactionId })
  expect((await refund()).refundId).toBe((await refund()).refundId)
  await expect(run('RefundPayment', { orderId: 'o-1', transactionId: 'x' })).rejects.toMatchObject({
    name: 'UnknownTransaction',
  })
})

test('a job is done on the third check', async () => {
  const { jobId } = await run('StartJob', { job: 'export' })
  expect(await run('CheckJob', { jobId })).toEqual({ done: false })
  expect(await run('CheckJob', { jobId })).toEqual({ done: false })
  expect(await run('CheckJob', { jobId })).toEqual({ done: true, result: 'export is done' })
  await expect(run('CheckJob', { jobId: 'x' })).rejects.toMatchObject({ name: 'UnknownJob' })
})

test('the small ones do what they say', async () => {
  expect(await run('Echo', { a: 1 })).toEqual({ a: 1 })
  expect(await run('Add', { a: 1, b: 2 })).toBe(3)
  expect(await run('Greet', { name: 'Ada' })).toBe('Hello, Ada!')
  expect(await run('Delay', { ms: 5 })).toEqual({ waited: 5 })
  expect(await run('GetTemperature', { city: 'Oslo' })).toEqual(await run('GetTemperature', { city: 'Oslo' }))
  expect(await run('RandomQuote', { sku: 'a' })).toMatchObject({ sku: 'a', price: expect.any(Number) })
  await expect(run('FailWith', { type: 'Odd', message: 'm', nonRetryable: true })).rejects.toMatchObject({
    name: 'Odd',
    message: 'm',
    nonRetryable: true,
  })
  await expect(run('FlakyCall', { failTimes: 1, key: 'k' })).rejects.toMatchObject({ name: 'TemporarilyUnavailable' })
  expect(await run('FlakyCall', { failTimes: 1, key: 'k' })).toEqual({ calls: 2 })
})

test('a delay ends when nobody waits any more', async () => {
  const abort = new AbortController()
  const delayed = run('Delay', { ms: 60_000 }, { signal: abort.signal })
  setTimeout(() => abort.abort(), 20)
  await expect(delayed).rejects.toMatchObject({ name: 'AbortError' })
})

test('delays in the file slow an activity down while the server runs', async () => {
  const path = join(directory, 'samples.json')
  await writeFile(path, JSON.stringify({ ...(await samples.read()), delays: { Echo: 300 } }))
  const started = Date.now()
  await run('Echo', 1)
  expect(Date.now() - started).toBeGreaterThanOrEqual(295)
})

test('many changes at once are all in the file, which is whole at every moment', async () => {
  const mails = Array.from({ length: 200 }, (_, n) =>
    run('SendConfirmation', { orderId: `o-${n}`, email: 'a@b.c', transactionId: 't' }, { idempotencyKey: `k-${n}` }),
  )
  let reads = 0
  const reading = (async () => {
    while (reads < 50) {
      JSON.parse(await readFile(join(directory, 'samples.json'), 'utf8'))
      reads += 1
    }
  })()
  await Promise.all([...mails, reading])
  expect((await samples.read()).outbox).toHaveLength(200)
  expect(await readdir(directory)).toEqual(['samples.json'])
})

test('a file that someone broke is told', async () => {
  await writeFile(join(directory, 'samples.json'), '{')
  await expect(run('ValidateOrder', order)).rejects.toThrow(/samples\.json is not JSON/)
})

test('every sample has a title, a description and an icon', () => {
  expect(samples.activities.map(({ name }) => name).toSorted()).toEqual([
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
  ])
  for (const { title, description, icon } of samples.activities)
    expect([title, description, icon].every(Boolean)).toBe(true)
})
