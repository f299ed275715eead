// Two tabs edit one draft: nobody's work is written over unasked.
import { expect, test } from '../fixtures/house.ts'
import { DesignerPage } from '../pages/designer-page.ts'

test('who saves second is asked, and nothing is lost', async ({ page, context, api, complaints }) => {
  complaints.allow(/status of 412/)
  const one = new DesignerPage(page)
  await one.open('shared')
  await one.drop('activity:Echo', { x: 380, y: 200 })
  await one.saved()

  const two = new DesignerPage(await context.newPage())
  await two.open('shared')
  await expect(two.card('echo')).toBeVisible()

  await one.select('echo')
  await one.type('/title', 'From one')
  await expect(one.card('echo')).toContainText('From one')
  const draft = async () => {
    const { body } = await api.call<{ definition: { steps: { echo: { title?: string } } } }>(
      'GET',
      '/api/drafts/shared',
    )
    return body.definition.steps.echo.title
  }
  await expect.poll(draft).toBe('From one')

  await two.select('echo')
  await two.type('/title', 'From two')
  const question = two.page.getByRole('dialog', { name: 'This draft was changed elsewhere' })
  await expect(question).toBeVisible()
  expect(await draft()).toBe('From one')
  await question.getByRole('button', { name: 'Take theirs, drop mine' }).click()
  await expect(two.card('echo')).toContainText('From one')

  await two.select('echo')
  await two.type('/title', 'From two again')
  await two.saved()
  await expect.poll(draft).toBe('From two again')

  await one.select('echo')
  await one.type('/title', 'From one at last')
  const other = one.page.getByRole('dialog', { name: 'This draft was changed elsewhere' })
  await other.getByRole('button', { name: 'Keep mine, write over theirs' }).click()
  await expect(other).toBeHidden()
  await one.saved()
  await expect.poll(draft).toBe('From one at last')
})
