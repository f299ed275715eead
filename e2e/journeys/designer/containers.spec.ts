// Containers: steps are carried into lanes and out of bodies, also onto an edge inside; a container is collapsed and
// expanded; a double click leads into it, the crumbs lead out.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

const echo = (title: string, next?: string) => ({
  type: 'activity',
  activity: 'Echo',
  title,
  ...(next === undefined ? {} : { next }),
})

const boxes = {
  start: 'first',
  steps: {
    first: echo('First', 'fork'),
    fork: {
      type: 'parallel',
      title: 'Fork',
      branches: { left: { start: 'one', steps: { one: echo('One') } }, right: { start: '', steps: {} } },
      next: 'each',
    },
    each: {
      type: 'forEach',
      title: 'Each',
      items: [1, 2],
      body: { start: 'two', steps: { two: echo('Two', 'three'), three: echo('Three') } },
      next: 'last',
    },
    last: { type: 'end', title: 'Last' },
  },
}

test('steps go into lanes, out of bodies and onto edges, and the chains close behind them', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await api.draw('boxes', boxes)
  await designer.open('boxes')
  await designer.fit()

  // Into an empty lane: it starts there, and the flow outside goes on without it.
  await designer.carry('first', designer.lane('fork[right]'))
  await expect(designer.card('fork[right]/first')).toBeVisible()
  await expect(designer.edge('@start', 'start', 'fork')).toBeAttached()
  await expect(designer.edge('fork[right]/@start', 'start', 'fork[right]/first')).toBeAttached()

  // From one lane onto an edge of the other.
  await designer.carry('fork[left]/one', designer.plus('fork[right]/@start', 'start', 'fork[right]/first'))
  await expect(designer.edge('fork[right]/one', 'next', 'fork[right]/first')).toBeAttached()

  // Out of the body, onto the edge behind it.
  await designer.carry('each/three', designer.plus('each', 'next', 'last'))
  await expect(designer.edge('each', 'next', 'three')).toBeAttached()
  await expect(designer.edge('three', 'next', 'last')).toBeAttached()

  // And onto the free canvas, where it stays.
  const canvas = await designer.canvas.boundingBox()
  if (canvas === null) throw new Error('there is no canvas')
  await designer.carry('each/two', { x: canvas.x + 90, y: canvas.y + 300 })
  await expect(designer.card('two')).toBeVisible()
  const place = await designer.card('two').boundingBox()
  expect(Math.abs((place?.x ?? 0) - canvas.x - 60)).toBeLessThan(40)
  await expect
    .poll(async () => Object.keys((await api.drawnSteps('boxes')) ?? {}))
    .toEqual(['fork', 'each', 'last', 'three', 'two'])

  // Each of them was one edit.
  for (let step = 0; step < 4; step += 1) await designer.undo.click()
  await expect(designer.undo).toBeDisabled()
  await expect.poll(async () => Object.keys((await api.drawnSteps('boxes')) ?? {})).toEqual(Object.keys(boxes.steps))
})

test('a container is collapsed, gone into and left again', async ({ page, api }) => {
  const designer = new DesignerPage(page)
  await api.draw('folded', boxes)
  await designer.open('folded')
  await designer.fit()

  await designer.node('each').getByRole('button', { name: 'Collapse' }).click()
  await expect(designer.card('each/two')).toHaveCount(0)
  await expect(designer.card('each')).toContainText('2 steps inside')
  await designer.saved()
  await page.reload()
  await expect(designer.card('each')).toContainText('2 steps inside')
  await designer.node('each').getByRole('button', { name: 'Expand' }).click()
  await expect(designer.card('each/two')).toBeVisible()
  await designer.node('each').click({ position: { x: 60, y: 12 } })
  await page.keyboard.press('c')
  await expect(designer.card('each/two')).toHaveCount(0)
  await page.keyboard.press('c')

  const crumbs = page.getByRole('navigation', { name: 'Scopes' })
  await designer.node('each').dblclick({ position: { x: 60, y: 12 } })
  await expect(crumbs).toContainText('Each')
  await expect(designer.card('fork')).toHaveCount(0)
  await designer.card('each/three').click()
  await page.keyboard.press('a')
  await designer.quickAdd('greet')
  await expect(designer.edge('each/three', 'next', 'each/greet')).toBeAttached()
  await crumbs.getByRole('button', { name: 'Whole workflow' }).click()
  await expect(designer.card('fork')).toBeVisible()
  await expect(designer.card('each/greet')).toBeVisible()

  // A lane is a scope too; Escape leads out of it.
  await designer.node('fork').click({ position: { x: 60, y: 12 } })
  await page.keyboard.press('i')
  await expect(crumbs).toContainText('Fork, left')
  await page.keyboard.press('Escape')
  await expect(crumbs).toHaveCount(0)
  await expect.poll(async () => JSON.stringify(await api.drawnSteps('folded'))).toContain('"next":"greet"')
})
