// Two tabs edit one draft: nobody's work is written over unasked.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

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
    const { body } = await api.call<{ definition?: { steps: { echo: { title?: string } } } }>(
      'GET',
      '/api/drafts/shared',
    )
    return body.definition?.steps.echo.title
  }
  await expect.poll(draft).toBe('From one')

  await two.select('echo')
  await two.type('/title', 'From two')
  const question = two.page.getByRole('dialog', { name: 'This draft was changed elsewhere' })
  await expect(question).toBeVisible()
  expect(await draft()).toBe('From one')
  await question.getByRole('button', { name: 'Take theirs, drop mine' }).click()
  await expect(two.card('echo')).toContainText('From one')
  await two.undo.click()
  await expect(two.card('echo')).toContainText('From two')
  await two.redo.click()
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

  // Nor is anything lost where somebody deletes it meanwhile.
  complaints.allow(/status of 404/)
  await api.call('DELETE', '/api/drafts/shared')
  await one.type('/title', 'From one, still here')
  await expect(other).toContainText('Another tab or person deleted it.')
  await other.getByRole('button', { name: 'Save mine again' }).click()
  await expect(other).toBeHidden()
  await expect.poll(draft).toBe('From one, still here')
})

test('two who changed one draft merge it step by step', async ({ page, context, api, complaints }) => {
  complaints.allow(/status of 412/)
  const echo = { type: 'activity', activity: 'Echo', input: 1 }
  const definition = {
    dsl: '1',
    name: 'merged',
    start: 'a',
    steps: { a: { ...echo, title: 'A', next: 'b' }, b: { ...echo, title: 'B', next: 'c' }, c: { ...echo, title: 'C' } },
  }
  await api.call('PUT', '/api/drafts/merged', { definition }, { 'if-none-match': '*' })
  const one = new DesignerPage(page)
  await one.open('merged')
  const two = new DesignerPage(await context.newPage())
  await two.open('merged')
  await expect(two.card('a')).toBeVisible()

  const titles = async () => {
    const { body } = await api.call<{ definition: { steps: Record<string, { title: string }> } }>(
      'GET',
      '/api/drafts/merged',
    )
    return Object.fromEntries(Object.entries(body.definition.steps).map(([id, { title }]) => [id, title]))
  }
  await one.select('a')
  await one.type('/title', 'A by one')
  await one.select('b')
  await one.type('/title', 'B by one')
  await expect.poll(titles).toEqual({ a: 'A by one', b: 'B by one', c: 'C' })

  // The first change asks; what is changed by both is decided step by step.
  await two.select('a')
  await two.type('/title', 'A by two')
  const question = two.page.getByRole('dialog', { name: 'This draft was changed elsewhere' })
  const changes = question.getByRole('list', { name: 'Changes' })
  await expect(changes.first().getByRole('listitem')).toHaveText([
    /a: title changed from "A" to "A by one"$/,
    /b: title changed from "B" to "B by one"$/,
  ])
  await expect(changes.last().getByRole('listitem')).toHaveText([/a: title changed from "A" to "A by two"$/])
  const whose = question.getByRole('radiogroup', { name: /^Whose / })
  await expect(whose).toHaveCount(1)
  await whose.getByText('Theirs').click()
  await question.getByRole('button', { name: 'Merge both' }).click()
  await expect(question).toBeHidden()
  await expect(two.card('a')).toContainText('A by one')
  await expect(two.card('b')).toContainText('B by one')
  await two.saved()

  // What was mine is one undo away, and goes on from theirs.
  await two.undo.click()
  await expect(two.card('a')).toContainText('A by two')
  await two.redo.click()
  await two.select('c')
  await two.type('/title', 'C by two')
  await expect.poll(titles).toEqual({ a: 'A by one', b: 'B by one', c: 'C by two' })
})
