// A draft is tried in the browser, without a server: answers are typed in, it stops where it is told to, its clock is turned,
// its events are raised by hand, and what it does stands on the canvas and on the timeline.
import type { Request } from '@playwright/test'
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { TryPanel } from '../../pages/try-panel.ts'

const definition = {
  dsl: '1',
  name: 'tried',
  title: 'Tried',
  start: 'charge',
  steps: {
    charge: {
      type: 'activity',
      title: 'Charge',
      activity: 'Echo',
      input: { amount: '{% $input.amount %}' },
      retry: { maxNumberOfAttempts: 3, firstRetryInterval: 'PT10S' },
      next: 'approve',
    },
    approve: {
      type: 'waitForEvent',
      title: 'Approve',
      event: 'approved',
      timeout: 'PT1H',
      onTimeout: 'expired',
      next: 'rest',
    },
    rest: { type: 'timer', title: 'Rest', delay: 'PT5M', status: 'Resting', next: 'done' },
    done: {
      type: 'end',
      title: 'Done',
      output: { tx: '{% $steps.charge.output.tx %}', by: '{% $steps.approve.output.by %}' },
    },
    expired: { type: 'end', title: 'Expired', output: 'expired' },
  },
}

/** Whatever is asked of a server from now on. */
function listen(from: { on(event: 'request', heard: (request: Request) => void): unknown }): string[] {
  const left: string[] = []
  from.on('request', (request) => {
    const { pathname } = new URL(request.url())
    // Files of the page, which other pages need too.
    if (!pathname.startsWith('/assets/') && pathname !== '/favicon.svg') left.push(`${request.method()} ${pathname}`)
  })
  return left
}

test('step by step, to a breakpoint, at a speed, with an event by hand, and no server is asked', async ({
  page,
  api,
}) => {
  await api.call('PUT', '/api/drafts/tried', { definition }, { 'if-none-match': '*' })
  const designer = new DesignerPage(page)
  const tried = new TryPanel(page)
  await designer.open('tried')
  await tried.open()

  await test.step('type in what a step answers: first an error after a while, then a result', async () => {
    await tried.chooseAnswers('Charge')
    await tried.answerWith('Error')
    await tried.typeError('CardDeclined', 'Not enough on it')
    await tried.typeDelay('3 s')
    await tried.anotherAnswer()
    await tried.typeResult('{ "tx": "{% $attempt %}" }')
    await expect(tried.answerRow('Charge')).toContainText('1. fails with CardDeclined · after 3 s 2. {"tx"')
    await designer.saved()
  })
  const left = listen(page)

  await test.step('let one thing happen after the other', async () => {
    await tried.button('Step').click()
    await expect(designer.card('charge')).toHaveAttribute('data-state', 'running')
    await expect(tried.says('Next in 3 s.')).toBeVisible()
    await tried.button('Step').click()
    await expect(designer.card('charge')).toHaveAttribute('data-state', 'retrying')
    await expect(designer.card('approve')).toHaveAttribute('data-state', 'none')
  })

  await test.step('stop at a breakpoint, after an event by hand', async () => {
    await designer.select('rest')
    await designer.card('rest').getByRole('button', { name: 'Stop here' }).click({ force: true })
    await tried.button('Continue').click()
    await expect(tried.says('Nothing comes before the wait for approved runs out of time')).toBeVisible()
    await expect(designer.card('approve')).toHaveAttribute('data-state', 'waiting')
    await tried.raise('approved', '{ "by": "Ada" }')
    await expect(tried.says('Stopped at Rest.')).toBeVisible()
    await expect(designer.card('approve')).toHaveAttribute('data-state', 'completed')
  })

  await test.step('turn the clock: ten times as fast, paused, a hundred times as fast', async () => {
    const clock = tried.toolbar.getByText(/ in$/)
    await expect(clock).toHaveText('14 s in')
    await tried.speed('×10')
    await tried.button('Continue').click()
    await expect(clock).not.toHaveText('14 s in')
    await tried.button('Pause').click()
    await expect(tried.says('Paused.')).toBeVisible()
    await expect(designer.card('rest')).toHaveAttribute('data-state', 'waiting')
    await tried.speed('×100')
    await tried.button('Continue').click()
    await expect(tried.says('Completed after 5 m 14 s of virtual time')).toBeVisible()
  })

  await test.step('see what it did: canvas, timeline, history, output', async () => {
    for (const done of ['charge', 'approve', 'rest', 'done'])
      await expect(designer.card(done)).toHaveAttribute('data-state', 'completed')
    await expect(designer.card('expired')).toHaveAttribute('data-state', 'none')
    await tried.tab('Timeline')
    await expect(tried.timeline).toHaveCount(4)
    await expect(tried.timeline.first()).toContainText('Charge')
    await tried.tab('History')
    await expect(tried.drawer.getByText(/Attempt 1 failed.*CardDeclined: Not enough on it/)).toBeVisible()
    await tried.drawerTab('Output')
    await expect(tried.output('Result')).toContainText('tx: 2')
    await expect(tried.output('Result')).toContainText('by: "Ada"')
    await expect(tried.output('Custom status')).toContainText('Resting')
    await expect(tried.output('On the way')).toContainText('Event approved arrived')
  })
  expect(left).toEqual([])

  await test.step('it comes out the same after a reload, for the answers are saved with the drawing', async () => {
    await page.reload()
    await tried.open()
    await tried.button('Try it').click()
    await expect(tried.says('Nothing comes before the wait for approved runs out of time')).toBeVisible()
    await tried.button('Continue').click()
    await expect(tried.says('Completed after 1 h')).toBeVisible()
    await expect(designer.card('expired')).toHaveAttribute('data-state', 'completed')
  })
})

