// Every view, light and dark, without a violation of WCAG 2.1 A and AA that a machine can find.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../../fixtures/house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { InstancePage } from '../../pages/instance-page.ts'
import { orderInput } from '../order.ts'

async function violations(page: Page): Promise<string[]> {
  // Colours in the middle of a fade are nobody's colours.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  )
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze()
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every view is accessible, ${colorScheme}`, async ({ page, api }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await api.start('process-order', orderInput('done'), 'done')
    await api.start('process-order', orderInput('bad', { payment: { amount: 5, card: '4000-declined' } }), 'bad')
    await api.start('approval', { request: 'A chair' }, 'waits')
    await api.finished('bad')
    await api.finished('done')
    const designer = new DesignerPage(page)
    const instance = new InstancePage(page)

    const views: Record<string, () => Promise<void>> = {
      definitions: async () => {
        await page.goto('/definitions')
        await expect(page.getByRole('link', { name: 'Process order' })).toBeVisible()
      },
      versions: async () => {
        await page.goto('/definitions/process-order')
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      },
      drawing: async () => {
        await designer.open('process-order')
        await designer.select('pay')
      },
      'drawing and code': async () => {
        await designer.view('Split')
        await expect(page.getByRole('textbox', { name: 'Definition as JSON' })).toBeVisible()
      },
      'run panel': async () => {
        await designer.view('Design')
        await designer.openRun()
      },
      instances: async () => {
        await page.goto('/instances')
        await expect(page.getByRole('row').filter({ hasText: 'waits' })).toBeVisible()
      },
      'a completed instance': async () => {
        await instance.open('done')
        await expect(instance.card('confirm')).toHaveAttribute('data-state', 'completed')
      },
      'its history': async () => {
        await instance.tab('History')
        await expect(instance.events.first()).toBeVisible()
      },
      'its data': async () => {
        await instance.tab('Data')
        await expect(page.getByText('customerEmail').first()).toBeVisible()
      },
      'a failed instance': async () => {
        await instance.open('bad')
        await expect(instance.card('pay')).toHaveAttribute('data-state', 'failed')
      },
      'a waiting instance': async () => {
        await instance.open('waits')
        await expect(instance.card('wait')).toHaveAttribute('data-state', 'waiting')
      },
      activities: async () => {
        await page.goto('/activities')
        await expect(page.getByText('Process payment').first()).toBeVisible()
      },
      overview: async () => {
        await page.goto('/overview')
        await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
      },
    }
    for (const [name, go] of Object.entries(views)) {
      await test.step(name, async () => {
        await go()
        expect.soft(await violations(page), name).toEqual([])
      })
    }
  })
}
