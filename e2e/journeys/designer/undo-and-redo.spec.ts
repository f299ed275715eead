// Every edit can be taken back and made again, by button and by key, back to the very same document.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

test('edits are undone one by one and made again', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  /** Nothing until the first save. */
  const stored = async (): Promise<{ steps: Record<string, unknown> } | undefined> => {
    const { body } = await api.call<{ definition?: { steps: Record<string, unknown> } }>('GET', '/api/drafts/undoing')
    return body.definition
  }
  await designer.open('undoing')
  await expect(designer.undo).toBeDisabled()

  await designer.drop('activity:Echo', { x: 380, y: 200 })
  await designer.dropOnPort('activity:Greet', 'echo', 'next')
  await designer.select('greet')
  await designer.type('/title', 'Say hello')
  await expect(designer.card('greet')).toContainText('Say hello')
  await designer.dropOnPort('step:end', 'greet', 'next')
  await expect(designer.edge('greet', 'next', 'end')).toBeAttached()
  await expect.poll(async () => Object.keys((await stored())?.steps ?? {})).toEqual(['echo', 'greet', 'end'])
  const full = await stored()

  // Deleting the step in the middle heals the chain.
  await designer.select('greet')
  await page.keyboard.press('Delete')
  await expect(designer.card('greet')).toHaveCount(0)
  await expect(designer.edge('echo', 'next', 'end')).toBeAttached()

  await page.keyboard.press('ControlOrMeta+z')
  await expect(designer.edge('greet', 'next', 'end')).toBeAttached()
  await expect.poll(stored).toEqual(full)

  await designer.undo.click()
  await expect(designer.card('end')).toHaveCount(0)
  await designer.undo.click()
  await expect(designer.card('greet')).not.toContainText('Say hello')
  await designer.undo.click()
  await expect(designer.card('greet')).toHaveCount(0)
  await designer.undo.click()
  await expect(designer.card('echo')).toHaveCount(0)
  await expect(designer.undo).toBeDisabled()

  for (let step = 0; step < 4; step += 1) await designer.redo.click()
  await expect(designer.card('greet')).toContainText('Say hello')
  await expect(designer.edge('greet', 'next', 'end')).toBeAttached()
  await expect.poll(stored).toEqual(full)
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(designer.card('greet')).toHaveCount(0)
  await expect(designer.redo).toBeDisabled()
})
