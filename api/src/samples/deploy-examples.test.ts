import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine } from '@durable-canvas/interpreter'
import { sqliteStore } from '@durable-canvas/interpreter/sqlite'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { echoing } from '../testing/definitions.ts'
import { deployExamples } from './deploy-examples.ts'
import { createSamples } from './samples.ts'

const log = pino({ level: 'silent' })

test('examples are deployed on the first start and belong to the user from then on', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'durable-canvas-examples-'))
  const store = await sqliteStore({ file: ':memory:' })
  const { activities } = await createSamples(directory)
  const engine = await createEngine({ store, activities })
  await engine.deploy({ ...echoing, name: 'choice', title: "The user's own" })

  await deployExamples(engine, log)
  const order = await store.getDefinition('process-order')
  expect(order?.version).toBe(1)
  expect((await store.getDefinition('choice'))?.title).toBe("The user's own")

  await engine.deploy({ ...JSON.parse(order?.definitionJson ?? ''), title: 'Changed' })
  await deployExamples(engine, log)
  expect((await store.getDefinition('process-order'))?.version).toBe(2)

  const input = {
    id: 'o-1',
    items: [{ sku: 'BOOK-1', quantity: 1 }],
    payment: { amount: 5, card: '4111' },
    customerEmail: 'a@b.c',
  }
  const result = await (await engine.start('process-order', { input })).result()
  expect(result).toMatchObject({ success: true, orderId: 'o-1' })
  await engine.stop()
  await store.close()
  await rm(directory, { recursive: true })
})
