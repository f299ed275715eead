import { expect, test } from 'vitest'
import type { DefinitionSummary } from '../api/api-types.ts'
import { definitionRows, isName, nameFrom } from './definition-rows.ts'

const deployed = (name: string, title: string | null = null): DefinitionSummary => ({
  name,
  title,
  version: 1,
  versions: 1,
  hash: '',
  deployedAt: '',
  instances: {},
})

test('drafts stand beside what is deployed, one row a name', () => {
  const rows = definitionRows(
    [deployed('order', 'Order'), deployed('alpha')],
    [
      { name: 'order', revision: 2 },
      { name: 'new-one', revision: 1 },
    ],
  )
  expect(rows.map(({ name, deployed: summary, draft }) => [name, summary !== null, draft !== null])).toEqual([
    ['alpha', true, false],
    ['new-one', false, true],
    ['order', true, true],
  ])
})

test('the words are looked for in name and title', () => {
  const rows = (words: string) =>
    definitionRows([deployed('order', 'Fulfilment'), deployed('mail')], [], words).map((row) => row.name)
  expect([rows('FUL'), rows('ord'), rows('x')]).toEqual([['order'], ['order'], []])
})

test('a title becomes a name that the server takes', () => {
  expect(['Order fulfilment (EU)', '3 Größen!', '  ', 'x'.repeat(99)].map(nameFrom)).toEqual([
    'order-fulfilment-eu',
    'gro-en',
    '',
    'x'.repeat(63),
  ])
  expect([isName('order-2'), isName('2-order'), isName('Order'), isName('')]).toEqual([true, false, false, false])
})
