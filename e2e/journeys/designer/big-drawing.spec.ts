// A drawing of hundreds of steps: what is out of sight is not drawn, and nothing of that is noticed.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

const count = 400
const id = (index: number) => `step${index}`
const long = {
  start: id(0),
  steps: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      id(index),
      {
        type: 'activity',
        activity: 'Echo',
        title: `Step ${index}`,
        ...(index + 1 < count && { next: id(index + 1) }),
      },
    ]),
  ),
}

test('four hundred steps are searched, gone to, edited and seen as a whole', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  const drawn = page.locator('[data-testid^="step-card:"]')
  await api.draw('long', long)
  await designer.open('long')
  await expect(designer.card(id(0))).toBeVisible()
  expect(await drawn.count()).toBeLessThan(60)

  await test.step('what was selected is held while the view goes elsewhere', async () => {
    await designer.card(id(1)).click()
    await page.keyboard.press('ControlOrMeta+f')
    await page.getByRole('textbox', { name: 'Find in the drawing' }).fill('Step 250')
    await page.keyboard.press('Enter')
    await expect(designer.card(id(250))).toBeInViewport()
    await page.keyboard.press('Escape')
    expect(await drawn.count()).toBeLessThan(60)
    await expect(designer.card(id(0))).toHaveCount(0)
    await expect(designer.edge(id(249), 'next', id(250))).toBeAttached()
  })

  await test.step('a step far down is edited, and the card follows what is typed', async () => {
    await designer.card(id(250)).click()
    await designer.properties.getByTestId('field:/title').getByRole('textbox').fill('Renamed far down')
    await expect(designer.card(id(250))).toContainText('Renamed far down')
    await designer.card(id(250)).click()
    await page.keyboard.press('a')
    await designer.quickAdd('timer')
    await expect(designer.edge(id(250), 'next', 'timer')).toBeAttached()
  })

  await test.step('the overview leads back to the beginning', async () => {
    const overview = page.getByRole('img', { name: 'Overview of the drawing' })
    const box = await overview.boundingBox()
    if (box === null) throw new Error('the overview is not on the screen')
    await page.mouse.click(box.x + box.width / 2, box.y + 3)
    await expect(designer.card(id(0))).toBeInViewport()
    await expect(designer.card(id(250))).toHaveCount(0)
  })

  await test.step('all are selected, moved as one, and moved back', async () => {
    await designer.card(id(2)).click()
    await page.keyboard.press('ControlOrMeta+a')
    await expect(drawn).toHaveCount(count + 1)
    const before = await designer.card(id(2)).boundingBox()
    await designer.move(id(2), { x: 80, y: 0 })
    await expect(async () => {
      const after = await designer.card(id(2)).boundingBox()
      expect((after?.x ?? 0) - (before?.x ?? 0)).toBeGreaterThan(40)
    }).toPass()
    const stored = () => api.call<{ layout: { positions: object } }>('GET', '/api/drafts/long')
    await expect
      .poll(async () => Object.keys((await stored()).body.layout?.positions ?? {}).length)
      .toBeGreaterThan(count)
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(async () => Object.keys((await stored()).body.layout?.positions ?? {}).length).toBe(0)
    await page.keyboard.press('Escape')
  })

  await test.step('as much as fits is seen at once', async () => {
    await designer.fit()
    await expect.poll(() => drawn.count()).toBeGreaterThan(100)
    await expect.poll(() => page.locator('[data-edge]').count()).toBeGreaterThan(100)
  })
})
