// The pictures of the README, made when UPDATE_SCREENSHOTS=1 asks for them.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '../fixtures/house.ts'
import { DesignerPage } from '../pages/designer-page.ts'
import { InstancePage } from '../pages/instance-page.ts'
import { setDelays } from '../server/sample-book.ts'
import { orderInput } from './order.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pictures, ${colorScheme}`, async ({ page, api, server }) => {
    test.slow()
    await mkdir(folder, { recursive: true })
    await page.emulateMedia({ colorScheme })
    const shoot = async (name: string) => {
      // The pointer away from everything, and what moves at rest.
      await page.mouse.move(720, 899)
      await page.waitForTimeout(700)
      await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` })
    }
    const designer = new DesignerPage(page)
    const instance = new InstancePage(page)

    for (const [index, sku] of ['BOOK-1', 'PEN-1', 'MUG-1', 'BOOK-1', 'RARE-2'].entries()) {
      await api.start(
        'process-order',
        orderInput(`o-100${index}`, { items: [{ sku, quantity: 1 + index }] }),
        `order-100${index}`,
      )
    }
    await api.start(
      'process-order',
      orderInput('o-1005', { payment: { amount: 12, card: '4000-declined' } }),
      'order-1005',
    )
    await api.start('approval', { request: 'A new chair' }, 'approval-chair')
    await api
      .start('fan-out-fan-in', { cities: ['Oslo', 'Rome', 'Lima', 'Pune'] }, 'weather-today')
      .catch(() => undefined)
    await api.finished('order-1005')

    await designer.open('process-order')
    await designer.select('pay')
    await shoot('designer')

    await setDelays(server.dataDir, { ProcessPayment: 1_200, UpdateInventory: 2_500, SendConfirmation: 60_000 })
    await api.start(
      'process-order',
      orderInput('o-2000', { payment: { amount: 39.8, card: '4000-flaky-1' } }),
      'order-2000',
    )
    await instance.open('order-2000')
    await expect(instance.card('confirm')).toHaveAttribute('data-state', 'running', { timeout: 60_000 })
    await shoot('instance')

    await page.goto('/instances')
    await expect(page.getByRole('row').filter({ hasText: 'order-2000' })).toBeVisible()
    await shoot('instances')

    await page.goto('/definitions')
    await expect(page.getByRole('link', { name: 'Process order' })).toBeVisible()
    await shoot('definitions')

    await page.goto('/overview')
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    await shoot('overview')
  })
}
