// The form of a step: fields literal or expression, help while an expression is written, what it gives for sample data and
// for an instance of the past, retry delays drawn, durations in words, and a schema made from a sample.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { orderInput } from '../order.ts'

test('an expression is completed, corrected at its place, and previewed with the data of a past instance', async ({
  page,
  api,
}) => {
  await api.start('process-order', orderInput('o-good'), 'run-good')
  await api.start('process-order', orderInput('o-empty', { items: [] }), 'run-refused')
  await api.finished('run-good')
  await api.finished('run-refused')
  const designer = new DesignerPage(page)
  await designer.open('process-order')

  // The input of an activity is a form of its schema; a click makes an expression of a literal, and keeps the text.
  await designer.select('pay')
  const amount = designer.field('/input/amount')
  await expect(designer.field('/input/orderId').getByText('*')).toBeVisible()
  await designer.toggleExpression('/input/amount')
  await expect(amount.getByRole('textbox')).toHaveValue('$input.payment.amount')
  await expect(amount.getByText('A number is expected.')).toBeVisible()
  await amount.getByRole('textbox').fill('12.5')
  await expect(amount.getByText('A number is expected.')).toBeHidden()
  await designer.toggleExpression('/input/amount')
  const source = amount.getByRole('combobox')
  await expect(source).toHaveValue('12.5')

  // Outputs of steps are offered with the fields of their schemas, functions with their signatures.
  await source.fill('')
  await source.pressSequentially('$steps.validate.')
  const options = amount.getByRole('option')
  await expect(options.first()).toHaveAccessibleName('$steps.validate.output, Validate order')
  await expect(amount.getByRole('option', { name: '$steps.validate.output.message, string' })).toBeVisible()
  await source.pressSequentially('output.va')
  await page.keyboard.press('Enter')
  await expect(source).toHaveValue('$steps.validate.output.valid')
  await source.fill('')
  await source.pressSequentially('$roun')
  await expect(options.first()).toHaveAccessibleName(/^\$round\(number\?, digits\?\), Rounded/)
  await page.keyboard.press('Tab')
  await source.pressSequentially('$input.payment.amount * 2, ')
  await expect(source).toHaveValue('$round($input.payment.amount * 2, )')
  await expect(amount.getByTestId('signature').locator('strong')).toHaveText('digits?')

  // What is wrong is said and marked where it is.
  await expect(amount.getByText('(at character 35)')).toBeVisible()
  await source.pressSequentially('1')
  await expect(amount.getByText(/at character/)).toBeHidden()
  await expect(designer.preview('/input/amount')).toHaveText(/for sample data\s*79\.6/)
  await source.fill('$inptu.payment.amount')
  await expect(amount.getByText('Nothing is called $inptu here; did you mean input?')).toBeVisible()
  await expect(amount.locator('[class*="wrong"]')).toHaveText('$inptu')
  await amount.getByRole('button', { name: 'Change to $input' }).click()
  await expect(source).toHaveValue('$input.payment.amount')

  // The data of an instance, as it was when it came to the step.
  await designer.previewWith('run-good')
  await expect(designer.properties.getByText(/^Data as it was when the step began/)).toBeVisible()
  await source.fill('$input.id & " " & $steps.validate.output.valid')
  await expect(designer.preview('/input/amount')).toHaveText(/in run-good\s*"o-good true"/)
  await source.fill('$exists($steps.reserve.output)')
  await expect(designer.preview('/input/amount')).toContainText('false')
  await expect(designer.preview('/input/amount')).toContainText('Unknown: $steps.reserve, it completed only later.')
  // The choice holds for other steps; this one was never reached by the other run.
  await designer.previewWith('run-refused')
  await designer.select('reserve')
  await expect(designer.properties.getByText('The run never came to this step')).toBeVisible()
  await designer.typeExpression('/input/orderId', '$steps.validate.output.valid')
  await designer.field('/input/orderId').getByRole('combobox').focus()
  await expect(designer.preview('/input/orderId')).toHaveText(/in run-refused\s*false/)
})

