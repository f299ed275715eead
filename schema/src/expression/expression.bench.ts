// Measures compiled expressions beside the jsonata package, in one run:
// node --conditions=@durable-canvas/source --import tsx schema/src/expression/expression.bench.ts

import jsonata from 'jsonata'
import { compileCondition, compileExpression, type Json } from './index.ts'

const order: Json = {
  total: 120,
  status: 'paid',
  customer: { name: 'Ada', address: { city: 'London' } },
  items: [
    { price: 4, quantity: 2 },
    { price: 8, quantity: 1 },
    { price: 15, quantity: 3 },
  ],
}
const input: Json = { order }
const bindings = { input, limit: 100, attempts: 2 }

const expressions = [
  'order.total',
  '$input.order.customer.address.city',
  'order.total > 100',
  'order.total > 100 and order.items[0].price < 5',
  '$input.order.total > $limit or $attempts >= 3',
  'order.status = "paid" and order.total * 2 - 10 > $limit',
  '"Order of " & order.customer.name',
  'order.items[price > 5]',
  '$sum(order.items.price)',
  '$sum(order.items.(price * quantity))',
  '{ "name": order.customer.name, "total": order.total, "first": order.items[0].price }',
  '$map(order.items, function($item) { $item.price * 2 })',
]

// the best of many short rounds, since a machine that does other work too disturbs the long ones
const rounds = 40

function microseconds(evaluate: () => unknown): number {
  for (let warm = 0; warm < 20_000; warm++) evaluate()
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    for (let at = 0; at < 2_000; at++) evaluate()
    best = Math.min(best, (performance.now() - start) / 2)
  }
  return best
}

async function packageMicroseconds(source: string): Promise<number> {
  const expression = jsonata(source)
  for (let warm = 0; warm < 2_000; warm++) await expression.evaluate(input, bindings)
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    for (let at = 0; at < 100; at++) await expression.evaluate(input, bindings)
    best = Math.min(best, (performance.now() - start) * 10)
  }
  return best
}

const figure = (value: number) => value.toFixed(3).padStart(9)

console.log('µs per evaluation:    value     test  package')
for (const source of expressions) {
  const expression = compileExpression(source)
  const condition = compileCondition(source)
  const value = microseconds(() => expression.evaluate(input, bindings))
  const test = microseconds(() => condition.test(input, bindings))
  const peer = await packageMicroseconds(source)
  console.log(`${' '.repeat(18)}${figure(value)}${figure(test)}${figure(peer)}  ${source}`)
}
