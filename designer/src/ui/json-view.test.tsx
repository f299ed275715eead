// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { JsonView } from './json-view.tsx'

beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(cleanup)

const show = (value: Parameters<typeof JsonView>[0]['value']) =>
  render(
    <MantineProvider>
      <JsonView value={value} label="input" openDepth={1} />
    </MantineProvider>,
  )
const lines = () => screen.getAllByRole('treeitem').map((line) => line.textContent)

test('arrows fold and unfold, and the current line is told', () => {
  show({ order: { id: 7 }, paid: true })
  const tree = screen.getByRole('tree', { name: 'input' })
  expect(lines()).toEqual(['2 members', 'order: { id }', 'paid: true'])
  fireEvent.keyDown(tree, { key: 'ArrowDown' })
  fireEvent.keyDown(tree, { key: 'ArrowRight' })
  expect(lines()).toEqual(['2 members', 'order: ', 'id: 7', 'paid: true'])
  expect(tree.getAttribute('aria-activedescendant')).toMatch(/\/order$/)
  fireEvent.keyDown(tree, { key: 'ArrowLeft' })
  expect(lines()).toHaveLength(3)
})

test('a long text is cut until all of it is asked for', async () => {
  show('x'.repeat(1_000))
  expect(lines()[0]?.length).toBeLessThan(500)
  await userEvent.click(screen.getByRole('button', { name: /show all 1000/ }))
  expect(lines()[0]).toHaveLength(1_002)
})

test('c copies the value of the current line', () => {
  const writeText = vi.fn(async () => undefined)
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText }, platform: 'Linux' })
  show({ id: 'a"b' })
  const tree = screen.getByRole('tree', { name: 'input' })
  fireEvent.keyDown(tree, { key: 'ArrowDown' })
  fireEvent.keyDown(tree, { key: 'c' })
  expect(writeText).toHaveBeenCalledWith('a"b')
  vi.unstubAllGlobals()
})
