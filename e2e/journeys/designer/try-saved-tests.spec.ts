// A run that was watched becomes a test that is saved with the drawing. The exported file is a test on the command line.
import type { Page } from '@playwright/test'
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { TryPanel } from '../../pages/try-panel.ts'
import { commandLine } from '../../server/command-line.ts'

const definition = {
  dsl: '1',
  name: 'tested',
  start: 'price',
  steps: {
    price: { type: 'activity', title: 'Price', activity: 'Echo', input: 1, next: 'approve' },
    approve: {
      type: 'waitForEvent',
      title: 'Approve',
      event: 'approved',
      timeout: 'PT1H',
      onTimeout: 'expired',
      next: 'done',
    },
    done: { type: 'end', title: 'Done', output: '{% $steps.price.output * 2 %}' },
    expired: { type: 'fail', title: 'Expired', error: { type: 'Expired', message: 'Nobody approved' } },
  },
}

async function exported(page: Page, tried: TryPanel): Promise<string> {
  const download = page.waitForEvent('download')
  await tried.drawer.getByRole('button', { name: 'Export the file' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('tested.drawing.json')
  return file.path()
}

test('runs are saved as tests, and tested by the command line', async ({ page, api }) => {
  await api.call('PUT', '/api/drafts/tested', { definition }, { 'if-none-match': '*' })
  const designer = new DesignerPage(page)
  const tried = new TryPanel(page)
  await designer.open('tested')
  await tried.open()

  await test.step('a run with an event by hand is a test', async () => {
    await tried.chooseAnswers('Price')
    await tried.typeResult('21')
    await tried.button('Try it').click()
    await expect(tried.says('Nothing comes before the wait for approved runs out of time')).toBeVisible()
    await tried.raise('approved', '')
    await expect(tried.says(/^Completed after /)).toBeVisible()
    await tried.saveAsTest('approved in time')
  })

  await test.step('so is one that fails', async () => {
    await tried.button('Try again').click()
    await expect(tried.says('Nothing comes before the wait')).toBeVisible()
    await tried.button('Continue').click()
    await expect(tried.failure).toContainText('Expired')
    await tried.saveAsTest('nobody answers')
    await tried.tab('Tests')
    await expect(tried.tests).toHaveCount(2)
    await expect(tried.tests.first()).toContainText('expects: completed 42, 1 event')
    await expect(tried.tests.last()).toContainText('expects: failed Expired')
    const names = async () => {
      const { body } = await api.call<{ layout: { tests?: { name: string }[] } }>('GET', '/api/drafts/tested')
      return body.layout.tests?.map(({ name }) => name)
    }
    await expect.poll(names).toEqual(['approved in time', 'nobody answers'])
  })

  await test.step('both pass, here and on the command line', async () => {
    await tried.drawer.getByRole('button', { name: 'Run all 2 tests' }).click()
    await expect(tried.says('2 tests passed.')).toBeVisible()
    const ran = await commandLine('test', await exported(page, tried))
    expect(ran.output).toContain('2 passed, 0 failed')
    expect(ran.code).toBe(0)
  })

  await test.step('a change that breaks one is told, here and on the command line', async () => {
    await designer.select('done')
    await designer.typeExpression('/output', '$steps.price.output * 3')
    await tried.tab('Tests')
    await tried.drawer.getByRole('button', { name: 'Run all 2 tests' }).click()
    await expect(tried.says('1 test of 2 failed.')).toBeVisible()
    await expect(tried.tests.first()).toContainText('output: expected 42, got 63')
    const ran = await commandLine('test', await exported(page, tried))
    expect(ran.output).toContain('✗ approved in time')
    expect(ran.output).toContain('✓ nobody answers')
    expect(ran.output).toContain('output: expected 42, got 63')
    expect(ran.code).toBe(1)
  })

  await test.step('what it expects is edited where it stands, by one edit that can be undone', async () => {
    await tried.drawer.getByRole('button', { name: 'Edit what approved in time expects' }).click()
    const form = tried.drawer.getByRole('form', { name: 'What approved in time expects' })
    const save = form.getByRole('button', { name: 'Save what it expects' })
    await form.getByLabel('Output').fill('{ "total": ')
    await expect(save).toBeDisabled()
    await form.getByLabel('Failure').fill('{ "code": 3 }')
    await form.getByLabel('Output').fill('62')
    await expect(form.getByRole('alert')).toHaveText(
      'failure/code "code" is not known here; there are type, message, step',
    )
    await form.getByLabel('Failure').fill('')
    await form.getByLabel('These steps complete and no others').uncheck()
    await save.click()
    await expect(tried.tests.first()).toContainText('expects: completed 62, 1 event')
    await tried.drawer.getByRole('button', { name: 'Run approved in time' }).click()
    await expect(tried.tests.first()).toContainText('output: expected 62, got 63')

    await tried.drawer.getByRole('button', { name: 'Edit what approved in time expects' }).click()
    await form.getByRole('button', { name: 'Expect what came' }).click()
    await expect(form.getByLabel('Output')).toHaveValue('63')
    await save.click()
    await tried.drawer.getByRole('button', { name: 'Run all 2 tests' }).click()
    await expect(tried.says('2 tests passed.')).toBeVisible()
    await designer.undo.click()
    await expect(tried.tests.first()).toContainText('expects: completed 62, 1 event')
    await designer.redo.click()
    await expect(tried.tests.first()).toContainText('expects: completed 63, 1 event')
  })
})

test('a saved test is watched with its own events and answers, and left again', async ({ page, api }) => {
  const layout = {
    positions: {},
    tests: [
      {
        name: 'approved at once',
        mocks: { price: { result: 4 } },
        events: [{ name: 'approved', data: null, at: 'PT5S' }],
        expect: { status: 'Completed', output: 8, steps: ['price', 'approve', 'done'] },
      },
      { name: 'of a later version', given: {} },
    ],
  }
  await api.call('PUT', '/api/drafts/tested', { definition, layout }, { 'if-none-match': '*' })
  const designer = new DesignerPage(page)
  const tried = new TryPanel(page)
  await designer.open('tested')
  await tried.open()
  await tried.tab('Tests')
  await tried.drawer.getByRole('button', { name: 'Run approved at once' }).click()
  await expect(tried.tests.first().getByLabel('passed')).toBeVisible()
  await expect(tried.tests.last().getByLabel('failed')).toBeVisible()
  await expect(tried.tests.last()).toContainText('expect')

  await tried.drawer.getByRole('button', { name: 'Watch approved at once on the canvas' }).click()
  await expect(tried.says(/^Completed after 5 s /)).toBeVisible()
  await expect(designer.card('done')).toHaveAttribute('data-state', 'completed')
  await expect(tried.timeline).toHaveCount(3)
  await tried.tab('Tests')
  await expect(tried.tests.first().getByLabel('passed')).toBeVisible()

  // Once more the same; without it the run waits for somebody.
  await tried.button('Try again').click()
  await expect(tried.says(/^Completed after 5 s /)).toBeVisible()
  await tried.drawer.getByRole('button', { name: 'Leave the test' }).click()
  await tried.button('Try it').click()
  await expect(tried.says('Nothing comes before the wait')).toBeVisible()
})
