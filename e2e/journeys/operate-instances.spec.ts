// What an operator does, by mouse: to one instance, where each action stands in the history with who and why; and to many, by
// filter and selection.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures/house.ts'
import { InstancePage } from '../pages/instance-page.ts'
import { InstancesPage } from '../pages/instances-page.ts'
import { orderInput } from './order.ts'

test.describe('an instance whose bank does not answer yet', () => {
  test.use({
    activityFiles: {
      'bank.ts': `
        import { existsSync } from 'node:fs'
        import { defineActivity } from '@durable-canvas/interpreter'

        export const charge = defineActivity({ name: 'Charge' }, ({ input }) => {
          if (!existsSync(String(input))) throw new Error('The bank does not answer.')
          return { charged: true }
        })
      `,
    },
  })

  test('is suspended, resumed, migrated, sent an event, rewound, restarted, terminated and purged', async ({
    page,
    api,
    server,
  }) => {
    const bank = join(server.dataDir, 'bank-answers')
    const charging = (output: string) => ({
      dsl: '1',
      name: 'charging',
      start: 'approval',
      steps: {
        approval: { type: 'waitForEvent', event: 'approval', next: 'charge' },
        charge: { type: 'activity', activity: 'Charge', input: bank, next: 'done' },
        done: { type: 'end', output },
      },
    })
    await api.deploy(charging('{% $steps.approval.output %}'))
    await api.start('charging', null, 'c-1')
    const instance = new InstancePage(page)

    await test.step('suspended and resumed', async () => {
      await instance.open('c-1')
      await expect(instance.card('approval')).toHaveAttribute('data-state', 'waiting')
      await instance.operate('Suspend', 'The month is being closed', 'Ada')
      await instance.hasStatus('Suspended')
      await instance.operate('Resume', 'The month is closed')
      await instance.hasStatus('Running')
    })

    await test.step('moved to the version in which a mistake is mended', async () => {
      await api.deploy(charging('{% $steps.approval.output.amount %}'))
      await instance.open('c-1')
      await instance.button('Change version…').click()
      const form = page.getByRole('dialog')
      await form.getByRole('textbox', { name: 'Why' }).fill('Only the amount is wanted')
      await form.getByRole('button', { name: 'Go on under version 2' }).click()
      await expect(page.getByRole('link', { name: 'charging@2' })).toBeVisible()
    })

    await test.step('sent an event with data', async () => {
      await instance.button('Raise event…').click()
      const form = page.getByRole('dialog')
      await expect(form.getByRole('textbox', { name: 'Event' })).toHaveValue('approval')
      await expect(form.getByRole('textbox', { name: 'Who' })).toHaveValue('Ada')
      await form.getByRole('textbox', { name: 'Data' }).fill('{ "amount": 5 }')
      await form.getByRole('button', { name: 'Raise approval' }).click()
      await instance.hasStatus('Failed')
    })

    await test.step('rewound, after which the step that failed succeeds', async () => {
      await expect(page.getByRole('region', { name: 'Failure' })).toContainText('The bank does not answer.')
      await writeFile(bank, '')
      await instance.operate('Rewind and try again', 'The bank answers again')
      await instance.hasStatus('Completed')
      await expect(instance.card('charge')).toHaveAttribute('data-state', 'completed')
      expect((await api.get('c-1')).output).toBe(5)
    })

    await test.step('each of which its history tells, with who and why', async () => {
      await instance.tab('History')
      for (const words of [
        'Suspended by Ada: The month is being closed',
        'Resumed by Ada: The month is closed',
        'Goes on under version 2 by Ada: Only the amount is wanted',
        'Event approval arrived from Ada with {"amount":5}',
        'Rewound to its failed steps by Ada: The bank answers again',
      ])
        await expect(instance.event(words)).toHaveCount(1)
    })

    await test.step('restarted under another id, and terminated', async () => {
      await instance.button('Restart…').click()
      await page.getByRole('textbox', { name: 'Id of the new instance' }).fill('c-2')
      await page.getByRole('textbox', { name: 'Why' }).fill('Charge it again')
      await page.getByRole('button', { name: 'Start c-2' }).click()
      await instance.isOpen('c-2')
      await instance.operate('Terminate', 'Once is enough')
      await instance.hasStatus('Terminated')
      await instance.tab('History')
      await expect(instance.events.first()).toContainText('a restart of c-1 by Ada: Charge it again')
      await expect(instance.events.last()).toContainText('Terminated by Ada: Once is enough')
    })

    await test.step('restarted under its own id, with a history of its own', async () => {
      await instance.operate('Restart', 'Twice after all')
      await instance.hasStatus('Running')
      await expect(instance.event('restarted by Ada: Twice after all')).toHaveCount(1)
      await expect(instance.event('Once is enough')).toHaveCount(0)
    })

    await test.step('terminated and purged', async () => {
      await instance.operate('Terminate', 'No')
      await instance.hasStatus('Terminated')
      await instance.button('More actions').click()
      await page.getByRole('menuitem', { name: 'Purge with its history…' }).click()
      await page.getByRole('button', { name: 'Purge it' }).click()
      const instances = new InstancesPage(page)
      await expect(instances.row('c-1')).toContainText('Completed')
      await expect(instances.row('c-2')).toHaveCount(0)
      expect((await api.call('GET', '/api/instances/c-2')).status).toBe(404)
    })

    await test.step('purged by somebody else while it is looked at', async () => {
      await instance.open('c-1')
      await instance.hasStatus('Completed')
      await expect(instance.timeline.first()).toBeVisible()
      expect((await api.call('DELETE', '/api/instances/c-1')).status).toBe(200)
      await expect(page.getByText('There is no instance c-1')).toBeVisible()
    })
  })
})

