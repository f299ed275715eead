// The drawing and its JSON are one document: an edit in either shows in the other at once.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

test('JSON and drawing are edited both ways', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await designer.open('twofold')
  await designer.drop('activity:Echo', { x: 380, y: 200 })
  await designer.view('Split')
  const code = page.getByRole('textbox', { name: 'Definition as JSON' })
  await expect(code).toContainText('"activity": "Echo"')

  // From the form into the text.
  await designer.select('echo')
  await designer.type('/title', 'Say it again')
  await expect(code).toContainText('"title": "Say it again"')

  // From the text into the drawing.
  const document = {
    dsl: '1',
    name: 'twofold',
    start: 'greet',
    steps: {
      greet: { type: 'activity', activity: 'Greet', title: 'Greet first', input: { name: 'Ada' }, next: 'bye' },
      bye: { type: 'end', output: '{% $steps.greet.output %}' },
    },
  }
  const write = async (text: string) => {
    await code.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(text)
  }
  await write(JSON.stringify(document, null, 2))
  await expect(designer.card('greet')).toContainText('Greet first')
  await expect(designer.edge('greet', 'next', 'bye')).toBeAttached()
  await expect(designer.card('echo')).toHaveCount(0)

  // Text that is not JSON stays, says so, and the drawing stays too.
  await write('{ "dsl": "1", ')
  await expect(page.getByText(/The drawing shows the last text that could be read/)).toBeVisible()
  await expect(designer.card('greet')).toBeVisible()
  await page.getByRole('button', { name: 'Give up this text' }).click()
  await expect(code).toContainText('"title": "Greet first"')

  const stored = async () => (await api.call<{ definition: unknown }>('GET', '/api/drafts/twofold')).body.definition
  await expect.poll(stored).toEqual(document)
})
