// What was deployed is listed, compared on the canvas and taken back; deploying says what changes and what still runs on
// older versions.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

const first = {
  dsl: '1',
  name: 'grown',
  title: 'Grown',
  start: 'ask',
  steps: {
    ask: { type: 'activity', title: 'Ask', activity: 'Echo', input: 1, next: 'wait' },
    wait: { type: 'waitForEvent', event: 'go', next: 'old' },
    old: { type: 'activity', title: 'Old greeting', activity: 'Greet', input: { name: 'Ada' }, next: 'done' },
    done: { type: 'end' },
  },
}
const second = {
  ...first,
  steps: {
    ask: { ...first.steps.ask, title: 'Ask nicely', input: 2 },
    wait: { ...first.steps.wait, next: 'pause' },
    pause: { type: 'timer', title: 'Pause', delay: 'PT1S', next: 'done' },
    done: first.steps.done,
  },
}

test('versions are compared, restored, and deployed with what they change', async ({ page, api }) => {
  const deploy = (definition: object, comment: string) => api.deploy({ definition, comment })
  await deploy(first, 'It began so')
  await api.start('grown', null, 'on-one')
  await api.start('grown', null, 'also-on-one')
  await deploy(second, 'With a pause')
  await api.start('grown', null, 'on-two')
  const waits = ({ waitingFor }: { waitingFor: readonly { kind: string }[] }) => waitingFor[0]?.kind === 'event'
  for (const id of ['on-one', 'also-on-one', 'on-two']) await api.until(id, 'waiting', waits)

  const designer = new DesignerPage(page)
  await designer.open('grown')
  const versions = page.getByRole('dialog', { name: 'Versions' })
  const openVersions = async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Versions…' }).click()
  }
  const version = (number: number) => versions.getByRole('listitem', { name: `Version ${number}` })

  await test.step('the list tells comments and what runs', async () => {
    await openVersions()
    await expect(version(2)).toContainText('With a pause')
    await expect(version(2)).toContainText('1 instance runs')
    await expect(version(1)).toContainText('It began so')
    await expect(version(1)).toContainText('2 instances run')
  })

  const comparison = page.getByRole('region', { name: 'Comparison' })
  await test.step('two versions on the canvas: added, removed, changed with their fields', async () => {
    await version(2).getByRole('button', { name: 'Compare with version 1' }).click()
    await expect(designer.card('ask')).toHaveAttribute('data-difference', 'changed')
    await expect(designer.card('pause')).toHaveAttribute('data-difference', 'added')
    await expect(designer.card('old')).toHaveAttribute('data-difference', 'removed')
    await expect(designer.card('done')).not.toHaveAttribute('data-difference')
    for (const [from, to, change] of [
      ['wait', 'old', 'removed'],
      ['old', 'done', 'removed'],
      ['wait', 'pause', 'added'],
      ['pause', 'done', 'added'],
    ] as const)
      await expect(designer.edge(from, 'next', to)).toHaveAttribute('data-change', change)
    await expect(designer.edge('ask', 'next', 'wait')).not.toHaveAttribute('data-change')
    await expect(comparison.getByRole('status')).toHaveText('5 changes')
    const changes = comparison.getByRole('list', { name: 'Changes' }).getByRole('listitem')
    await designer.card('ask').click()
    await expect(changes).toHaveText([/title changed from "Ask" to "Ask nicely"$/, /input changed from 1 to 2$/])
    await comparison.getByRole('button', { name: 'Show all' }).click()
    await expect(changes).toHaveCount(5)
  })

  await test.step('against the draft, which follows what is edited meanwhile', async () => {
    await comparison.getByRole('combobox', { name: 'The later one' }).click()
    await page.getByRole('option', { name: 'The draft' }).click()
    await designer.card('ask').click()
    await designer.type('/title', 'Ask')
    await expect(comparison.getByRole('status')).toHaveText('4 changes')
    await comparison.getByRole('button', { name: 'Back to the drawing' }).click()
    await expect(designer.card('old')).toHaveCount(0)
  })

  await test.step('an old version is restored; undo brings back what was drawn', async () => {
    await openVersions()
    await version(1).getByRole('button', { name: 'What has changed since' }).click()
    await expect(version(1).getByRole('list', { name: 'Changes' }).getByRole('listitem')).toHaveCount(4)
    await version(1).getByRole('button', { name: 'Restore into the draft' }).click()
    await expect(designer.card('old')).toBeVisible()
    await expect(designer.card('pause')).toHaveCount(0)
    await designer.undo.click()
    await expect(designer.card('pause')).toBeVisible()
    await designer.redo.click()
    await expect(designer.card('old')).toBeVisible()
    const draft = () => api.call<{ definition?: unknown }>('GET', '/api/drafts/grown')
    await expect.poll(async () => (await draft()).body.definition).toEqual(first)
  })

  await test.step('the deploy panel tells what changes and what runs on older versions', async () => {
    await designer.saved()
    await page.getByRole('button', { name: 'Deploy v3' }).click()
    const panel = page.getByRole('dialog', { name: 'Deploy' })
    await expect(panel.getByRole('list', { name: 'Changes' }).getByRole('listitem')).toHaveCount(5)
    await expect(panel.getByRole('region', { name: 'Instances' })).toContainText(
      '2 instances run on version 1 and 1 on version 2. What runs keeps its version; new instances take version 3.',
    )
    await panel.getByLabel('Comment').fill('Back again')
    await panel.getByRole('button', { name: 'Deploy version 3' }).click()
    await expect(panel).toBeHidden()
    await openVersions()
    await expect(version(3)).toContainText('Back again')
  })
})
