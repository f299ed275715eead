// A person approves: the instance waits for an event, and somebody raises it on its page.
import { expect, test } from '../fixtures/house.ts'
import { InstancePage } from '../pages/instance-page.ts'

test('a waiting instance is approved by an event from its page', async ({ page, api }) => {
  await api.start('approval', { request: 'A new chair' }, 'chair')
  const instance = new InstancePage(page)
  await instance.open('chair')
  await instance.hasStatus('Running')
  await expect(instance.card('wait')).toHaveAttribute('data-state', 'waiting')

  await instance.button('Raise event…').click()
  await expect(page.getByRole('textbox', { name: 'Event' })).toHaveValue('approval')
  await page.getByRole('textbox', { name: 'Data' }).fill('{ "approved": tru')
  await expect(page.getByRole('button', { name: 'Raise approval' })).toBeDisabled()
  await page.getByRole('textbox', { name: 'Data' }).fill('{ "approved": true, "by": "ada" }')
  await page.getByRole('button', { name: 'Raise approval' }).click()

  await instance.hasStatus('Completed')
  await expect(instance.card('wait')).toHaveAttribute('data-state', 'completed')
  await expect(instance.card('approved')).toHaveAttribute('data-state', 'completed')
  expect((await api.get('chair')).output).toEqual({ outcome: 'approved', by: 'ada' })
})
