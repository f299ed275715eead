// An order as the order workflow takes it.
export const orderInput = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  items: [{ sku: 'BOOK-1', quantity: 2 }],
  payment: { amount: 39.8, card: '4111111111111111' },
  customerEmail: 'ada@example.com',
  ...more,
})
