// Steps of a workflow become a sub-orchestration of their own: what they read goes in as fields, what is read of them comes
// back, the child is a draft that opens from its step, and parent and child together do what the workflow did.
import { readFile } from 'node:fs/promises'
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { TryPanel } from '../../pages/try-panel.ts'
import { orderInput } from '../order.ts'

const example = new URL('../../../schema/examples/process-order.json', import.meta.url)

test('payment, goods and mail of an order become a workflow that the order calls', async ({ page, api }) => {
  test.slow()
  const designer = new DesignerPage(page)
  await api.draw('split-order', JSON.parse(await readFile(example, 'utf8')), { positions: {} })
  await designer.open('split-order')
  const before = await api.drawnSteps('split-order')

  await test.step('say why steps cannot go together', async () => {
    await designer.selectAll(['isValid', 'pay'])
    await page.keyboard.press('Shift+e')
    const panel = page.getByRole('dialog', { name: 'Extract to a sub-orchestration' })
    await expect(panel.getByText(/left in more than one place/)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
  })

  await test.step('take three steps out under a name that is free', async () => {
    await designer.selectAll(['pay', 'reserve', 'confirm'])
    await designer.properties.getByRole('button', { name: 'Extract to a sub-orchestration…' }).click()
    const panel = page.getByRole('dialog', { name: 'Extract to a sub-orchestration' })
    await expect(panel.getByText('id, payment, items, customerEmail')).toBeVisible()
    await expect(panel.getByText('The custom status that “pay” sets will be the child’s.')).toBeVisible()
    await panel.getByLabel('Name').fill('process-order')
    await expect(panel.getByText('There is a definition of that name already.')).toBeVisible()
    await expect(panel.getByRole('button', { name: /^Extract 3 steps/ })).toBeDisabled()
    await panel.getByLabel('Title').fill('Settle the order')
    await panel.getByLabel('Name').fill('settle-order')
    await panel.getByRole('button', { name: 'Extract 3 steps to settle-order' }).click()
    await expect(designer.card('settleOrder')).toContainText('Settle the order')
    await expect(designer.card('pay')).toHaveCount(0)
    await expect(designer.edge('settleOrder', 'next', 'done')).toBeAttached()
    await expect(
      designer.problems.getByText('settle-order is not deployed yet: deploy it before this one runs'),
    ).toBeVisible()
  })

  await test.step('one undo brings them back, one redo takes them away', async () => {
    await designer.undo.click()
    await expect(designer.card('confirm')).toBeVisible()
    await expect.poll(() => api.drawnSteps('split-order')).toEqual(before)
    await designer.redo.click()
    await expect(designer.card('settleOrder')).toBeVisible()
    await designer.saved()
  })

  await test.step('open the child from its step, and deploy both', async () => {
    await designer.card('settleOrder').dblclick()
    await expect(page).toHaveURL(/\/definitions\/settle-order\/draft/)
    await expect(designer.card('reserve')).toBeVisible()
    await expect(designer.edge('confirm', 'next', 'done')).toBeAttached()
    await expect(page.getByText('No problems. It can be deployed.')).toBeVisible()
    await designer.deploy(1)
    await page.goBack()
    await expect(designer.card('settleOrder')).toBeVisible()
    await designer.deploy(1)
    // The child's notice may still be there.
    await expect(page.getByText('Version 1 of split-order is deployed.')).toBeVisible()
  })

  await test.step('together they do what the workflow did', async () => {
    await api.start('split-order', orderInput('split'), 'split-1')
    const run = await api.finished('split-1')
    expect(run.output).toEqual({ success: true, orderId: 'split', transactionId: expect.stringMatching(/^tx-/) })
    await api.start('split-order', orderInput('split-empty', { items: [] }), 'split-2')
    expect((await api.finished('split-2')).output).toMatchObject({ success: false })
  })
})

test('the step that stands for others answers what they came to, and the child has their answers', async ({
  page,
  api,
}) => {
  await api.draw(
    'shop',
    {
      start: 'price',
      steps: {
        price: { type: 'activity', title: 'Price', activity: 'Echo', input: 1, next: 'tax' },
        tax: { type: 'activity', title: 'Tax', activity: 'Echo', input: '{% $steps.price.output %}', next: 'done' },
        done: { type: 'end', title: 'Done', output: '{% $steps.price.output + $steps.tax.output %}' },
      },
    },
    {
      positions: {},
      mocks: { price: { result: 20 }, tax: { result: '{% $input / 5 %}', delay: 'PT2S' } },
      tests: [
        {
          name: 'another price',
          mocks: { price: { result: 100 } },
          expect: { status: 'Completed', output: 120, steps: ['price', 'tax', 'done'] },
        },
      ],
    },
  )
  const designer = new DesignerPage(page)
  const tried = new TryPanel(page)
  await designer.open('shop')
  await designer.selectAll(['price', 'tax'])
  await page.keyboard.press('Shift+e')
  const panel = page.getByRole('dialog', { name: 'Extract to a sub-orchestration' })
  await panel.getByLabel('Name').fill('price-with-tax')
  await panel.getByRole('button', { name: 'Extract 2 steps to price-with-tax' }).click()
  await expect(designer.card('priceWithTax')).toBeVisible()

  // The draft runs as it did, and so does its test.
  await tried.open()
  await tried.tab('Answers')
  await expect(tried.answerRow('Price')).toContainText('{"price":20,"tax":4} · after 3 s')
  await tried.button('Try it').click()
  await expect(tried.says(/^Completed after 3 s /)).toBeVisible()
  await tried.tab('Tests')
  await tried.drawer.getByRole('button', { name: 'Run the test' }).click()
  await expect(tried.says('1 test passed.')).toBeVisible()
  await designer.undo.click()
  await expect(designer.card('tax')).toBeVisible()
  await tried.tab('Answers')
  await expect(tried.answerRow('Price')).toContainText('20')
  await designer.redo.click()

  await designer.card('priceWithTax').dblclick()
  await expect(page).toHaveURL(/\/definitions\/price-with-tax\/draft/)
  await tried.open()
  await tried.tab('Answers')
  await expect(tried.answerRow('Tax')).toContainText('after 2 s')
})
