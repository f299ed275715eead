import { expect, test } from 'vitest'
import { matchingItems } from './matching-items.ts'
import type { NewItem } from './new-item.ts'

const item = (key: string, title: string, summary: string, words?: string): NewItem => ({
  key,
  title,
  summary,
  id: key,
  step: {},
  group: '',
  words,
})
const delay = item('activity:Delay', 'Delay', 'Works for a while. A timer is what waits')
const timer = item('step:timer', 'Timer', 'Comes later', 'wait sleep pause')
const event = item('step:waitForEvent', 'Wait for event', 'Takes one event', 'webhook')
const items = [delay, timer, event]
const found = (text: string) => matchingItems(items, text)

test('nothing typed finds everything', () => expect(found('  ')).toBe(items))

test('titles come first, then other names, then what is told of it', () => {
  expect(found('wait')).toEqual([event, timer, delay])
  expect(found('event')).toEqual([event])
  expect(found('slee')).toEqual([timer])
  expect(found('for while')).toEqual([delay])
  expect(found('nothing')).toEqual([])
})
