// What is under the pointer stays there, what is told can be read, and every action is found in the command palette.
import { expect, test } from '../../fixtures/house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { InstancesPage } from '../../pages/instances-page.ts'

const echo = { type: 'activity', activity: 'Echo', input: 1 }

const holding = {
  title: 'Reconcile the outstanding invoices of all subsidiaries with the ledger of the holding company',
  start: 'fork',
  steps: {
    fork: {
      type: 'parallel',
      branches: {
        one: { start: 'a', steps: { a: echo } },
        two: { start: 'b', steps: { b: echo } },
        three: { start: 'c', steps: { c: { ...echo, next: 'gone' } } },
      },
      next: 'last',
    },
    last: { type: 'end' },
  },
}

test('a long title covers nothing, and a container that is collapsed stays where its head was', async ({
  page,
  api,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const designer = new DesignerPage(page)
  await api.draw('holding', holding)
  await designer.open('holding')
  const count = page.getByRole('button', { name: '1 error' })
  const told = await count.boundingBox()
  const undo = await designer.undo.boundingBox()
  if (told === null || undo === null) throw new Error('the bar is not on the screen')
  expect(told.x + told.width).toBeLessThanOrEqual(undo.x)

  // From the tab of a try, the count leads to the problems that it counts.
  await page.getByRole('button', { name: 'Try', exact: true }).click()
  await expect(designer.problems).toHaveCount(0)
  await count.click()
  await expect(designer.problems.getByRole('listitem')).toHaveCount(1)

  await designer.fit()
  const head = async () => {
    const box = await designer.card('fork').boundingBox()
    return box === null ? undefined : [Math.round(box.x + box.width / 2), Math.round(box.y)]
  }
  const before = await head()
  await designer.card('fork').getByRole('button', { name: 'Collapse' }).click()
  await expect(designer.lane('fork[one]')).toHaveCount(0)
  expect(await head()).toEqual(before)
  await designer.undo.click()
  await expect(designer.lane('fork[one]')).toBeVisible()
  expect(await head()).toEqual(before)
})

test('what menus offer is found in the command palette too', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  const { steps } = holding
  await api.draw('commanded', { start: 'fork', steps: { ...steps, other: echo } })
  await designer.open('commanded')
  await designer.selectAll(['last', 'other'])
  const asks = page.getByPlaceholder('What do you want to do?')
  for (const command of [
    'Align left',
    'Distribute down',
    'Versions…',
    'Import JSON…',
    'Export Mermaid',
    'Export PNG',
  ]) {
    await page.keyboard.press('ControlOrMeta+k')
    await asks.fill(command)
    await expect(page.getByRole('button', { name: command, exact: true }).last()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(asks).toBeHidden()
  }
  await page.keyboard.press('ControlOrMeta+k')
  await asks.fill('Align left')
  await page.keyboard.press('Enter')
  const left = async (path: string) => Math.round((await designer.card(path).boundingBox())?.x ?? 0)
  await expect.poll(async () => (await left('last')) - (await left('other'))).toBe(0)
})

test('selecting an instance moves no row', async ({ page, api }) => {
  const instances = new InstancesPage(page)
  for (const id of ['first', 'second', 'third']) await api.start('approval', { request: id }, id)
  await instances.open()
  const places = async () => Promise.all(['first', 'second'].map((id) => instances.row(id).boundingBox()))
  await expect(instances.row('first')).toBeVisible()
  const before = await places()
  await instances.select('second')
  await expect(instances.actions).toBeVisible()
  expect(await places()).toEqual(before)
})
