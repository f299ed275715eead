// Editing on the canvas by mouse: the + on an edge, a drop on an edge and on a port, an edge led elsewhere by its end, boxes
// in a line, a selection by frame and by Shift, both directions of the flow.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

const echo = (title: string, next: string) => ({ type: 'activity', activity: 'Echo', title, next })

const chain = {
  start: 'one',
  steps: {
    one: echo('One', 'which'),
    which: {
      type: 'choice',
      title: 'Which?',
      choices: [{ when: '{% $input.left %}', next: 'left' }],
      otherwise: 'right',
    },
    left: echo('Left', 'last'),
    right: echo('Right', 'last'),
    last: { type: 'end', title: 'Last' },
  },
}

test('steps are put on edges and ports, and an edge is led elsewhere by its end', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await api.draw('edges', chain)
  await designer.open('edges')

  await designer.edge('one', 'next', 'which').hover()
  await designer.plus('one', 'next', 'which').click()
  await designer.quickAdd('timer')
  await expect(designer.edge('one', 'next', 'timer')).toBeAttached()
  await expect(designer.edge('timer', 'next', 'which')).toBeAttached()
  await expect(designer.node('timer')).toBeFocused()

  await designer.fit()
  await designer.paletteItem('activity:Greet').dragTo(designer.plus('which', 'otherwise', 'right'), { force: true })
  await expect(designer.edge('which', 'otherwise', 'greet')).toBeAttached()
  await expect(designer.edge('greet', 'next', 'right')).toBeAttached()

  await designer.fit()
  await designer.node('left').hover()
  await designer.dropOnPort('step:fail', 'left', 'catch/new')
  await expect(designer.edge('left', 'catch/0', 'fail')).toBeAttached()

  // Two edges end at the last step; the one that is selected is the one that is taken by its end.
  await designer.fit()
  await designer.takeEdgeTo('left', 'next', 'last', 'right')
  await expect(designer.edge('left', 'next', 'right')).toBeAttached()
  await expect(designer.edge('right', 'next', 'last')).toBeAttached()

  // An edge that is let go on the free canvas asks what stands there.
  const port = await designer.handle('left', 'catch/new').boundingBox()
  const canvas = await designer.canvas.boundingBox()
  if (port === null || canvas === null) throw new Error('the port is not on the screen')
  await designer.drag(
    { x: port.x + port.width / 2, y: port.y + port.height / 2 },
    { x: canvas.x + 60, y: canvas.y + 300 },
  )
  await designer.quickAdd('echo')
  await expect(designer.edge('left', 'catch/1', 'echo')).toBeAttached()

  await expect
    .poll(async () => (await api.drawnSteps('edges'))?.left)
    .toMatchObject({ next: 'right', catch: [{ next: 'fail' }, { next: 'echo' }] })
})

test('boxes are selected together, put in a line, apart from each other, and turned', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await api.draw('lined', chain)
  await designer.open('lined')
  await designer.fit()
  const selected = page.locator('.react-flow__node.selected')
  const x = async (path: string) => Math.round((await designer.card(path).boundingBox())?.x ?? 0)

  await page.keyboard.down('Shift')
  await designer.frame(['left', 'right'])
  await page.keyboard.up('Shift')
  await expect(selected).toHaveCount(2)
  await page.getByRole('button', { name: 'Align left' }).click()
  await expect.poll(async () => (await x('left')) - (await x('right'))).toBe(0)
  await designer.undo.click()
  await expect.poll(async () => (await x('left')) - (await x('right'))).not.toBe(0)

  await page.keyboard.press('Escape')
  await designer.move('which', { x: 0, y: 24 })
  await designer.selectAll(['one', 'which', 'left'])
  await page.getByRole('button', { name: 'Distribute down' }).click()
  await expect
    .poll(async () => {
      const [a, b, c] = await Promise.all(['one', 'which', 'left'].map((path) => designer.card(path).boundingBox()))
      if (!a || !b || !c) return undefined
      return Math.abs(b.y - a.y - (c.y - b.y)) <= 2
    })
    .toBe(true)

  await page.getByRole('button', { name: 'Flow left to right' }).click()
  const before = await designer.card('one').boundingBox()
  await expect.poll(async () => (await x('which')) - (await x('one'))).toBeGreaterThan(before?.width ?? 0)
  await designer.fit()
  await designer.paletteItem('activity:Greet').dragTo(designer.plus('one', 'next', 'which'), { force: true })
  await expect(designer.edge('greet', 'next', 'which')).toBeAttached()
  await expect(page.getByRole('button', { name: 'Flow top to bottom' })).toBeVisible()
  await expect.poll(async () => Object.keys((await api.drawnSteps('lined')) ?? {})).toContain('greet')
})

test('what is deleted by frame closes the chain, and what is doubled stands beside its original', async ({
  page,
  api,
}) => {
  const designer = new DesignerPage(page)
  await api.draw('framed', {
    start: 'one',
    steps: { one: echo('One', 'two'), two: echo('Two', 'three'), three: echo('Three', 'last'), last: { type: 'end' } },
  })
  await designer.open('framed')
  await designer.fit()
  await page.keyboard.down('Shift')
  await designer.frame(['two', 'three'])
  await page.keyboard.up('Shift')
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(2)
  await page.keyboard.press('Delete')
  await expect(designer.edge('one', 'next', 'last')).toBeAttached()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(designer.edge('two', 'next', 'three')).toBeAttached()

  await designer.select('two')
  await page.keyboard.press('ControlOrMeta+d')
  const box = async (path: string) => (await designer.card(path).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await expect.poll(async () => Math.abs((await box('two-2')).y - (await box('two')).y)).toBeLessThan(2)
  const two = await box('two')
  expect((await box('two-2')).x).toBeGreaterThan(two.x + two.width)
  await expect(designer.properties.getByText('two-2', { exact: true }).first()).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(designer.card('two-2')).toHaveCount(0)
})

test('an empty canvas says how to begin, and steps are found by what others call them', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await api.draw('blank', { steps: {} })
  await designer.open('blank')
  await page.getByRole('button', { name: 'Add the first step' }).click()
  await designer.quickAdd('sleep')
  await expect(designer.card('timer')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add the first step' })).toHaveCount(0)
  await page.keyboard.press('a')
  await designer.quickAdd('switch')
  await expect(designer.edge('timer', 'next', 'choice')).toBeAttached()
})
