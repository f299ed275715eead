import { expect, test } from 'vitest'
import type { InstanceStatus, InstanceSummary } from './api-types.ts'
import { createHeardSummaries } from './heard-summaries.ts'

const summary = (instanceId: string, status: InstanceStatus, seq: number, createdAt = 10): InstanceSummary => ({
  instanceId,
  executionId: 'e',
  definition: 'order',
  version: 1,
  status,
  createdAt: new Date(createdAt).toISOString(),
  lastUpdatedAt: new Date(createdAt).toISOString(),
  completedAt: null,
  customStatus: null,
  failure: null,
  parent: null,
  waitingFor: [],
  seq,
})
const told = ({ items }: { items: readonly InstanceSummary[] }) =>
  items.map(({ instanceId, status }) => `${instanceId} ${status}`)

test('a row that the projection has not followed yet is as it was heard, an older word changes nothing', () => {
  const heard = createHeardSummaries()
  heard.hear(summary('a', 'Suspended', 4), 0)
  heard.hear(summary('a', 'Running', 3), 0)
  heard.hear(summary('b', 'Pending', 1), 0)
  const page = { items: [summary('a', 'Running', 3), summary('b', 'Running', 2)], next: null }
  expect(told(heard.correct(page, {}, true, 0))).toEqual(['a Suspended', 'b Running'])
})

test('what has ceased to fit leaves, what has begun to fit takes its place among the newest first', () => {
  const heard = createHeardSummaries()
  heard.hear(summary('gone', 'Suspended', 4, 30), 0)
  heard.hear(summary('come', 'Running', 5, 20), 0)
  const page = { items: [summary('gone', 'Running', 3, 30), summary('old', 'Running', 1, 10)], next: null }
  expect(told(heard.correct(page, { status: 'Running,Pending' }, true, 0))).toEqual(['come Running', 'old Running'])
})

test('what is older than the last row of a page stands on a later one', () => {
  const heard = createHeardSummaries()
  heard.hear(summary('older', 'Running', 5, 5), 0)
  heard.hear(summary('newer', 'Running', 5, 15), 0)
  const page = { items: [summary('last', 'Running', 1, 10)], next: 'cursor' }
  expect(told(heard.correct(page, {}, true, 0))).toEqual(['newer Running', 'last Running'])
  expect(told(heard.correct(page, {}, false, 0))).toEqual(['last Running'])
})

test('what was purged, or heard long ago, is not spoken of', () => {
  const heard = createHeardSummaries()
  heard.hear(summary('purged', 'Failed', 5), 0)
  heard.drop('purged')
  heard.hear(summary('stale', 'Failed', 5), 0)
  expect(told(heard.correct({ items: [], next: null }, {}, true, 60_000))).toEqual([])
})
