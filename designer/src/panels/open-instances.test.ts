import { expect, test } from 'vitest'
import { openByVersion, openInstances, openWords } from './open-instances.ts'

test('instances that have not ended count', () => {
  expect(openInstances({ Running: 2, Suspended: 1, Pending: 1, Completed: 7 })).toBe(4)
  expect(openInstances({})).toBe(0)
  expect([openWords(1), openWords(2)]).toEqual(['1 instance runs', '2 instances run'])
})

test('they are told by version, oldest first', () => {
  const of = (version: number, Running: number) => ({ version, instances: { Running } })
  expect(openByVersion([of(3, 1), of(2, 0), of(1, 2)])).toBe('2 instances run on version 1 and 1 on version 3')
  expect(openByVersion([of(3, 1), of(2, 4), of(1, 1)])).toBe(
    '1 instance runs on version 1, 4 on version 2 and 1 on version 3',
  )
  expect(openByVersion([of(2, 0), of(1, 1)])).toBe('1 instance runs on version 1')
  expect(openByVersion([of(1, 0)])).toBeUndefined()
})
