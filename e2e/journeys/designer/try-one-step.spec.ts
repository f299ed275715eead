// One step is tried by itself: with data that is typed in, a made-up result, a made-up error, and the real activity.
import { expect, test } from '../../fixtures/shared-house.ts'
import { DesignerPage } from '../../pages/designer-page.ts'

const definition = {
  dsl: '1',
  name: 'one-step',
  start: 'add',
  input: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } },
  variables: { total: 0 },
  steps: {
    add: {
      type: 'activity',
      title: 'Add up',
      activity: 'Add',
      input: { a: '{% $input.a %}', b: '{% $input.b %}' },
      output: { sum: '{% $result %}' },
      assign: { total: '{% $total + $result %}' },
      catch: [{ errors: ['TooMuch'], next: 'sorry' }],
      next: 'burst',
    },
    burst: {
      type: 'activity',
      activity: 'FailWith',
      input: { type: 'Burst', message: 'It burst' },
      catch: [{ errors: ['Burst'], next: 'sorry' }],
      next: 'done',
    },
    sorry: { type: 'end', output: 'sorry' },
    done: { type: 'end', output: '{% $total %}' },
  },
}

test('a step is tried with given data, answers made up or from the real activity', async ({
  page,
  api,
  complaints,
}) => {
  await api.call('PUT', '/api/drafts/one-step', { definition }, { 'if-none-match': '*' })
  const designer = new DesignerPage(page)
  const { properties } = designer
  const values = (label: string) => properties.getByRole('tree', { name: label, exact: true })
  await designer.open('one-step')
  await designer.select('add')
  await designer.section('Try this step')

  // Its expressions over data that is typed in.
  await properties.getByLabel('Data', { exact: true }).fill('{ "input": { "a": 2, "b": 3 }, "total": 10 }')
  await expect(values('input')).toContainText('a: 2b: 3')

  // A made-up result.
  await properties.getByRole('textbox', { name: 'Result', exact: true }).fill('40')
  await expect(values('output')).toContainText('sum: 40')
  await expect(values('variables')).toContainText('total: 50')
  await properties.getByRole('textbox', { name: 'Result', exact: true }).fill('"forty"')
  await expect(properties.getByText(/^the value: /)).toBeVisible()

  // A made-up error, and who catches it.
  const answer = properties.getByRole('radiogroup', { name: 'What it answers' })
  await answer.getByText('Error', { exact: true }).click()
  await expect(properties.getByText('No catch of the step takes it: its scope would fail.')).toBeVisible()
  await properties.getByLabel('Error type').fill('TooMuch')
  await expect(properties.getByText('A catch takes it, on to sorry.')).toBeVisible()
  await properties.getByRole('button', { name: 'Keep as its answer in Try' }).click()
  const kept = async () =>
    (await api.call<{ layout: { mocks?: unknown } | null }>('GET', '/api/drafts/one-step')).body.layout?.mocks
  await expect.poll(kept).toEqual({ add: { error: { type: 'TooMuch', message: 'a made-up failure' } } })

  // The real activity, with the input that was evaluated.
  await properties.getByRole('button', { name: 'Really call Add' }).click()
  await expect(properties.getByText(/^From the real call, in /)).toBeVisible()
  await expect(properties.getByRole('textbox', { name: 'Result', exact: true })).toHaveValue('5')
  await expect(values('output')).toContainText('sum: 5')

  // With an input that is typed in, and that the activity refuses.
  await properties
    .getByRole('radiogroup', { name: 'Where the input comes from' })
    .getByText('Typed', { exact: true })
    .click()
  await properties.getByLabel('Typed input').fill('{ "a": "two" }')
  await expect(properties.getByText(/^Add would refuse it: /)).toBeVisible()
  complaints.allow(/status of 400/)
  await properties.getByRole('button', { name: 'Really call Add' }).click()
  await expect(properties.getByRole('alert')).toContainText('It was not called:')

  // A real activity that fails.
  await designer.select('burst')
  await designer.section('Try this step')
  await properties.getByRole('button', { name: 'Really call FailWith' }).click()
  await expect(properties.getByText(/^Failed in .*Burst It burst$/)).toBeVisible()
  await expect(properties.getByText('A catch takes it, on to sorry.')).toBeVisible()
})
