// The promise that everything else is for: a server that is killed between two steps goes on where it was, and what is done
// is not done again.
import { expect, test } from '../fixtures/house.ts'
import { InstancePage } from '../pages/instance-page.ts'
import { paymentsOf, readSamples, setDelays } from '../server/sample-book.ts'
import { orderInput } from './order.ts'

test('killed between payment and inventory, an order is completed after the restart with one payment', async ({
  page,
  api,
  server,
  complaints,
}) => {
  test.slow()
  await setDelays(server.dataDir, { UpdateInventory: 60_000 })
  await api.start('process-order', orderInput('o-1'), 'o-1')
  await api.until('o-1', 'at the inventory', ({ waitingFor }) => waitingFor[0]?.name === 'UpdateInventory')
  const before = await api.history('o-1')
  const instance = new InstancePage(page)
  await instance.open('o-1')
  await instance.hasStatus('Running')
  await expect(instance.card('pay')).toHaveAttribute('data-state', 'completed')
  await expect(instance.card('reserve')).toHaveAttribute('data-state', 'running')

  // By then the other pages have come along.
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('/overview-page')),
  )
  complaints.allowOutage()
  await server.kill()
  await expect(page.getByText('What you see is as of then and catches up by itself.')).toBeVisible()

  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('main').getByText('Overview')).toBeVisible()
  await expect(page.getByText('could not be loaded')).toHaveCount(0)
  await page.goBack()
  await instance.hasStatus('Running')

  const killed = await readSamples(server.dataDir)
  expect(paymentsOf(killed, 'o-1')).toHaveLength(1)
  expect(killed.reservations).toEqual({})

  await setDelays(server.dataDir, {})
  await server.start()
  const view = await api.finished('o-1', 40_000)
  expect(view).toMatchObject({ status: 'Completed', customStatus: 'Processed' })
  const [payment] = paymentsOf(killed, 'o-1')
  expect(view.output).toEqual({ success: true, orderId: 'o-1', transactionId: payment?.transactionId })

  // The page that was open all the time has caught up by itself.
  await instance.hasStatus('Completed')
  await expect(instance.card('confirm')).toHaveAttribute('data-state', 'completed')
  await expect(page.getByText('What you see is as of then and catches up by itself.')).toBeHidden()

  const book = await readSamples(server.dataDir)
  expect(paymentsOf(book, 'o-1')).toHaveLength(1)
  expect(book.outbox.filter(({ orderId }) => orderId === 'o-1')).toHaveLength(1)

  const after = await api.history('o-1')
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.map(({ seq }) => seq)).toEqual(after.map((_, index) => index + 1))
  expect(after.filter(({ type, step }) => type === 'TaskCompleted' && step === 'pay')).toHaveLength(1)
})

test('killed while a timer runs, the timer fires after the restart and not early', async ({ api, server }) => {
  await api.deploy({
    dsl: '1',
    name: 'nap',
    start: 'nap',
    steps: { nap: { type: 'timer', delay: 'PT3S', next: 'awake' }, awake: { type: 'end', output: 'awake' } },
  })
  await api.start('nap', null, 'nap-1')
  await api.until('nap-1', 'waiting', ({ waitingFor }) => waitingFor[0]?.kind === 'timer')
  await server.kill()
  await server.start()
  expect((await api.finished('nap-1', 40_000)).output).toBe('awake')
  const history = await api.history('nap-1')
  const at = (type: string) => Date.parse(history.find((event) => event.type === type)?.at ?? '')
  expect(at('TimerFired') - at('TimerCreated')).toBeGreaterThanOrEqual(3_000)
})