test('delays are drawn and told, durations are words, a pasted sample becomes the schema', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await designer.open('patient')
  await designer.drop('activity:Echo', { x: 380, y: 200 })
  await designer.select('echo')
  await designer.section('If it fails')
  await designer.properties.getByRole('switch', { name: 'Retry' }).click({ force: true })
  const curve = designer.properties.getByRole('figure')
  await expect(curve).toContainText('3 attempts: at once, then after 5 s, 5 s.')
  await designer.type('/retry/maxNumberOfAttempts', '5')
  await designer.type('/retry/backoffCoefficient', '3')
  await designer.type('/retry/maxRetryInterval', '40 seconds')
  await expect(curve.getByRole('img')).toHaveAccessibleName('Delays before the attempts: 5 s, 15 s, 40 s, 40 s')
  await expect(curve).toContainText('The last begins 1 m 40 s after the first')
  await designer.choose('/retry/jitter', 'Full')
  await expect(curve).toContainText('then after up to 5 s, up to 15 s')

  const limit = designer.field('/retry/retryTimeout')
  await limit.getByRole('textbox').fill('90 min')
  await expect(limit.getByText('1 hour 30 minutes (PT1H30M)')).toBeVisible()
  await limit.getByRole('textbox').fill('soon')
  await expect(limit.getByText(/^Not a duration yet/)).toBeVisible()
  await designer.type('/retry/retryTimeout', 'PT2H')
  await expect(limit.getByRole('textbox')).toHaveValue('2 h')

  await designer.selectWorkflow()
  await designer.properties.getByRole('button', { name: 'From a sample' }).first().click()
  await designer.properties
    .getByLabel('Sample data')
    .fill('{ "id": "o-1", "lines": [{ "sku": "A", "count": 1 }, { "sku": "B", "count": 1.5, "gift": true }] }')
  await designer.properties.getByRole('button', { name: 'Make the schema' }).click()
  await designer.saved()
  const stored = async () => (await api.call<{ definition: object }>('GET', '/api/drafts/patient')).body.definition
  await expect.poll(stored).toMatchObject({
    input: {
      type: 'object',
      required: ['id', 'lines'],
      properties: { lines: { items: { required: ['sku', 'count'], properties: { count: { type: 'number' } } } } },
      examples: [{ id: 'o-1' }],
    },
    steps: {
      echo: {
        retry: {
          maxNumberOfAttempts: 5,
          firstRetryInterval: 'PT5S',
          backoffCoefficient: 3,
          maxRetryInterval: 'PT40S',
          jitter: 'full',
          retryTimeout: 'PT2H',
        },
      },
    },
  })
})

test('fields are offered of what a sub-orchestration gives, declared or to be expected', async ({ page, api }) => {
  const end = (output: object) => ({ start: 'end', steps: { end: { type: 'end', output } } })
  const receipt = { type: 'object', properties: { receiptId: { type: 'string' } } }
  await api.deploy({ dsl: '1', name: 'declared', output: receipt, ...end({ receiptId: 'r-1' }) })
  await api.deploy({ dsl: '1', name: 'undeclared', ...end({ total: 12.5, lines: [{ sku: 'A' }] }) })
  await api.draw('unborn', end({ later: true }))
  await api.draw('parent', {
    start: 'first',
    steps: {
      first: { type: 'subOrchestration', definition: 'declared', next: 'second' },
      second: { type: 'subOrchestration', definition: 'undeclared', next: 'third' },
      third: { type: 'subOrchestration', definition: 'unborn', next: 'done' },
      done: { type: 'end', output: '{% 1 %}' },
    },
  })
  const designer = new DesignerPage(page)
  await designer.open('parent')
  await designer.select('done')
  const output = designer.field('/output')
  for (const [id, field] of [
    ['first', 'receiptId, string'],
    ['second', 'lines.sku, string'],
    ['third', 'later, boolean'],
  ]) {
    await output.getByRole('combobox').fill('')
    await output.getByRole('combobox').pressSequentially(`$steps.${id}.output.`)
    await expect(output.getByRole('option', { name: `$steps.${id}.output.${field}` })).toBeVisible()
  }

  // The step itself speaks of it as $result; the text tells the same.
  await designer.select('second')
  await designer.section('Result')
  await designer.typeExpression('/output', '$result.to')
  await designer.field('/output').getByRole('combobox').press('ControlOrMeta+Space')
  await designer.field('/output').getByRole('option', { name: '$result.total, number' }).click()
  await expect(designer.field('/output').getByRole('combobox')).toHaveValue('$result.total')
  await designer.view('Split')
  await designer.code.getByText('"declared"').hover()
  await expect(designer.told).toContainText('definition, version 1Gives { receiptId: string }')
})
