// Every view and every dialog without a violation of WCAG 2.1 A and AA that a machine can find: all rules in light, and in
// dark the contrast, which is all that a theme can change.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../../fixtures/house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { InstancePage } from '../../pages/instance-page.ts'
import { InstancesPage } from '../../pages/instances-page.ts'
import { TryPanel } from '../../pages/try-panel.ts'
import type { Api } from '../../server/api.ts'
import { orderInput } from '../order.ts'

type Scheme = 'light' | 'dark'
type Views = Readonly<Record<string, () => Promise<void>>>

async function violations(page: Page, scheme: Scheme): Promise<string[]> {
  // Colours in the middle of a fade are nobody's colours.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  )
  // What passes is not told of: finding the words for it takes most of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], preload: false })
  if (scheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
  else axe.withRules(['color-contrast'])
  // What is behind a dialog has been looked at before it opened.
  if (await page.getByRole('dialog').first().isVisible()) axe.include('[role="dialog"]')
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  )
}

async function visit(page: Page, views: Views): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  for (const [name, go] of Object.entries(views)) {
    await test.step(name, async () => {
      await go()
      for (const scheme of ['light', 'dark'] as const) {
        await turn(page, scheme)
        expect.soft(await violations(page, scheme), `${name}, ${scheme}`).toEqual([])
      }
      await turn(page, 'light')
    })
  }
}

/** The page follows the system, also while it stands open. */
async function turn(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
}

function around(page: Page): Views {
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  return {
    definitions: async () => {
      await page.goto('/definitions')
      await expect(page.getByRole('link', { name: 'Process order' })).toBeVisible()
    },
    'a new definition': async () => {
      await page.getByRole('button', { name: 'New definition' }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('No name')
    },
    'the command palette': async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByPlaceholder('What do you want to do?')).toBeVisible()
    },
    shortcuts: async () => {
      await page.keyboard.press('Escape')
      await expect(page.getByPlaceholder('What do you want to do?')).toBeHidden()
      await page.getByRole('button', { name: 'Shortcuts' }).click()
      await expect(shortcuts).toBeVisible()
    },
    versions: async () => {
      await page.goto('/definitions/process-order')
      await expect(page.getByTestId('step-card:pay')).toBeVisible()
    },
    'what a version changed': async () => {
      await page.getByText('Changes', { exact: true }).click()
      await expect(page.getByText(/description changed/)).toBeVisible()
    },
    activities: async () => {
      await page.goto('/activities')
      await expect(page.getByText('Process payment').first()).toBeVisible()
    },
    overview: async () => {
      await page.goto('/overview')
      await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    },
    'an empty list': async () => {
      await page.goto('/instances?id=nobody')
      await expect(page.getByText('No instance fits the filter')).toBeVisible()
    },
  }
}

