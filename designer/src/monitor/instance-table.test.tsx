// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { InstanceSummary } from '../api/api-types.ts'
import { InstanceTable } from './instance-table.tsx'

beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1200 })
  HTMLElement.prototype.scrollTo = () => undefined
})
afterEach(cleanup)

const instance = (instanceId: string): InstanceSummary => ({
  instanceId,
  executionId: 'x',
  definition: 'order',
  version: 3,
  status: 'Failed',
  createdAt: '2026-01-01T12:00:00.000Z',
  lastUpdatedAt: '2026-01-01T12:00:12.000Z',
  completedAt: '2026-01-01T12:01:12.000Z',
  customStatus: 'Paying',
  failure: { type: 'Declined', message: 'no money' },
  parent: null,
  waitingFor: [],
})
const rows = ['o-1', 'o-2', 'o-3'].map(instance)

function Page({ gone = new Set() }: { readonly gone?: ReadonlySet<string> }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  return (
    <>
      <output>{[...selected].join(' ')}</output>
      <InstanceTable
        rows={rows}
        selected={selected}
        gone={gone}
        onSelect={setSelected}
        hasMore={false}
        isLoadingMore={false}
        onMore={() => undefined}
      />
    </>
  )
}

function show(gone?: ReadonlySet<string>) {
  const router = createMemoryRouter([
    { path: '/', element: <Page {...(gone && { gone })} /> },
    { path: '/instances/:id', element: <p>the instance</p> },
  ])
  render(
    <MantineProvider>
      <RouterProvider router={router} />
    </MantineProvider>,
  )
  const body = screen.getByRole('rowgroup')
  fireEvent.focus(body)
  return { router, press: (key: string, more = {}) => fireEvent.keyDown(body, { key, ...more }) }
}
const selection = () => screen.getByRole('status').textContent

test('a row says status, definition, duration and what went wrong', () => {
  show()
  expect(screen.getAllByRole('row')[1]?.textContent).toMatch(/Failedo-1order@3.*1 m 12 sPayingDeclined: no money/)
})

test('a row of what was purged keeps its place, and is neither selected nor opened', () => {
  const { press, router } = show(new Set(['o-2']))
  expect(screen.getAllByRole('row')[2]?.textContent).toMatch(/^Purgedo-2/)
  press('ArrowDown')
  press(' ')
  press('Enter')
  fireEvent.click(screen.getByText('o-2'))
  expect([selection(), router.state.location.pathname]).toEqual(['', '/'])
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all that are loaded' }))
  expect(selection()).toBe('o-1 o-3')
})

test('arrows move, Space selects, Shift takes all in between', () => {
  const { press } = show()
  press('ArrowDown')
  press(' ')
  expect(selection()).toBe('o-2')
  press('ArrowDown', { shiftKey: true })
  expect(selection()).toBe('o-2 o-3')
  press(' ')
  expect(selection()).toBe('o-2')
})

test('Enter opens the current instance', () => {
  const { press, router } = show()
  press('End')
  press('Enter')
  expect(router.state.location.pathname).toBe('/instances/o-3')
})