test('many instances are suspended, resumed, terminated and purged by filter and selection', async ({ page, api }) => {
  await api.deploy({ dsl: '1', name: 'nap', start: 'nap', steps: { nap: { type: 'timer', delay: 'PT1H' } } })
  await api.start('process-order', orderInput('order'), 'order')
  for (const id of ['nap-1', 'nap-2', 'nap-3', 'nap-4']) await api.start('nap', null, id)
  await api.finished('order')
  const instances = new InstancesPage(page)

  await instances.open()
  await expect(instances.row('order')).toContainText('Completed')
  await instances.filterBy('Running')
  await expect(instances.row('order')).toHaveCount(0)
  await instances.select('nap-1', 'nap-2')
  await instances.operate('Suspend 2', 'Too early')
  await expect(instances.row('nap-1')).toHaveCount(0)
  await expect(instances.row('nap-3')).toContainText('Running')

  await instances.filterBy('Suspended')
  await expect(instances.row('nap-2')).toContainText('Suspended')
  await instances.selectAll()
  await expect(instances.actions).toContainText('4 instances selected')
  await instances.operate('Resume 2', 'Late enough')
  await expect(instances.row('nap-1')).toContainText('Running')
  await expect(instances.row('nap-2')).toContainText('Running')

  await instances.selectAll()
  await instances.operate('Terminate 4', 'Slept long enough')
  await expect(page.getByText('No instance fits the filter')).toBeVisible()
  const reasons = (await api.history('nap-1')).map(({ reason }) => reason).filter((reason) => reason !== undefined)
  expect(reasons).toEqual(['Too early', 'Late enough', 'Slept long enough'])

  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await instances.filterBy('Terminated')
  await instances.selectAll()
  await instances.actions.getByRole('button', { name: 'Purge 4…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Purge 4 instances' }).click()
  await expect(page.getByText('No instance fits the filter')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(instances.row('order')).toContainText('Completed')
  await expect(instances.row('nap-1')).toHaveCount(0)
})

test('all that fit the filter are selected, also those of the pages that were not loaded yet', async ({
  page,
  api,
}) => {
  await api.deploy({ dsl: '1', name: 'nap', start: 'nap', steps: { nap: { type: 'timer', delay: 'PT1H' } } })
  await api.deploy({ dsl: '1', name: 'other', start: 'nap', steps: { nap: { type: 'timer', delay: 'PT1H' } } })
  await api.startMany('other', ['other-1', 'other-2'])
  await api.startMany(
    'nap',
    Array.from({ length: 130 }, (_, index) => `nap-${index}`),
  )
  const instances = new InstancesPage(page)
  await instances.open('?definition=nap&status=Running')
  await expect(page.getByRole('row').nth(1)).toContainText('Running')
  await instances.selectAll()
  await expect(instances.actions).toContainText('100 instances selected')
  await instances.actions.getByRole('button', { name: 'Select all that fit the filter' }).click()
  await expect(instances.actions).toContainText('130 instances selected')
  await expect(instances.actions.getByRole('button', { name: 'Select all that fit the filter' })).toHaveCount(0)
  await instances.operate('Terminate 130', 'The night is over')
  await expect(page.getByText('130 instances terminated')).toBeVisible()
  await expect(page.getByText('No instance fits the filter')).toBeVisible()
  const left = async (definition: string) => {
    const { body } = await api.call<{ items: unknown[] }>(
      'GET',
      `/api/instances?status=Running&definition=${definition}`,
    )
    return body.items.length
  }
  await expect.poll(() => left('nap')).toBe(0)
  expect(await left('other')).toBe(2)
})

test('rows of what somebody else purges are marked where they stand, and taken away when asked', async ({
  page,
  api,
}) => {
  for (const id of ['one', 'two', 'three']) {
    await api.start('process-order', orderInput(id), id)
    await api.finished(id)
  }
  const instances = new InstancesPage(page)
  await instances.open()
  for (const id of ['one', 'two', 'three']) await expect(instances.row(id)).toContainText('Completed')
  await instances.select('one', 'three')
  expect((await api.call('DELETE', '/api/instances/one')).status).toBe(200)
  await expect(instances.purged).toHaveText([/^Purgedone/])
  await expect(instances.actions).toContainText('1 instance selected')
  await expect(instances.row('two')).toContainText('Completed')

  expect((await api.call('POST', '/api/instances/purge', { status: 'Completed' })).status).toBe(200)
  await expect(instances.purged).toHaveCount(3)
  await expect(instances.actions).toHaveCount(0)
  await page.getByRole('button', { name: '3 instances purged · take them away' }).click()
  await expect(page.getByText('Nothing has run yet')).toBeVisible()
})
