import { expect, test } from 'vitest'
import { matchingItems } from '../drawing/matching-items.ts'
import { stepKinds } from './registry.ts'

test('steps are found by what they are called in other tools', () => {
  const kinds = stepKinds.map(({ type, title, summary, words }) => ({
    key: type,
    id: type,
    title,
    summary,
    words,
    step: {},
    group: '',
  }))
  const first = (text: string) => matchingItems(kinds, text)[0]?.key
  expect(['if', 'switch', 'map', 'loop', 'sleep', 'webhook', 'throw', 'try', 'variable', 'task'].map(first)).toEqual([
    'choice',
    'choice',
    'forEach',
    'forEach',
    'timer',
    'waitForEvent',
    'fail',
    'scope',
    'assign',
    'activity',
  ])
})
