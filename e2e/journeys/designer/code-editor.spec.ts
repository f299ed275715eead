// The JSON beside the canvas tells what is under the mouse, offers what may stand at the cursor, and knows which step is meant.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

test('cursor and selection are one, properties and values explain themselves', async ({ page }) => {
  const designer = new DesignerPage(page)
  await designer.open('process-order')
  await designer.view('Split')
  await expect(designer.code).toContainText('"dsl": "1"')

  // A step that is selected is shown and marked in the text; the cursor selects the step that it stands in.
  await designer.select('confirm')
  await expect(designer.markedCode.first()).toContainText('"confirm": {')
  await expect(designer.markedCode.first()).toBeInViewport()
  await designer.code.getByText('"SendConfirmation"').click()
  await page.keyboard.press('PageUp')
  await expect(designer.markedCode.first()).not.toContainText('"confirm": {')
  await designer.select('pay')
  await expect(designer.markedCode.first()).toContainText('"pay": {')

  // What the schema says of a property, and what a value names.
  await designer.code.getByText('"maxNumberOfAttempts"').hover()
  await expect(designer.told).toContainText('maxNumberOfAttemptsinteger, required')
  await expect(designer.told).toContainText('Counts the first attempt.')
  await designer.code.getByText('"PT5S"').hover()
  await expect(designer.told).toContainText('5 secondsduration')
  await designer.code.getByText('"ProcessPayment"').hover()
  await expect(designer.told).toContainText('Takes { orderId: string, amount: number, card: string }')
  await designer.code.getByText('"reserve"').first().hover()
  await expect(designer.told).toContainText('Update inventorystep, activity')
})

test('what may stand at the cursor is offered, also in half-written text', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await designer.open('process-order')
  await designer.view('Split')
  await designer.select('pay')
  const offered = page.locator('.cm-tooltip-autocomplete')

  // A property with its value, chosen by the schema.
  await designer.code.getByText('"maxNumberOfAttempts"').click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('"ji')
  await expect(offered.getByRole('option', { name: /"jitter"/ })).toBeVisible()
  await expect(page.getByText(/The drawing shows the last text that could be read/)).toBeVisible()
  await expect(designer.card('pay')).toContainText('3 attempts from 5 s')
  await expect(offered.getByRole('option')).toHaveCount(1)
  await offered.getByRole('option').click()
  await expect(designer.code).toContainText('"jitter": "",')
  await page.keyboard.press('ControlOrMeta+Space')
  await expect(offered.getByRole('option', { name: '"full"' })).toBeVisible()
  await page.keyboard.type('f')
  await expect(offered.getByRole('option')).toHaveCount(1)
  await offered.getByRole('option').click()
  await expect(designer.code).toContainText('"jitter": "full",')
  await expect(page.getByText(/The drawing shows the last text that could be read/)).toBeHidden()

  // The steps of the scope for a target; the names in reach for an expression.
  await designer.code.getByText('"reserve"').first().dblclick()
  await page.keyboard.press('ControlOrMeta+Space')
  await expect(offered.getByRole('option', { name: /"confirm".*Send confirmation/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await designer.code.getByText('"{% $input.payment.card %}"').click()
  await page.keyboard.press('End')
  for (let back = 0; back < 4; back += 1) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type(' & $steps.validate.output.m')
  await offered.getByRole('option', { name: /validate\.output\.message/ }).click()
  await designer.saved()
  const stored = async () =>
    (await api.call<{ definition: { steps: { pay: object } } }>('GET', '/api/drafts/process-order')).body.definition
      .steps.pay
  await expect.poll(stored).toMatchObject({
    retry: { jitter: 'full' },
    input: { card: '{% $input.payment.card & $steps.validate.output.message %}' },
  })
})
