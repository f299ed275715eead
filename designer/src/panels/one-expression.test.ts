import { expect, test } from 'vitest'
import { oneExpression } from './one-expression.ts'

test('text around expressions becomes part of one', () => {
  expect(oneExpression('Order {% $input.id %} is due')).toBe('{% "Order " & $input.id & " is due" %}')
  expect(oneExpression('{% $a %}-{% $b + 1 %}')).toBe('{% $a & "-" & ($b + 1) %}')
  expect(oneExpression('say "{% $a %}"')).toBe('{% "say \\"" & $a & "\\"" %}')
})

test('what cannot be told apart is left alone', () => {
  expect(oneExpression('plain')).toBeUndefined()
  expect(oneExpression('{% a %} and {% b')).toBeUndefined()
})
