import { expect, test } from 'vitest'
import { createHistoryFeed } from './history-feed.ts'
import { historyOf, started } from './history-of.ts'

const now = (run: () => void) => run()
const history = historyOf(
  started,
  { type: 'EventRaised', name: 'a', data: 1 },
  { type: 'EventRaised', name: 'b', data: 2 },
)

test('events come once and in order, however often and in however large pieces they are told', () => {
  const feed = createHistoryFeed(now)
  expect(feed.append(history.slice(0, 2))).toBe(true)
  expect(feed.append(history)).toBe(true)
  expect(feed.snapshot().events.map((event) => event.seq)).toEqual([1, 2, 3])
})

test('a gap is refused, so that the caller reads what is missing', () => {
  const feed = createHistoryFeed(now)
  feed.append(history.slice(0, 1))
  expect(feed.append(history.slice(2))).toBe(false)
  expect(feed.lastSeq()).toBe(1)
})

test('a new execution takes the place of the one before', () => {
  const feed = createHistoryFeed(now)
  feed.append(history)
  feed.append(historyOf({ ...started, executionId: 'x2' }))
  expect(feed.lastSeq()).toBe(1)
  expect(feed.snapshot().unfolding.executionId).toBe('x2')
})

test('a burst of events tells listeners once', () => {
  const waiting: (() => void)[] = []
  const feed = createHistoryFeed((run) => waiting.push(run))
  let told = 0
  feed.subscribe(() => (told += 1))
  for (const event of history) feed.append([event])
  for (const run of waiting) run()
  expect([waiting.length, told]).toEqual([1, 1])
})
