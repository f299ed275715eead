// Shapes that several sample activities share. Literal types, so that defineActivity knows what an input holds.
export const items = {
  type: 'array',
  title: 'Items',
  items: {
    type: 'object',
    properties: {
      sku: { type: 'string', title: 'Article' },
      quantity: { type: 'integer', title: 'Quantity' },
    },
    required: ['sku', 'quantity'],
  },
} as const

export const orderId = { type: 'string', title: 'Order number', minLength: 1 } as const
