import { expect, test } from 'vitest'
import type { InstanceSummary } from '../api/api-types.ts'
import { stretchCount, stretchMs, throughput } from './throughput.ts'

const now = Date.UTC(2026, 0, 1, 12, 1)
const one = (startedAgo: number, endedAgo: number | null, status: InstanceSummary['status']) =>
  ({
    createdAt: new Date(now - startedAgo).toISOString(),
    completedAt: endedAgo === null ? null : new Date(now - endedAgo).toISOString(),
    status,
  }) as InstanceSummary

test('instances count where they started and where they ended', () => {
  const stretches = throughput(
    [
      one(0, null, 'Running'),
      one(stretchMs, 0, 'Completed'),
      one(stretchMs * 2, stretchMs, 'Failed'),
      one(7_200_000, 10_000_000, 'Completed'),
    ],
    now,
  )
  expect(stretches).toHaveLength(stretchCount)
  expect(stretches.slice(-3).map(({ started, completed, failed }) => [started, completed, failed])).toEqual([
    [1, 0, 0],
    [1, 0, 1],
    [1, 1, 0],
  ])
})
