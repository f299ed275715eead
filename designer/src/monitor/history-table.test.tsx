// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { historyOf, started } from './history-of.ts'
import { HistoryTable } from './history-table.tsx'

beforeAll(() => {
  // The list draws what its height lets be seen; here nothing has a height of its own.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 800 })
})
afterEach(cleanup)

const events = historyOf(
  started,
  { type: 'TaskScheduled', step: 'each[3]/charge', activity: 'ProcessPayment', input: { amount: 5 }, attempt: 1 },
  { type: 'TaskCompleted', step: 'each[3]/charge', task: 2, result: 'ok' },
)

const show = (selected: string | null = null) => {
  const onSelect = vi.fn()
  const onGoTo = vi.fn()
  render(
    <MantineProvider>
      <HistoryTable events={events} revision={1} selected={selected} onSelect={onSelect} onGoTo={onGoTo} />
    </MantineProvider>,
  )
  return { onSelect, onGoTo }
}
const rows = () => screen.getAllByRole('listitem').map((row) => row.textContent)

test('each event is one line in words', () => {
  show()
  expect(rows()[1]).toContain('TaskScheduledeach[3]/chargeAsked for ProcessPayment')
})

test('the filter looks in type, step and words', async () => {
  show()
  await userEvent.type(screen.getByLabelText('Filter the history'), 'processpay')
  expect(rows()).toHaveLength(1)
  expect(screen.getByText('1 of 3 events')).toBeTruthy()
})

test('only the selected step is shown on request, also by its static path', async () => {
  show('each/charge')
  await userEvent.click(screen.getByRole('button', { name: 'Only each/charge' }))
  expect(rows()).toHaveLength(2)
})

test('an event opens to its JSON and leads to its moment', async () => {
  const { onGoTo, onSelect } = show()
  await userEvent.click(screen.getByRole('button', { name: 'Event 2' }))
  expect(screen.getByRole('tree', { name: 'event 2' }).textContent).toContain('"ProcessPayment"')
  await userEvent.click(screen.getByRole('button', { name: 'See everything as of this event' }))
  expect(onGoTo).toHaveBeenCalledWith(2)
  await userEvent.click(screen.getAllByTitle('Select each[3]/charge')[0] as HTMLElement)
  expect(onSelect).toHaveBeenCalledWith('each[3]/charge')
})
