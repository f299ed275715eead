import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadActivities } from './load-activities.ts'

let directory: string
beforeAll(async () => {
  // Outside of the project, where no node_modules has its packages.
  directory = await mkdtemp(join(tmpdir(), 'durable-canvas-activities-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, text)
  return path
}

const names = async (path: string) => (await loadActivities([path])).map(({ name }) => name)
const plain = (name: string) => `{ name: '${name}', run: () => null }`

test('TypeScript as it is, with defineActivity, types and modules beside it', async () => {
  await file('typed/shared/rate.ts', 'export const rate: number = 3')
  const path = await file(
    'typed/charge.ts',
    `import { defineActivity } from '@durable-canvas/interpreter'
     import { rate } from './shared/rate.ts'
     enum Kind { Fast }
     interface Charge { readonly amount: number }
     const times = (charge: Charge) => charge.amount * rate
     export const charge = defineActivity({ name: 'charge', title: 'Charge', input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] } },
       async ({ input }) => ({ kind: Kind[Kind.Fast], amount: times(input) }))`,
  )
  const [activity] = await loadActivities([path])
  expect(activity).toMatchObject({ name: 'charge', title: 'Charge' })
  expect(await activity?.run({ input: { amount: 2 } } as never)).toEqual({ kind: 'Fast', amount: 6 })
  expect(await names(join(directory, 'typed'))).toEqual(['charge'])
})

test('a module in a folder of "type": "module" finds defineActivity as well', async () => {
  await file('esm/package.json', '{ "type": "module" }')
  const path = await file(
    'esm/a.ts',
    "import { defineActivity } from '@durable-canvas/interpreter'\nexport const a = defineActivity({ name: 'a' }, () => 1)",
  )
  expect(await names(path)).toEqual(['a'])
})

test('JavaScript in both of its module systems, default exports and lists', async () => {
  expect(await names(await file('js/a.mjs', `export const a = ${plain('a')}\nexport default a`))).toEqual(['a'])
  expect(
    await names(await file('js/b.cjs', `module.exports = { b: ${plain('b')}, list: [${plain('c')}, ${plain('d')}] }`)),
  ).toEqual(['b', 'c', 'd'])
  expect(
    await names(await file('js/e.mts', `export default [${plain('e')}]\nexport const other = { run: 1, name: 2 }`)),
  ).toEqual(['e'])
})

test('of a folder every module counts, but no types, tests or subfolders', async () => {
  await file('many/one.ts', `export const one = ${plain('one')}`)
  await file('many/two.mjs', `export const two = ${plain('two')}`)
  await file('many/two.test.ts', 'throw new Error("not to be loaded")')
  await file('many/types.d.ts', 'export type X = 1')
  await file('many/notes.md', '# notes')
  await file('many/lib/three.ts', `export const three = ${plain('three')}`)
  expect(await names(join(directory, 'many'))).toEqual(['one', 'two'])
})

test.each([
  ['syntax.ts', 'export const = 1', /syntax\.ts could not be loaded: .*1:13/s],
  ['throws.mjs', "throw new Error('no database')", /throws\.mjs could not be loaded: no database/],
  ['missing.mjs', "import './not-there.mjs'", /missing\.mjs could not be loaded: .*not-there/],
  ['none.ts', 'export const answer = 42', /none\.ts exports no activity/],
])('%s is told with its name', async (name, text, message) => {
  await expect(loadActivities([await file(`wrong/${name}`, text)])).rejects.toThrow(message)
})

test('a path that is not there, and a folder without modules', async () => {
  await expect(loadActivities([join(directory, 'nowhere')])).rejects.toThrow(/no file or folder .*nowhere/)
  await mkdir(join(directory, 'empty'))
  await expect(loadActivities([join(directory, 'empty')])).rejects.toThrow(/empty holds no module/)
})

test('a name twice is told with both files', async () => {
  const [one, two] = [
    await file('twice/a.mjs', `export const a = ${plain('same')}`),
    await file('twice/b.mjs', `export const b = ${plain('same')}`),
  ]
  await expect(loadActivities([one, two])).rejects.toThrow(/named same: in .*a\.mjs and in .*b\.mjs/)
})
