// The pictures of the README's tour, made when UPDATE_SCREENSHOTS=1 asks for them: one walk from drawing to mending.
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '../fixtures/house.ts'
import { smallPng } from '../fixtures/small-png.ts'
import { DesignerPage } from '../pages/designer-page.ts'
import { InstancePage } from '../pages/instance-page.ts'
import { InstancesPage } from '../pages/instances-page.ts'
import { TryPanel } from '../pages/try-panel.ts'
import { setDelays, setStock } from '../server/sample-book.ts'
import { orderInput } from './order.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))
const pictures = ['draw', 'try', 'deploy', 'run', 'watch', 'mend', 'mended', 'instances'] as const
const mostBytes = 150_000

test.use({ viewport: { width: 1280, height: 800 } })

const layout = {
  positions: {},
  notes: [
    {
      id: 'bank',
      scope: '',
      text: 'A declined card ends here; a gateway that does not answer is asked again.',
      x: -220,
      y: 0,
      width: 190,
      height: 76,
      beside: { step: 'pay', x: -220, y: 0 },
    },
  ],
  groups: [{ id: 'warehouse', title: 'Warehouse', members: ['reserve', 'confirm'], colour: 'data' }],
}

test('the pictures of the tour', async ({ page, api, server }) => {
  test.slow()
  await mkdir(folder, { recursive: true })
  const designer = new DesignerPage(page)
  const instance = new InstancePage(page)
  const instances = new InstancesPage(page)
  const shoot = async (name: (typeof pictures)[number], scheme: 'light' | 'dark' = 'light') => {
    await page.emulateMedia({ colorScheme: scheme })
    // The pointer away from everything, and what moves at rest.
    await page.mouse.move(640, 799)
    await page.waitForTimeout(700)
    await writeFile(join(folder, `${name}.png`), smallPng(await page.screenshot()))
    await page.emulateMedia({ colorScheme: 'light' })
  }

  await test.step('what has run already', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    for (const [index, sku] of ['BOOK-1', 'PEN-1', 'MUG-1', 'LAMP-1', 'RARE-2'].entries()) {
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
    await api.start('approval', { request: 'A standing desk' }, 'approval-desk')
    await api.call('POST', '/api/instances/approval-desk/suspend', { reason: 'The budget is being made', by: 'Grace' })
    await api.start('greet-team', { members: ['Ada', 'Grace', 'Edsger'] }, 'team')
    await api.start('for-each', { skus: ['BOOK-1', 'PEN-1', 'MUG-1'] }, 'stock-check')
    await api.start('custom-status', null, 'nightly-report')
    await api.start('monitor', { city: 'Lisbon', limit: 45, interval: 'PT10M' }, 'heat-lisbon')
    await api.finished('order-1005')
  })

  await test.step('draw', async () => {
    const { body } = await api.call<{ definition: { steps: object } }>('GET', '/api/definitions/process-order')
    await api.draw('process-order', body.definition, layout)
    await designer.open('process-order')
    await designer.select('pay')
    await designer.section('If it fails')
    await designer.type('/retry/maxNumberOfAttempts', '5')
    await designer.saved()
    await shoot('draw')
  })

  await test.step('try', async () => {
    const tried = new TryPanel(page)
    await tried.open()
    await tried.button('Try it').click()
    await expect(designer.card('confirm')).toHaveAttribute('data-state', 'completed')
    await page.getByRole('button', { name: 'Show everything' }).click()
    await shoot('try')
  })

  await test.step('deploy', async () => {
    await page.getByRole('button', { name: 'Deploy v2' }).click()
    await page.getByRole('textbox', { name: 'Comment' }).fill('The gateway needs more patience')
    await shoot('deploy')
    await page.getByRole('button', { name: 'Deploy version 2' }).click()
    await expect(page.getByText(/^Version 2 of .* is deployed/)).toBeVisible()
    await expect(page.getByText(/^Version 2 of .* is deployed/)).toBeHidden()
  })

  await test.step('run', async () => {
    await setDelays(server.dataDir, { ProcessPayment: 900, UpdateInventory: 1_800, SendConfirmation: 60_000 })
    const run = await designer.openRun()
    await designer.input('/payment/card').fill('4000-flaky-1')
    await run.getByRole('textbox', { name: 'Instance id' }).fill('order-2000')
    await shoot('run')
    await run.getByRole('button', { name: 'Run process-order v2' }).click()
  })

  await test.step('watch', async () => {
    await instance.isOpen('order-2000')
    await expect(instance.card('confirm')).toHaveAttribute('data-state', 'running', { timeout: 60_000 })
    await shoot('watch', 'dark')
  })

  await test.step('mend', async () => {
    await setDelays(server.dataDir, { ProcessPayment: 900 })
    const rare = { items: [{ sku: 'RARE-1', quantity: 1 }] }
    await api.start('process-order', orderInput('o-2001', rare), 'order-2001')
    await api.start('process-order', orderInput('o-2002', rare), 'order-2002')
    const ends = [await api.finished('order-2001'), await api.finished('order-2002')]
    const failed = ends.find(({ status }) => status === 'Failed')?.instanceId ?? 'none'
    await instance.open(failed)
    await expect(instance.card('reserve')).toHaveAttribute('data-state', 'failed')
    await instance.button('Rewind and try again…').click()
    await page.getByRole('textbox', { name: 'Why' }).fill('New ones have arrived')
    await page.getByRole('textbox', { name: 'Who' }).fill('Ada')
    await shoot('mend')
    await setStock(server.dataDir, { 'RARE-1': 10 })
    await page.getByRole('button', { name: `Rewind ${failed}` }).click()
    await instance.hasStatus('Completed')
    await instance.tab('History')
    await instance.event('Rewound to its failed steps by Ada').click()
    await expect(page.getByRole('button', { name: 'See everything as of this event' })).toBeVisible()
    await shoot('mended')
  })

  await test.step('all of them', async () => {
    await instances.open()
    await expect(instances.row('order-2001')).toBeVisible()
    await shoot('instances', 'dark')
  })

  await test.step('nothing else lies in the folder, and nothing is too big for a page', async () => {
    expect((await readdir(folder)).toSorted()).toEqual(pictures.map((name) => `${name}.png`).toSorted())
    for (const name of pictures)
      expect.soft((await stat(join(folder, `${name}.png`))).size, name).toBeLessThan(mostBytes)
  })
})
