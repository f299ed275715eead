// Notes and coloured groups belong to the picture: written, moved, undone, and kept with the draft, while the definition
// does not know of them. The selection can be tidied alone.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'
import { DrawnMarks, type Place } from '../../pages/drawn-marks.ts'

const definition = {
  start: 'first',
  steps: {
    first: { type: 'activity', activity: 'Echo', next: 'second' },
    second: { type: 'activity', activity: 'Echo', next: 'third' },
    third: { type: 'activity', activity: 'Echo', next: 'last' },
    last: { type: 'end' },
  },
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include('[data-testid="canvas"]')
    .include('[aria-label="Properties"]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  )
}

test('a note is written, moved and undone; a group takes its steps along; all of it is kept', async ({ page, api }) => {
  await api.draw('noted', definition)
  const designer = new DesignerPage(page)
  const marks = new DrawnMarks(page)
  const stored = async () => (await api.call<{ definition: unknown }>('GET', '/api/drafts/noted')).body
  const { definition: before } = await stored()
  await designer.open('noted')

  // Beside the selected step, by its key.
  await designer.select('second')
  await page.keyboard.press('n')
  await page.keyboard.type('Ask Ada first.')
  await page.keyboard.press('Escape')
  const note = marks.note('note')
  await expect(note).toHaveText('Ask Ada first.')
  const written = await marks.placeOf(note)
  await marks.drag(note, { x: 60, y: 30 }, { x: 80, y: 120 })
  await expect.poll(async () => (await marks.placeOf(note)).y).toBeGreaterThan(written.y + 60)
  await designer.undo.click()
  await expect.poll(() => marks.placeOf(note)).toEqual(written)

  // Another one by the palette, in another colour.
  await page.keyboard.press('Escape')
  await marks.command('Add a note')
  await page.keyboard.type('Free')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+C')
  await expect(designer.properties.getByRole('radio', { name: 'Blue' })).toBeChecked()

  await designer.select('second')
  await designer.card('third').click({ modifiers: ['Shift'] })
  await page.keyboard.press('ControlOrMeta+g')
  await page.keyboard.type('Pay')
  await page.keyboard.press('Enter')
  const group = marks.group('group')
  await expect(group).toContainText('Pay')
  const places = () => Promise.all(['first', 'second', 'third'].map((step) => marks.placeOf(designer.card(step))))
  const apart = (one: Place | undefined, other: Place | undefined) => ({
    x: (one?.x ?? 0) - (other?.x ?? 0),
    y: (one?.y ?? 0) - (other?.y ?? 0),
  })
  const [first, second, third] = await places()
  const beside = await marks.placeOf(note)
  await marks.drag(group, { x: 20, y: 12 }, { x: 160, y: 40 })
  await expect.poll(async () => apart((await places())[1], second).x).toBeGreaterThan(80)
  const after = await places()
  const way = apart(after[1], second)
  expect(after[0]).toEqual(first)
  expect(apart(after[2], third)).toEqual(way)
  expect(apart(await marks.placeOf(note), beside)).toEqual(way)

  // A step is still pressed inside of the frame, and the frame is not.
  await designer.select('third')
  await page.keyboard.press('Escape')

  await expect(page.getByText(/^draft saved/)).toBeVisible()
  expect((await stored()).definition).toEqual(before)
  await page.reload()
  await expect(marks.note('note')).toHaveText('Ask Ada first.')
  await expect(marks.note('note-2')).toHaveText('Free')
  await expect(marks.group('group')).toContainText('Pay')
  const [again, ...others] = await places()
  expect(others.map((place) => apart(place, again))).toEqual(after.slice(1).map((place) => apart(place, after[0])))
})

test('a note keeps clear of the steps, and goes back when they have gone on', async ({ page, api }) => {
  const note = { id: 'free', scope: '', text: 'Free', x: 260, y: 120, width: 120, height: 60 }
  await api.draw('clear', definition, { positions: {}, notes: [note] })
  const designer = new DesignerPage(page)
  const marks = new DrawnMarks(page)
  await designer.open('clear')
  await designer.fit()
  const free = marks.note('free')
  const first = await marks.placeOf(free)
  const isCovered = async () => {
    const [own, ...steps] = await Promise.all(
      [free, ...['first', 'second', 'third', 'last'].map((step) => designer.card(step))].map((one) =>
        one.boundingBox(),
      ),
    )
    return steps.some(
      (box) =>
        own &&
        box &&
        own.x < box.x + box.width &&
        box.x < own.x + own.width &&
        own.y < box.y + box.height &&
        box.y < own.y + own.height,
    )
  }

  // A step is laid on it, and taken away again.
  await designer.move('third', {
    x: first.x + 20 - (await marks.placeOf(designer.card('third'))).x,
    y: first.y + 10 - (await marks.placeOf(designer.card('third'))).y,
  })
  await expect.poll(() => marks.placeOf(free)).not.toEqual(first)
  await expect.poll(isCovered).toBe(false)
  await designer.undo.click()
  await expect.poll(() => marks.placeOf(free)).toEqual(first)

  // It cannot be laid on a step, the second time no more than the first.
  for (let time = 0; time < 2; time += 1) {
    const [own, step] = await Promise.all([marks.placeOf(free), marks.placeOf(designer.card('second'))])
    await marks.drag(free, { x: 20, y: 12 }, { x: step.x - own.x + 30, y: step.y - own.y + 4 })
    await expect.poll(isCovered).toBe(false)
  }
})

test('the selection is tidied alone; a group is drawn, copied and deleted, and can be used by everybody', async ({
  page,
  api,
}) => {
  const positions = {
    '@start': { x: 36, y: 0 },
    first: { x: 0, y: 80 },
    second: { x: 260, y: 150 },
    third: { x: 20, y: 300 },
    last: { x: 0, y: 440 },
  }
  await api.draw('grouped', definition, { positions })
  const designer = new DesignerPage(page)
  const marks = new DrawnMarks(page)
  await designer.open('grouped')
  const placeOf = (step: string) => marks.placeOf(designer.card(step))
  const outside = async () => [await placeOf('first'), await placeOf('last')]
  const still = await outside()

  await designer.select('second')
  await designer.card('third').click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Tidy the selection' }).click()
  await expect.poll(async () => (await placeOf('second')).x - (await placeOf('third')).x).toBe(0)
  expect((await placeOf('third')).y).toBeGreaterThan((await placeOf('second')).y)
  expect(await outside()).toEqual(still)
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(async () => (await placeOf('second')).x - (await placeOf('third')).x).not.toBe(0)
  await page.keyboard.press('l')
  await expect.poll(async () => (await placeOf('second')).x - (await placeOf('third')).x).toBe(0)

  // Drawn around the last two of them.
  await page.keyboard.press('Escape')
  const from = await placeOf('last')
  await page.keyboard.press('Shift+G')
  await marks.drawRectangle({ x: from.x - 30, y: from.y - 40 }, { x: from.x + 240, y: from.y + 70 })
  await page.keyboard.type('The end')
  await page.keyboard.press('Enter')
  await expect(marks.group('group')).toContainText('The end')
  const { x, y } = await placeOf('last')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await placeOf('last')).x).toBeGreaterThan(x)
  expect((await placeOf('last')).y).toBe(y)

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect.soft(await violations(page), colorScheme).toEqual([])
  }

  await page.keyboard.press('ControlOrMeta+d')
  await expect(marks.group('group-2')).toContainText('The end')
  await expect(designer.card('last-2')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+N')
  await page.keyboard.press('Delete')
  await expect(page.getByText('The end')).toHaveCount(1)
  await expect(designer.card('last')).toBeVisible()
})
