import { expect, test } from 'vitest'
import type { InstanceSummary } from '../api/api-types.ts'
import { fits, isEmptyFilter, queryOf, readFilter, writeFilter } from './instance-filter.ts'

const read = (text: string) => readFilter(new URLSearchParams(text))

test('a filter survives the way through the address', () => {
  const address = 'status=Running%2CFailed&definition=order&version=3&id=o-&created=24h'
  expect(writeFilter(read(address)).toString()).toBe(address)
})

test('what the address says wrongly is left out', () => {
  expect(isEmptyFilter(read('status=Nice&version=x&created=ever'))).toBe(true)
})

test('a version without its definition means nothing', () => {
  expect(queryOf(read('version=3'), 0)).toEqual({})
})

test('the query asks the server for what the filter says', () => {
  expect(queryOf(read('status=Failed&created=1h&id=a'), Date.UTC(2026, 0, 1, 12))).toEqual({
    status: 'Failed',
    createdFrom: '2026-01-01T11:00:00.000Z',
    idPrefix: 'a',
  })
})

test('a new instance is announced only if it fits', () => {
  const summary = {
    instanceId: 'o-1',
    definition: 'order',
    version: 2,
    status: 'Running',
    createdAt: '2026-01-01T11:30:00.000Z',
    parent: null,
  } as InstanceSummary
  const now = Date.UTC(2026, 0, 1, 12)
  const fit = (text: string) => fits(read(text), summary, now)
  expect(['', 'status=Running', 'definition=order&version=2', 'id=o', 'created=1h'].map(fit)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ])
  expect(['status=Failed', 'definition=order&version=3', 'id=x', 'created=15m', 'parent=p'].map(fit)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
})