function drawing(page: Page, api: Api): Views {
  const designer = new DesignerPage(page)
  const tried = new TryPanel(page)
  return {
    'a drawing': async () => {
      await designer.open('process-order')
      await designer.select('pay')
    },
    'its code': async () => {
      await designer.view('Split')
      await expect(page.getByRole('textbox', { name: 'Definition as JSON' })).toBeVisible()
    },
    'a run of it': async () => {
      await designer.view('Design')
      await designer.openRun()
    },
    'its versions': async () => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Versions…' }).click()
      await expect(page.getByRole('dialog', { name: 'Versions' })).toBeVisible()
    },
    'a try of it': async () => {
      await page.keyboard.press('Escape')
      await tried.open()
      await tried.button('Try it').click()
      await expect(designer.card('pay')).toHaveAttribute('data-state', 'completed')
    },
    'its answers': () => tried.tab('Answers'),
    'notes, groups and problems': async () => {
      const layout = {
        notes: [{ id: 'n', scope: '', text: 'Ask *Ada*', x: -260, y: 0, width: 180, height: 90, colour: 'flow' }],
        groups: [{ id: 'g', title: 'Money', members: ['pay'], colour: 'work' }],
        positions: {},
      }
      const steps = {
        pay: { type: 'activity', activity: 'Echo', input: '{% $inpt. %}', next: 'end' },
        end: { type: 'end' },
      }
      await api.draw('annotated', { start: 'pay', steps }, layout)
      await designer.open('annotated')
      await expect(page.getByText('Money')).toBeVisible()
      await expect(designer.problems.getByRole('listitem').first()).toBeVisible()
    },
    'a deployment of it': async () => {
      await page.getByRole('button', { name: 'Deploy v1' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
    'a conflict': async () => {
      await page.keyboard.press('Escape')
      const { body } = await api.call<{ definition: object; revision: number }>('GET', '/api/drafts/annotated')
      const theirs = { ...body, definition: { ...body.definition, title: 'Theirs' } }
      await api.call('PUT', '/api/drafts/annotated', theirs, { 'if-match': `"${body.revision}"` })
      await designer.rename('end', 'finish')
      await expect(page.getByRole('dialog', { name: 'This draft was changed elsewhere' })).toBeVisible()
    },
  }
}

function watching(page: Page): Views {
  const instance = new InstancePage(page)
  const instances = new InstancesPage(page)
  return {
    'instances, some of them selected': async () => {
      await instances.open()
      await instances.select('done', 'waits')
      await expect(instances.actions).toBeVisible()
    },
    'a purge': async () => {
      await instances.actions.getByRole('button', { name: 'Purge 1…' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
    'a completed instance': async () => {
      await instance.open('done')
      await expect(instance.card('confirm')).toHaveAttribute('data-state', 'completed')
    },
    'its restart': async () => {
      await instance.button('Restart…').click()
      await expect(page.getByRole('textbox', { name: 'Why' })).toBeVisible()
    },
    'its history': async () => {
      await page.keyboard.press('Escape')
      await instance.tab('History')
      await instance.events.first().click()
      await expect(page.getByRole('button', { name: 'See everything as of this event' })).toBeVisible()
    },
    'its data, some time ago': async () => {
      await instance.open('done', '?tab=data&at=5')
      await expect(page.getByText('customerEmail').first()).toBeVisible()
    },
    'a failed instance': async () => {
      await instance.open('bad')
      await expect(instance.card('pay')).toHaveAttribute('data-state', 'failed')
      await instance.button('More actions').click()
      await expect(page.getByRole('menuitem', { name: /^Purge/ })).toBeVisible()
    },
    'a waiting instance': async () => {
      await instance.open('waits')
      await expect(instance.card('wait')).toHaveAttribute('data-state', 'waiting')
      await instance.button('Raise event…').click()
      await page.getByRole('textbox', { name: 'Data' }).fill('{ "approved"')
    },
    'its end': async () => {
      await page.keyboard.press('Escape')
      await instance.button('Terminate…').click()
      await expect(page.getByRole('textbox', { name: 'Why' })).toBeVisible()
    },
  }
}

test('what stands around is accessible', async ({ page, api }) => {
  test.slow()
  const { body } = await api.call<{ definition: object }>('GET', '/api/definitions/process-order')
  await api.deploy({
    definition: { ...body.definition, title: 'Process order', description: 'Changed' },
    comment: 'Why',
  })
  await visit(page, around(page))
})

test('drawing and trying are accessible', async ({ page, api, complaints }) => {
  test.slow()
  complaints.allow(/status of 412/)
  await visit(page, drawing(page, api))
})

test('watching and operating are accessible', async ({ page, api }) => {
  test.slow()
  await api.start('process-order', orderInput('done'), 'done')
  await api.start('process-order', orderInput('bad', { payment: { amount: 5, card: '4000-declined' } }), 'bad')
  await api.start('approval', { request: 'A chair' }, 'waits')
  await api.finished('bad')
  await api.finished('done')
  await visit(page, watching(page))
})
