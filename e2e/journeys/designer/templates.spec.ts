// A new definition begins as a copy of one that is there: it opens laid out, can be deployed as it is, and runs.
import type { Page } from '@playwright/test'
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { InstancePage } from '../../pages/instance-page.ts'

/** Pairs of boxes of one container of which one covers the other. */
const overlapping = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const cards = [...document.querySelectorAll('[data-testid^="step-card:"]')].map((card) => ({
      path: (card.getAttribute('data-testid') ?? '').replace('step-card:', ''),
      rect: card.getBoundingClientRect(),
    }))
    return cards.flatMap((a, index) =>
      cards.slice(index + 1).flatMap((b) => {
        const isWithin = b.path.startsWith(`${a.path}/`) || b.path.startsWith(`${a.path}[`)
        const covers =
          a.rect.left < b.rect.right &&
          b.rect.left < a.rect.right &&
          a.rect.top < b.rect.bottom &&
          b.rect.top < a.rect.bottom
        return covers && !isWithin ? [`${a.path} and ${b.path}`] : []
      }),
    )
  })

test('copies of what is there open laid out, and one is deployed and run', async ({ page, api }) => {
  const designer = new DesignerPage(page)

  const begin = async (template: string, title: string, name: string) => {
    await page.goto('/definitions')
    await page.getByRole('button', { name: 'New definition' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill(title)
    await page.getByRole('combobox', { name: 'Begin with' }).fill(template)
    await page.getByRole('option', { name: template, exact: true }).click()
    await page.getByRole('button', { name: `Draw ${name}` }).click()
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }

  await begin('Scopes within scopes', 'Read the meters', 'read-the-meters')
  await expect(designer.card('city/look[inside]/read')).toBeVisible()
  expect(await overlapping(page)).toEqual([])

  await begin('Quorum', 'Three offers', 'three-offers')
  await expect(page.getByTestId(/^lane:/)).toHaveCount(3)
  expect(await overlapping(page)).toEqual([])

  await begin('Batch with tolerance', 'Nightly batch', 'nightly-batch')
  await expect(designer.card('each/validate')).toBeVisible()
  expect(await overlapping(page)).toEqual([])
  await expect(page.getByText('No problems. It can be deployed.')).toBeVisible()
  await designer.deploy(1)
  const run = await designer.openRun()
  await run.getByRole('textbox', { name: 'Instance id' }).fill('night-1')
  await run.getByRole('button', { name: 'Run nightly-batch v1' }).click()
  const instance = new InstancePage(page)
  await instance.isOpen('night-1')
  await instance.hasStatus('Completed')
  await expect(instance.card('each/validate')).toHaveAttribute('data-state', 'completed')
  expect((await api.get('night-1')).definition).toBe('nightly-batch')
})
