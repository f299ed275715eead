// What the example "process order" calls. Each may be called again with the same idempotency key and then does nothing twice.
import { type Activity, defineActivity } from '@durable-canvas/interpreter'
import type { Order, OrderItem, SampleData } from './sample-data.ts'
import { SampleError } from './sample-error.ts'
import type { SampleFile } from './sample-file.ts'
import { items, orderId } from './sample-schemas.ts'
import { stableId } from './stable-id.ts'

export function orderActivities(file: SampleFile): readonly Activity[] {
  const validateOrder = defineActivity(
    {
      name: 'ValidateOrder',
      title: 'Validate order',
      description: 'Checks items, amount and stock, and enters the order in the order book.',
      icon: 'clipboard-check',
      input: {
        type: 'object',
        properties: {
          id: orderId,
          items,
          payment: {
            type: 'object',
            title: 'Payment',
            properties: { amount: { type: 'number', title: 'Amount' }, card: { type: 'string', title: 'Card' } },
            required: ['amount', 'card'],
          },
          customerEmail: { type: 'string', title: "Customer's mail address" },
        },
        required: ['id', 'items', 'payment', 'customerEmail'],
      },
      output: {
        type: 'object',
        properties: { valid: { type: 'boolean' }, message: { type: 'string' } },
        required: ['valid'],
      },
    },
    ({ input }) =>
      file.change((data) => {
        const message = whatIsWrong(input.items, input.payment.amount, data)
        setOrder(data, input.id, {
          items: input.items,
          amount: input.payment.amount,
          status: message ? 'rejected' : 'accepted',
          ...(message ? { message } : {}),
        })
        return message ? { valid: false, message } : { valid: true }
      }),
  )

  const processPayment = defineActivity(
    {
      name: 'ProcessPayment',
      title: 'Process payment',
      description:
        'Charges a card, once for each idempotency key. Card 4000-declined is declined; one that begins with 4000-flaky fails twice first.',
      icon: 'credit-card',
      input: {
        type: 'object',
        properties: { orderId, amount: { type: 'number', title: 'Amount' }, card: { type: 'string', title: 'Card' } },
        required: ['orderId', 'amount', 'card'],
      },
      output: { type: 'object', properties: { transactionId: { type: 'string' } }, required: ['transactionId'] },
      retry: { maxNumberOfAttempts: 3, firstRetryInterval: 'PT5S' },
    },
    async ({ input, idempotencyKey, log }) => {
      if (input.card === '4000-declined') throw new SampleError('PaymentDeclined', 'The bank declined the card.', true)
      const calls = input.card.startsWith('4000-flaky')
        ? await file.change((data) => count(data, `payment ${idempotencyKey}`))
        : null
      if (calls !== null && calls <= 2) {
        throw new SampleError('PaymentGatewayUnavailable', `The payment gateway did not answer (call ${calls}).`)
      }
      return file.change((data) => {
        const known = data.payments[idempotencyKey]
        const transactionId = known?.transactionId ?? stableId('tx', idempotencyKey)
        if (known) log('charged before, not charged again', { transactionId })
        data.payments[idempotencyKey] ??= {
          orderId: input.orderId,
          amount: input.amount,
          card: `…${input.card.slice(-4)}`,
          transactionId,
          at: now(),
        }
        setOrder(data, input.orderId, { status: 'paid', transactionId })
        return { transactionId }
      })
    },
  )

  const updateInventory = defineActivity(
    {
      name: 'UpdateInventory',
      title: 'Update inventory',
      description: 'Takes the items of an order from the stock, once for each order.',
      icon: 'packages',
      input: { type: 'object', properties: { orderId, items }, required: ['orderId', 'items'] },
      output: {
        type: 'object',
        properties: {
          reserved: {
            type: 'array',
            items: {
              type: 'object',
              properties: { sku: { type: 'string' }, quantity: { type: 'integer' }, left: { type: 'integer' } },
              required: ['sku', 'quantity', 'left'],
            },
          },
        },
        required: ['reserved'],
      },
    },
    ({ input }) =>
      file.change((data) => {
        if (!data.reservations[input.orderId]) {
          const problem = whatIsMissing(input.items, data)
          if (problem) throw new SampleError('OutOfStock', problem, true)
          for (const { sku, quantity } of input.items) data.stock[sku] = (data.stock[sku] ?? 0) - quantity
          data.reservations[input.orderId] = input.items
          setOrder(data, input.orderId, { status: 'reserved' })
        }
        return { reserved: input.items.map(({ sku, quantity }) => ({ sku, quantity, left: data.stock[sku] ?? 0 })) }
      }),
  )

  const sendConfirmation = defineActivity(
    {
      name: 'SendConfirmation',
      title: 'Send confirmation',
      description: 'Puts a mail into the outbox, once for each idempotency key.',
      icon: 'mail',
      input: {
        type: 'object',
        properties: {
          orderId,
          email: { type: 'string', title: 'Mail address' },
          transactionId: { type: 'string', title: 'Transaction' },
        },
        required: ['orderId', 'email', 'transactionId'],
      },
      output: { type: 'object', properties: { messageId: { type: 'string' } }, required: ['messageId'] },
    },
    ({ input, idempotencyKey }) =>
      file.change((data) => {
        const messageId = stableId('mail', idempotencyKey)
        if (!data.outbox.some((mail) => mail.messageId === messageId)) {
          const subject = `Your order ${input.orderId} is on its way (${input.transactionId})`
          data.outbox.push({ orderId: input.orderId, to: input.email, subject, messageId, at: now() })
        }
        setOrder(data, input.orderId, { status: 'confirmed' })
        return { messageId }
      }),
  )

  const refundPayment = defineActivity(
    {
      name: 'RefundPayment',
      title: 'Refund payment',
      description: 'Gives back what a transaction took, once.',
      icon: 'receipt-refund',
      input: {
        type: 'object',
        properties: { orderId, transactionId: { type: 'string', title: 'Transaction' } },
        required: ['orderId', 'transactionId'],
      },
      output: { type: 'object', properties: { refundId: { type: 'string' } }, required: ['refundId'] },
    },
    ({ input }) =>
      file.change((data) => {
        const payment = Object.values(data.payments).find((one) => one.transactionId === input.transactionId)
        if (!payment)
          throw new SampleError('UnknownTransaction', `There is no transaction ${input.transactionId}.`, true)
        payment.refundId ??= stableId('refund', input.transactionId)
        setOrder(data, input.orderId, { status: 'refunded' })
        return { refundId: payment.refundId }
      }),
  )

  const releaseInventory = defineActivity(
    {
      name: 'ReleaseInventory',
      title: 'Release inventory',
      description: 'Puts the items that an order took back into the stock, once.',
      icon: 'package-export',
      input: { type: 'object', properties: { orderId, items }, required: ['orderId', 'items'] },
      output: { type: 'object', properties: { released: items }, required: ['released'] },
    },
    ({ input }) =>
      file.change((data) => {
        if (data.reservations[input.orderId]) {
          for (const { sku, quantity } of input.items) data.stock[sku] = (data.stock[sku] ?? 0) + quantity
          delete data.reservations[input.orderId]
        }
        return { released: input.items }
      }),
  )

  return [validateOrder, processPayment, updateInventory, sendConfirmation, refundPayment, releaseInventory]
}

function whatIsWrong(wanted: readonly OrderItem[], amount: number, data: SampleData): string | null {
  if (wanted.length === 0) return 'The order has no items.'
  const odd = wanted.find(({ quantity }) => quantity <= 0)
  if (odd) return `The quantity of ${odd.sku} must be more than 0.`
  if (amount <= 0) return 'The amount must be more than 0.'
  return whatIsMissing(wanted, data)
}

function whatIsMissing(wanted: readonly OrderItem[], data: SampleData): string | null {
  const sums = new Map<string, number>()
  for (const { sku, quantity } of wanted) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  for (const [sku, quantity] of sums) {
    const left = Object.hasOwn(data.stock, sku) ? data.stock[sku] : undefined
    if (left === undefined) return `There is no article ${sku}.`
    if (left < quantity) return `Only ${left} of ${sku} are in stock.`
  }
  return null
}

function setOrder(data: SampleData, id: string, changes: Partial<Order>): void {
  data.orders[id] = { status: 'accepted', items: [], ...data.orders[id], ...changes, at: now() }
}

function count(data: SampleData, key: string): number {
  const calls = (data.calls[key] ?? 0) + 1
  data.calls[key] = calls
  return calls
}

const now = (): string => new Date().toISOString()
