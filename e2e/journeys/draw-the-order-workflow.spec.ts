// The whole length once, by mouse: draw the order workflow from nothing, deploy it, run it by the form that its input schema
// has become, see it complete; then hold it against the one in schema/examples, which must behave the same.
import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures/house.ts'
import { DesignerPage } from '../pages/designer-page.ts'
import { InstancePage } from '../pages/instance-page.ts'
import { orderInput } from './order.ts'

const example = new URL('../../schema/examples/process-order.json', import.meta.url)

test('the order workflow is drawn from nothing, deployed, run and seen to complete', async ({ page, api }) => {
  test.slow()
  const designer = new DesignerPage(page)
  const { input: schema } = JSON.parse(await readFile(example, 'utf8'))

  await test.step('begin with an empty canvas', async () => {
    await page.goto('/definitions')
    await page.getByRole('button', { name: 'New definition' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Drawn order')
    await page.getByRole('button', { name: 'Draw drawn-order' }).click()
    await designer.select('done')
    await page.keyboard.press('Delete')
    await expect(designer.card('done')).toHaveCount(0)
  })

  await test.step('drag the steps onto the canvas and connect them', async () => {
    await designer.drop('activity:ValidateOrder', { x: 380, y: 200 })
    await designer.rename('validateOrder', 'validate')
    await designer.drop('step:choice', { x: 380, y: 300 })
    await designer.connect('validate', 'next', 'choice')
    await designer.rename('choice', 'isValid')
    await designer.drop('activity:ProcessPayment', { x: 260, y: 420 })
    await designer.connect('isValid', 'choice/0', 'processPayment')
    await designer.rename('processPayment', 'pay')
    await designer.drop('step:end', { x: 560, y: 420 })
    await designer.connect('isValid', 'otherwise', 'end')
    await designer.rename('end', 'reject')
    await designer.dropOnPort('activity:UpdateInventory', 'pay', 'next')
    await designer.rename('updateInventory', 'reserve')
    await designer.tidy()
    await designer.dropOnPort('activity:SendConfirmation', 'reserve', 'next')
    await designer.rename('sendConfirmation', 'confirm')
    await designer.tidy()
    await designer.dropOnPort('step:end', 'confirm', 'next')
    await designer.rename('end', 'done')
    await designer.tidy()
  })

  await test.step('say what each of them does', async () => {
    await designer.select('validate')
    await designer.type('/status', 'Validating the order')
    await designer.properties.getByText('As a whole').click()
    await designer.typeExpression('/input', '$input')

    await designer.select('isValid')
    await designer.typeExpression('/choices/0/when', '$steps.validate.output.valid')
    await designer.type('/choices/0/title', 'Valid')

    await designer.select('reject')
    await designer.type('/status', 'Rejected')
    await designer.type('/output', '{ "success": false, "message": "{% $steps.validate.output.message %}" }')

    await designer.select('pay')
    await designer.type('/status', 'Taking the payment')
    await designer.typeExpression('/input/orderId', '$input.id')
    await designer.typeExpression('/input/amount', '$input.payment.amount')
    await designer.typeExpression('/input/card', '$input.payment.card')
    await designer.section('If it fails')
    await designer.properties.getByRole('switch', { name: 'Retry' }).check()
    await designer.type('/retry/maxNumberOfAttempts', '3')
    await designer.type('/retry/firstRetryInterval', '0.2 s')

    await designer.select('reserve')
    await designer.type('/status', 'Reserving the goods')
    await designer.typeExpression('/input/orderId', '$input.id')
    await designer.typeExpression('/input/items', '$input.items[]')

    await designer.select('confirm')
    await designer.type('/status', 'Sending the confirmation')
    await designer.typeExpression('/input/orderId', '$input.id')
    await designer.typeExpression('/input/email', '$input.customerEmail')
    await designer.typeExpression('/input/transactionId', '$steps.pay.output.transactionId')

    await designer.select('done')
    await designer.type('/status', 'Processed')
    await designer.type(
      '/output',
      '{ "success": true, "orderId": "{% $input.id %}", "transactionId": "{% $steps.pay.output.transactionId %}" }',
    )

    await designer.selectWorkflow()
    await designer.type('/input', JSON.stringify(schema))
    await expect(page.getByText('No problems. It can be deployed.')).toBeVisible()
  })

  await test.step('deploy it', async () => {
    await designer.saved()
    await designer.deploy(1)
  })

  await test.step('run it by its form and see it complete', async () => {
    const panel = await designer.openRun()
    await designer.input('/id').fill('o-drawn')
    await designer.input('/payment/amount').fill('39.8')
    await designer.input('/payment/card').fill('4000-flaky-card')
    await designer.input('/customerEmail').fill('ada@example.com')
    await panel.getByLabel('Instance id').fill('run-1')
    await panel.getByRole('button', { name: /^Run drawn-order/ }).click()
    const instance = new InstancePage(page)
    await instance.isOpen('run-1')
    await instance.hasStatus('Completed')
    await expect(instance.card('confirm')).toHaveAttribute('data-state', 'completed')
    await expect(instance.card('reject')).toHaveAttribute('data-state', /none|skipped|notReached/)
    await instance.tab('Data')
    await expect(page.getByText('transactionId').first()).toBeVisible()
  })

  await test.step('it behaves as the example does', async () => {
    const run = await api.get('run-1')
    expect(run.status).toBe('Completed')
    expect(run.output).toEqual({ success: true, orderId: 'o-drawn', transactionId: expect.stringMatching(/^tx-/) })
    expect(run.customStatus).toBe('Processed')
    const failed = (await api.history('run-1')).filter(({ type }) => type === 'TaskFailed')
    expect(failed.map(({ step }) => step)).toEqual(['pay', 'pay'])

    const orders: Record<string, object> = {
      good: orderInput('same'),
      empty: orderInput('same-empty', { items: [] }),
      unknown: orderInput('same-unknown', { items: [{ sku: 'NO-SUCH', quantity: 1 }] }),
    }
    for (const [name, input] of Object.entries(orders)) {
      await api.start('drawn-order', input, `drawn-${name}`)
      const drawn = await api.finished(`drawn-${name}`)
      await api.start('process-order', input, `example-${name}`)
      const written = await api.finished(`example-${name}`)
      const success = (drawn.output as { success: boolean }).success
      expect(success, name).toBe(name === 'good')
      const comparable = ({ status, output, customStatus }: typeof drawn) => ({
        status,
        customStatus,
        output: { ...(output as object), transactionId: success },
      })
      expect(comparable(drawn), name).toEqual(comparable(written))
      const steps = async (id: string) =>
        (await api.history(id)).filter(({ type }) => type === 'TaskCompleted').map(({ step }) => step)
      expect(await steps(`drawn-${name}`), name).toEqual(await steps(`example-${name}`))
    }
  })
})
