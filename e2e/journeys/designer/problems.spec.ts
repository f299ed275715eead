// What is wrong with a drawing stands in the list of problems, leads to its place, and keeps it from being deployed. An input
// that does not fit is refused by the form.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

test('problems name the place, lead there, and are gone once mended', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await designer.open('faulty')
  await designer.drop('step:activity', { x: 380, y: 200 })
  await designer.dropOnPort('step:end', 'activity', 'next')
  await designer.select('end')
  await designer.typeExpression('/output', '$input.total > ')

  const errors = designer.problems.getByRole('listitem')
  await expect(errors.filter({ hasText: 'activity' }).first()).toBeVisible()
  const expression = errors.filter({ has: page.getByText('end', { exact: true }) }).first()
  await expect(expression).toBeVisible()
  await expect(page.getByRole('button', { name: /^\d errors?$/ })).toBeVisible()

  await page.getByRole('button', { name: 'Deploy v1' }).click()
  await expect(page.getByRole('button', { name: /errors? (has|have) to be mended first$/ })).toBeDisabled()
  await page.keyboard.press('Escape')

  await designer.selectWorkflow()
  await expression.getByRole('button').first().click()
  await expect(designer.properties.getByText('end', { exact: true }).first()).toBeVisible()
  await expect(designer.field('/output').getByRole('combobox')).toBeFocused()
  await designer.typeExpression('/output', '$input.total > 100')
  await expect(expression).toHaveCount(0)

  await designer.select('activity')
  await designer.choose('/activity', /Echo/)
  await expect(page.getByText('No problems. It can be deployed.')).toBeVisible()
  await designer.saved()
  await designer.deploy(1)
  expect((await api.call('GET', '/api/definitions/faulty')).status).toBe(200)
})

test('a connection that is not allowed says why and changes nothing', async ({ page }) => {
  const designer = new DesignerPage(page)
  await designer.open('strict')
  await designer.drop('activity:Echo', { x: 200, y: 200 })
  await designer.drop('step:parallel', { x: 450, y: 250 })
  const lane = page.getByTestId(/^lane:/).first()
  await expect(lane).toBeVisible()
  await designer.paletteItem('activity:Greet').dragTo(lane, { force: true, targetPosition: { x: 120, y: 80 } })
  const inner = page.getByTestId(/^step-card:.*greet$/)
  await expect(inner).toBeVisible()

  const from = await designer.handle('echo', 'next').boundingBox()
  const to = await inner.boundingBox()
  if (from === null || to === null) throw new Error('the steps are not on the screen')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + 20, { steps: 4 })
  await page.mouse.move(to.x + to.width / 2, to.y + 1, { steps: 4 })
  await expect(page.getByTestId('connection-reason')).toBeVisible()
  await page.mouse.up()
  await expect(page.getByTestId(/^edge:echo:next:/)).toHaveCount(0)
})

test('an input that does not fit the schema is refused by the form, field by field', async ({ page, api }) => {
  const instances = async () => (await api.call<{ items: unknown[] }>('GET', '/api/instances')).body.items
  const before = await instances()
  const designer = new DesignerPage(page)
  await designer.open('process-order')
  const panel = await designer.openRun()
  await designer.input('/id').fill('')
  await panel.getByRole('button', { name: /^Run process-order/ }).click()
  await expect(panel.getByText(/at least 1|must not be empty|required|short/i).first()).toBeVisible()
  await panel.getByText('JSON', { exact: true }).click()
  await panel.getByLabel('Input', { exact: true }).fill('{ "id": ')
  await panel.getByRole('button', { name: /^Run process-order/ }).click()
  await expect(panel.getByText(/JSON/).nth(1)).toBeVisible()
  expect(await instances()).toEqual(before)
})

test('where it is beyond doubt what was meant, a problem offers its fix, in the list and in the field', async ({
  page,
  api,
}) => {
  const definition = {
    start: 'greet',
    steps: {
      greet: {
        type: 'activity',
        activity: 'Gret',
        titel: 'Say hello',
        input: { name: 'Dear {% $input.name %}!' },
        retry: { maxNumberOfAttempts: 3, firstRetryInterval: '5 s' },
        next: 'wich',
      },
      which: {
        type: 'choice',
        choices: [
          { when: '{% $steps.gret.output.text = $inptu.text %}', next: 'done' },
          { when: '{% $tries > 3 %}', next: 'done' },
        ],
      },
      done: { type: 'end' },
      island: { type: 'timer', delay: 'PT1S' },
    },
  }
  await api.draw('mendable', definition)
  const designer = new DesignerPage(page)
  await designer.open('mendable')
  const fix = async (title: string) => {
    await designer.problems.getByRole('button', { name: title, exact: true }).click()
    await expect(designer.problems.getByRole('button', { name: title, exact: true })).toHaveCount(0)
  }
  await fix('Rename to title')
  await expect(designer.card('greet')).toContainText('Say hello')
  await fix('Change to Greet')
  await fix('Change to PT5S')
  await fix('Make it one expression')
  await fix('Change to which')
  await expect(designer.edge('greet', 'next', 'which')).toBeAttached()
  await fix('Change to $steps.greet')
  await fix('Declare the variable tries')
  await fix('Delete the step')
  await expect(designer.card('island')).toHaveCount(0)
  await fix('Otherwise end')

  // The same help stands in the field that the problem leads to; each fix is one step back.
  await designer.problems.getByRole('button', { name: /did you mean input/ }).click()
  const field = designer.field('/choices/0/when')
  await expect(field.getByRole('combobox')).toBeFocused()
  await field.getByRole('button', { name: 'Change to $input' }).click()
  await expect(page.getByText('No problems. It can be deployed.')).toBeVisible()
  await designer.undo.click()
  await expect(field.getByRole('combobox')).toHaveValue('$steps.greet.output.text = $inptu.text')
  await designer.redo.click()
  await expect(page.getByText('No problems. It can be deployed.')).toBeVisible()
  await designer.saved()
  const stored = async () => (await api.call<{ definition: object }>('GET', '/api/drafts/mendable')).body.definition
  await expect.poll(stored).toMatchObject({
    variables: { tries: null },
    steps: {
      greet: {
        title: 'Say hello',
        activity: 'Greet',
        input: { name: '{% "Dear " & $input.name & "!" %}' },
        retry: { firstRetryInterval: 'PT5S' },
        next: 'which',
      },
      which: { choices: [{ when: '{% $steps.greet.output.text = $input.text %}' }, {}] },
    },
  })
})
