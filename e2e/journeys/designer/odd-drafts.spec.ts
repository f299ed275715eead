// A draft that is invalid, half finished or made by a newer version of the product opens, says what is wrong, and loses
// nothing: what is stored after an edit is what was stored before, with the edit.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

const fine = { type: 'activity', title: 'Fine', activity: 'Echo', input: 1, next: 'end' }
const end = { type: 'end' }

const drafts = {
  invalid: {
    definition: {
      dsl: '1',
      name: 'invalid',
      start: 'nowhere',
      timeout: 'soon',
      steps: {
        fine,
        pay: { type: 'activity', activity: 'No such activity', retry: 'often', input: '{% $input. %}', next: 'gone' },
        loop: { type: 'forEach', items: 5, body: 'none', next: 'end' },
        fork: { type: 'parallel', branches: ['left', 'right'] },
        odd: 'not a step',
        end,
      },
    },
    layout: { positions: { fine: { x: 0, y: 80 }, pay: 'left' }, tests: 'none', collapsed: 'all' },
    says: [/not a step|object/i, /gone|nowhere/i],
  },
  unfinished: {
    definition: {
      name: 'unfinished',
      steps: { fine: { ...fine, next: undefined }, wait: { type: 'waitForEvent' }, empty: {} },
    },
    layout: null,
    says: [/dsl/, /event/],
  },
  newer: {
    definition: {
      dsl: '7',
      name: 'newer',
      start: 'fine',
      priority: { lane: 'fast' },
      steps: {
        fine: { ...fine, next: 'poll', deadline: { soft: 'PT5M' } },
        poll: {
          type: 'pollUntil',
          every: 'PT5S',
          body: { start: 'a', steps: { a: { type: 'askTwice', next: 'b' }, b: end } },
          next: 'end',
        },
        end,
      },
    },
    layout: {
      positions: {
        fine: { x: 40, y: 80, lane: 2 },
        poll: { x: 40, y: 200 },
        end: { x: 40, y: 500 },
        '@start': { lane: 1 },
      },
      direction: 'radial',
      heat: { fine: 0.5 },
      notes: [{ id: 'n', shape: 'cloud' }],
      tests: [{ name: 'later', given: {} }],
    },
    says: [/dsl/, /pollUntil/],
  },
} as const

for (const [name, { definition, layout, says }] of Object.entries(drafts)) {
  test(`a draft that is ${name} opens, says what is wrong, and loses nothing`, async ({ page, api }) => {
    await api.deploy({ dsl: '1', name, start: 'fine', steps: { fine, end } })
    const stored = JSON.parse(JSON.stringify({ definition, layout }))
    await api.call('PUT', `/api/drafts/${name}`, stored, { 'if-none-match': '*' })
    const draft = async () => {
      const { body } = await api.call<{ definition: { steps: { fine: { title: string } } }; layout: unknown }>(
        'GET',
        `/api/drafts/${name}`,
      )
      return { definition: body.definition, layout: body.layout }
    }
    const designer = new DesignerPage(page)
    await designer.open(name)
    await expect(designer.card('fine')).toContainText('Fine')
    for (const words of says) await expect(designer.problems.getByText(words).first()).toBeVisible()
    expect(await draft()).toEqual(stored)

    // An edit changes what it changes.
    await designer.select('fine')
    await designer.type('/title', 'Still fine')
    const edited = structuredClone(stored)
    edited.definition.steps.fine.title = 'Still fine'
    await expect.poll(draft).toEqual(edited)

    // So does a box that is moved.
    await designer.move('fine', { x: 60, y: 0 })
    await designer.saved()
    await designer.undo.click()
    await expect.poll(async () => (await draft()).definition).toEqual(edited.definition)

    await page.reload()
    await expect(designer.card('fine')).toContainText('Still fine')
    for (const words of says) await expect(designer.problems.getByText(words).first()).toBeVisible()

    // What it would change, and that it cannot.
    await page.getByRole('button', { name: 'Deploy v2' }).click()
    const panel = page.getByRole('dialog', { name: 'Deploy' })
    await expect(
      panel.getByRole('list', { name: 'Changes' }).getByText('title changed from "Fine" to "Still fine"'),
    ).toBeVisible()
    await expect(panel.getByRole('button', { name: /errors? (has|have) to be mended first$/ })).toBeDisabled()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByRole('button', { name: 'Try it' }).click()
    await expect(page.getByRole('alert', { name: 'Failure' })).toContainText('The draft cannot run')
  })
}
