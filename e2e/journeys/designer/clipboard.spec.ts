// Steps go over the clipboard as JSON, from one definition into another and between tabs; whole definitions are taken in by
// paste, by drop and by file; the drawing goes out as JSON, Mermaid, SVG and PNG.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

const example = new URL('../../../schema/examples/greet-person.json', import.meta.url)

const pair = {
  start: 'ask',
  steps: {
    ask: { type: 'activity', activity: 'Echo', title: 'Ask', next: 'tell' },
    tell: { type: 'activity', activity: 'Echo', title: 'Tell', input: '{% $steps.ask.output %}', next: 'last' },
    last: { type: 'end', title: 'Last' },
  },
}

test('steps are copied into another definition in another tab, cut, and doubled', async ({ page, context, api }) => {
  await api.draw('from', pair)
  await api.draw('into', { start: 'ask', steps: { ask: { type: 'activity', activity: 'Greet', title: 'Mine' } } })
  const from = new DesignerPage(page)
  await from.open('from')
  await from.selectAll(['ask', 'tell'])
  await page.keyboard.press('ControlOrMeta+c')

  const into = new DesignerPage(await context.newPage())
  await into.open('into')
  await into.select('ask')
  await into.page.keyboard.press('ControlOrMeta+v')
  // The ids are taken or free; the chain hangs on, and expressions speak of the new id.
  await expect(into.edge('ask', 'next', 'ask-2')).toBeAttached()
  await expect(into.edge('ask-2', 'next', 'tell')).toBeAttached()
  await expect
    .poll(async () => (await api.drawnSteps('into'))?.tell)
    .toEqual({ type: 'activity', activity: 'Echo', title: 'Tell', input: '{% $steps.`ask-2`.output %}' })
  await into.undo.click()
  await expect(into.card('tell')).toHaveCount(0)
  await expect(into.undo).toBeDisabled()

  await from.page.bringToFront()
  await from.node('tell').click({ position: { x: 60, y: 12 } })
  await page.keyboard.press('ControlOrMeta+x')
  await expect(from.card('tell')).toHaveCount(0)
  await expect(from.edge('ask', 'next', 'last')).toBeAttached()
  await from.node('ask').click({ position: { x: 60, y: 12 } })
  await page.keyboard.press('ControlOrMeta+v')
  await expect(from.card('tell')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+d')
  await expect(from.card('tell-2')).toBeVisible()

  // A step as it stands in somebody's code.
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(() => navigator.clipboard.writeText('{"pause": {"type": "timer", "delay": "PT5S"}}'))
  await page.keyboard.press('ControlOrMeta+v')
  await expect(from.card('pause')).toContainText('waits 5 s')

  // Several that never stood anywhere do not cover each other, in a scope whose boxes have places.
  const both = { first: { type: 'timer', delay: 'PT1S' }, second: { type: 'timer', delay: 'PT2S' } }
  await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(both))
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+v')
  const top = async (path: string) => (await from.card(path).boundingBox())?.y ?? 0
  const height = (await from.card('first').boundingBox())?.height ?? 0
  expect((await top('second')) - (await top('first'))).toBeGreaterThan(height)

  // What is no step is refused in words; the command palette pastes too.
  await page.evaluate(() => navigator.clipboard.writeText('Dear Ada,'))
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('What do you want to do?').fill('paste')
  await page.getByRole('button', { name: /^Paste/ }).click()
  await expect(page.getByText('Nothing was pasted')).toBeVisible()
})

test('a definition is taken in by drop, paste and file, and the drawing goes out in four forms', async ({
  page,
  context,
  api,
}) => {
  const text = await readFile(example, 'utf8')
  const ids = Object.keys(JSON.parse(text).steps)
  await api.draw('changing', pair)
  const designer = new DesignerPage(page)
  await designer.open('changing')
  const isTakenIn = async () => {
    await expect(designer.card(ids[0] ?? '')).toBeVisible()
    await expect(designer.card('tell')).toHaveCount(0)
    await designer.undo.click()
    await expect(designer.card('tell')).toBeVisible()
  }

  await dropFile(page, 'greet.json', text)
  await isTakenIn()

  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((whole) => navigator.clipboard.writeText(whole), text)
  await page.keyboard.press('ControlOrMeta+v')
  await isTakenIn()

  await page.getByRole('button', { name: 'More', exact: true }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Import JSON…' }).click()
  await (await chooser).setFiles({ name: 'greet.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await isTakenIn()

  await dropFile(page, 'shopping.json', '["milk"]')
  await expect(page.getByText('shopping.json was not taken in')).toBeVisible()

  const exported = async (what: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: what, exact: true }).click()
    const file = await download
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
  }
  const json = await exported('Export JSON')
  expect(json.name).toBe('changing.json')
  expect(JSON.parse(json.content.toString()).steps).toEqual(pair.steps)
  expect((await exported('Export Mermaid')).content.toString()).toMatch(/^flowchart TD[\s\S]*Ask/)
  expect((await exported('Export SVG')).content.toString()).toMatch(/^<svg[\s\S]*Tell[\s\S]*<\/svg>\s*$/)
  const png = await exported('Export PNG')
  expect(png.name).toBe('changing.png')
  expect([...png.content.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  expect(png.content.length).toBeGreaterThan(2_000)
})

async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content ?? ''], file ?? '', { type: 'application/json' }))
      return transfer
    },
    [name, text],
  )
  await page.getByTestId('canvas').dispatchEvent('dragover', { dataTransfer: data })
  await page.getByTestId('canvas').dispatchEvent('drop', { dataTransfer: data })
}