test('what keeps a draft from running, and what failed in it, is said with what helps', async ({ page, api }) => {
  const { rest: _rest, ...steps } = definition.steps
  const broken = { ...definition, steps }
  await api.call('PUT', '/api/drafts/tried', { definition: broken }, { 'if-none-match': '*' })
  const designer = new DesignerPage(page)
  const tried = new TryPanel(page)
  await designer.open('tried')
  await tried.open()
  await tried.button('Try it').click()
  await expect(tried.failure).toContainText('The draft cannot run: it has 1 error.')
  await tried.failure.getByRole('button', { name: 'Show the first' }).click()
  await expect(designer.properties.getByText('approve', { exact: true }).first()).toBeVisible()
  await designer.type('/title', 'Approve it')
  await expect(tried.failure).toHaveCount(0)

  await api.call(
    'PUT',
    '/api/drafts/failing',
    { definition: { ...definition, name: 'failing' } },
    { 'if-none-match': '*' },
  )
  await designer.open('failing')
  await tried.open()
  await tried.chooseAnswers('Charge')
  await tried.answerWith('Error')
  await tried.typeError('CardDeclined', 'Not enough on it')
  await tried.button('Try it').click()
  await expect(tried.failure).toContainText('Charge failed at attempt 3: CardDeclined')
  await tried.failure.getByRole('button', { name: 'Details' }).click()
  await expect(tried.output('Failure')).toContainText('It was tried 3 times')
  await tried.drawerTab('Try')
  await tried.tab('Timeline')
  await tried.failure.getByRole('button', { name: 'Change its answer' }).click()
  await tried.answerWith('Result')
  await page.keyboard.press('F9')
  await expect(tried.says('Nothing comes before the wait')).toBeVisible()
  await expect(tried.failure).toHaveCount(0)
})

test('a breakpoint and an answer stay with their step under its other name', async ({ page, api }) => {
  const { charge, rest } = definition.steps
  const done = { type: 'end', output: { tx: '{% $steps.charge.output.tx %}' } }
  await api.draw('tried', { ...definition, steps: { charge: { ...charge, next: 'rest' }, rest, done } })
  const designer = new DesignerPage(page)
  const tried = new TryPanel(page)
  await designer.open('tried')
  await tried.open()
  await tried.chooseAnswers('Charge')
  await tried.typeResult('{ "tx": 7 }')
  await designer.select('rest')
  await designer.card('rest').getByRole('button', { name: 'Stop here' }).click({ force: true })
  await designer.rename('rest', 'pause')
  await designer.rename('charge', 'pay')
  await expect(designer.card('pause').getByRole('button', { name: 'Stop here', pressed: true })).toBeVisible()
  await expect(tried.answerRow('Charge')).toContainText('{"tx"')
  await tried.button('Try it').click()
  await expect(tried.says('Stopped at Rest.')).toBeVisible()
  await tried.button('Continue').click()
  await expect(tried.says(/^Completed after /)).toBeVisible()
  await tried.drawerTab('Output')
  await expect(tried.output('Result')).toContainText('tx: 7')

  // Back, and to a third name typed in the code.
  await designer.undo.click()
  await designer.undo.click()
  await expect(designer.card('rest').getByRole('button', { name: 'Stop here', pressed: true })).toBeVisible()
  await designer.view('Split')
  await designer.select('rest')
  await designer.markedCode.first().getByText('"rest"').dblclick()
  await page.keyboard.type('nap')
  await expect(designer.card('nap').getByRole('button', { name: 'Stop here', pressed: true })).toBeVisible()
})
