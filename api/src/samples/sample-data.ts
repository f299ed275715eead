// The small world that the sample activities change: a shop's stock, its order book, payments and outbox, and counters for those that play failures.
export interface OrderItem {
  readonly sku: string
  readonly quantity: number
}

export interface Order {
  status: 'rejected' | 'accepted' | 'paid' | 'reserved' | 'confirmed' | 'refunded'
  items: readonly OrderItem[]
  amount?: number
  message?: string
  transactionId?: string
  at: string
}

export interface Payment {
  orderId: string
  amount: number
  /** The last four characters only. */
  card: string
  transactionId: string
  refundId?: string
  at: string
}

export interface Mail {
  orderId: string
  to: string
  subject: string
  messageId: string
  at: string
}

export interface SampleData {
  about: string
  /** Milliseconds by activity name: how long it waits before it begins. Read anew on every call, so it can be edited while the server runs. */
  delays: Record<string, number>
  stock: Record<string, number>
  /** By order id. */
  orders: Record<string, Order>
  /** By idempotency key. */
  payments: Record<string, Payment>
  /** By order id; what UpdateInventory took and ReleaseInventory may give back. */
  reservations: Record<string, readonly OrderItem[]>
  outbox: Mail[]
  /** How often something was called, by whatever names it. */
  calls: Record<string, number>
  jobs: Record<string, { job: string; checks: number }>
}

export const initialData = (): SampleData => ({
  about: 'What the sample activities did. Edit stock and delays as you like; delete the file to begin anew.',
  delays: {},
  stock: { 'BOOK-1': 10_000, 'PEN-1': 10_000, 'MUG-1': 500, 'LAMP-1': 25, 'RARE-1': 1 },
  orders: {},
  payments: {},
  reservations: {},
  outbox: [],
  calls: {},
  jobs: {},
})
