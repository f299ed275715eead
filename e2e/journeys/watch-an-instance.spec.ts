// One instance, live: the graph, the timeline and the history move without a reload.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures/house.ts'
import { InstancePage } from '../pages/instance-page.ts'
import { orderInput } from './order.ts'

test.describe('an instance whose second step is held', () => {
  test.use({
    activityFiles: {
      'hold.ts': `
        import { existsSync } from 'node:fs'
        import { setTimeout as sleep } from 'node:timers/promises'
        import { defineActivity } from '@durable-canvas/interpreter'

        export const hold = defineActivity({ name: 'Hold', title: 'Hold' }, async ({ input, signal }) => {
          while (!existsSync(String(input))) await sleep(50, undefined, { signal })
          return { heldBy: input }
        })
      `,
    },
  })

  test('graph, timeline and history follow it without a reload', async ({ page, api, server }) => {
    const gate = join(server.dataDir, 'go')
    await api.deploy({
      dsl: '1',
      name: 'held',
      start: 'greet',
      steps: {
        greet: { type: 'activity', activity: 'Greet', title: 'Say hello', input: { name: 'Ada' }, next: 'hold' },
        hold: { type: 'activity', activity: 'Hold', status: 'Held', input: gate, next: 'bye' },
        bye: { type: 'activity', activity: 'Echo', title: 'Say goodbye', input: 'Bye', next: 'done' },
        done: { type: 'end', output: '{% $steps.bye.output %}' },
      },
    })
    await api.start('held', null, 'held-1')
    const instance = new InstancePage(page)
    await instance.open('held-1')
    await instance.hasStatus('Running')
    await expect(instance.card('greet')).toHaveAttribute('data-state', 'completed')
    await expect(instance.card('hold')).toHaveAttribute('data-state', 'running')
    await expect(instance.card('bye')).toHaveAttribute('data-state', 'none')
    await expect(page.getByText('Held', { exact: true })).toBeVisible()
    await expect(instance.timeline).toHaveCount(2)
    await expect(instance.timeline.last()).toHaveAccessibleName(/running/i)

    await writeFile(gate, '')
    await instance.hasStatus('Completed')
    await expect(instance.card('bye')).toHaveAttribute('data-state', 'completed')
    await expect(instance.timeline).toHaveCount(4)
    await expect(instance.timeline.filter({ hasText: 'Say goodbye' })).toHaveAccessibleName(/completed/i)

    await instance.tab('History')
    const history = await api.history('held-1')
    await expect(page.getByText(`${history.length} events`)).toBeVisible()
    await expect(instance.events.first()).toContainText('ExecutionStarted')
    await page.getByLabel('Filter the history').fill('TaskCompleted')
    await expect(page.getByText(`3 of ${history.length} events`)).toBeVisible()

    await instance.card('hold').click()
    await expect(page).toHaveURL(/step=hold/)
    await instance.tab('Data')
    await expect(page.getByText('heldBy').first()).toBeVisible()
  })
})

test('the list shows instances as they are, and filters stand in the address', async ({ page, api }) => {
  await api.start('approval', { request: 'A chair' }, 'waits')
  await api.start('process-order', orderInput('done'), 'done')
  await api.finished('done')
  await page.goto('/instances')
  const row = (id: string) => page.getByRole('row').filter({ hasText: id })
  await expect(row('waits')).toContainText('Running')
  await expect(row('done')).toContainText('Completed')
  await page.goto('/instances?status=Completed')
  await expect(row('done')).toBeVisible()
  await expect(row('waits')).toHaveCount(0)
})

test('a failed instance says in words which step failed and why', async ({ page, api }) => {
  await api.start('process-order', orderInput('bad', { payment: { amount: 5, card: '4000-declined' } }), 'bad')
  await api.finished('bad')
  const instance = new InstancePage(page)
  await instance.open('bad')
  await instance.hasStatus('Failed')
  await expect(instance.card('pay')).toHaveAttribute('data-state', 'failed')
  await expect(page.getByText('The bank declined the card.').first()).toBeVisible()
  await expect(page.getByText('PaymentDeclined').first()).toBeVisible()
})
