// Several engines on one MongoDB: messages find the owner, a dead owner's instances are taken over, a late owner loses.
import { randomUUID } from 'node:crypto'
import type { Definition, Json } from '@durable-canvas/schema'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mongoStore } from '../stores/mongo/index.ts'
import type { WorkflowStore } from '../stores/store.ts'
import { describeMongo, mongoForTests } from '../testing/mongo-for-tests.ts'
import { defineActivity } from './activities/define-activity.ts'
import { until } from './engine.contract.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-types.ts'

const leaseMs = 1_000

const gated: Definition = {
  dsl: '1',
  name: 'gated',
  start: 'before',
  steps: {
    before: { type: 'activity', activity: 'Note', input: 'before', next: 'gate' },
    gate: { type: 'activity', activity: 'Gate', next: 'wait' },
    wait: { type: 'waitForEvent', event: 'go', next: 'after' },
    after: { type: 'activity', activity: 'Note', input: '{% $steps.wait.output %}' },
  },
}

describeMongo('several engines on one MongoDB', await mongoForTests('replica set'), (uri) => {
  let database: string
  const open: { readonly engine: Engine; readonly store: WorkflowStore }[] = []
  const notes: string[] = []
  const gates: ((result: Json) => void)[] = []

  /** Its lease is not renewed and it claims nothing while it sleeps; what it has in memory it still believes in. */
  const asleep = (store: WorkflowStore): WorkflowStore =>
    new Proxy(store, {
      get(target, name) {
        if (name === 'renewLease') return async () => true
        if (name === 'claimDue') return async () => []
        const member: unknown = Reflect.get(target, name)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })

  const start = async (engineId: string, wrap = (store: WorkflowStore) => store) => {
    const store = wrap(await mongoStore({ uri, database }))
    const note = defineActivity({ name: 'Note' }, ({ input }) => {
      notes.push(`${engineId}: ${input}`)
      return input
    })
    const gate = defineActivity({ name: 'Gate' }, () => new Promise<Json>((resolve) => gates.push(resolve)))
    const engine = await createEngine({ store, activities: [note, gate], leaseMs, engineId })
    open.push({ engine, store })
    return { engine, store }
  }

  beforeEach(() => {
    database = `engines-${randomUUID()}`
    notes.length = 0
    gates.length = 0
  })
  afterEach(async () => {
    for (const { engine, store } of open.splice(0)) {
      await engine.stop().catch(() => undefined)
      await store.close().catch(() => undefined)
    }
    const client = new MongoClient(uri)
    await client.db(database).dropDatabase()
    await client.close()
  })

  it('an event and an operation given to one engine reach the instance that another holds', async () => {
    const a = await start('a')
    const b = await start('b')
    await a.engine.deploy(gated)
    const instance = await a.engine.start('gated', { instanceId: 'i' })
    await until('the gate is reached', () => gates.length === 1)
    await b.engine.raiseEvent('i', 'go', 'from b', { messageId: 'm' })
    await b.engine.raiseEvent('i', 'go', 'from b', { messageId: 'm' })
    await b.engine.suspend('i', { by: 'b' })
    await until('a has suspended it', async () => (await a.engine.get('i'))?.status === 'Suspended')
    await until('b sees it', async () => (await b.engine.get('i'))?.status === 'Suspended')
    await b.engine.resume('i')
    await until('a has resumed it', async () => (await a.engine.get('i'))?.status === 'Running')
    gates[0]?.(null)
    expect(await instance.result()).toBe('from b')
    expect(await (await b.engine.instance('i')).result()).toBe('from b')
    expect(notes).toEqual(['a: before', 'a: from b'])
    const raised = (await b.engine.readHistory('i')).filter(({ type }) => type === 'EventRaised')
    expect(raised).toHaveLength(1)
  })

  it('an event for an instance that another engine has just ended is refused, not accepted and dropped', async () => {
    const a = await start('a')
    const b = await start('b')
    await a.engine.deploy(gated)
    for (const id of ['i-1', 'i-2', 'i-3']) {
      const instance = await a.engine.start('gated', { instanceId: id })
      await until('the gate is reached', () => gates.length === 1)
      gates.pop()?.(null)
      await a.engine.raiseEvent(id, 'go')
      await instance.result()
      await expect(b.engine.raiseEvent(id, 'go')).rejects.toMatchObject({ code: 'InstanceFinished' })
    }
  })

  it('what a dead engine held is taken over within its lease; nothing done is done again', async () => {
    const a = await start('a')
    const b = await start('b')
    await a.engine.deploy(gated)
    await a.engine.start('gated', { instanceId: 'i' })
    await until('the gate is reached', () => gates.length === 1)
    await a.store.close()
    await until('the gate is reached again', () => gates.length === 2, 4 * leaseMs)
    gates[1]?.(null)
    await b.engine.raiseEvent('i', 'go', 'taken over')
    expect(await (await b.engine.instance('i')).result()).toBe('taken over')
    expect(notes).toEqual(['a: before', 'b: taken over'])
  })

  it('an engine that slept past its lease and wakes up late changes nothing', async () => {
    const a = await start('a', asleep)
    await a.engine.deploy(gated)
    await a.engine.start('gated', { instanceId: 'i' })
    await until('the gate is reached', () => gates.length === 1)
    const b = await start('b')
    await until('b has reached the gate', () => gates.length === 2, 4 * leaseMs)
    gates[1]?.('b')
    await until('b waits', async () => (await b.engine.get('i'))?.waitingFor[0]?.kind === 'event')
    gates[0]?.('a')
    await b.engine.raiseEvent('i', 'go', 'well')
    expect(await (await b.engine.instance('i')).result()).toBe('well')
    const events = await b.engine.readHistory('i')
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.filter((event) => event.type === 'TaskCompleted' && event.step === 'gate')).toMatchObject([
      { result: 'b' },
    ])
  })

  it('two engines that start one id at the same time make one instance', async () => {
    const a = await start('a')
    const b = await start('b')
    await a.engine.deploy(gated)
    await b.engine.deploy(gated)
    const starts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? a : b).engine.start('gated', { instanceId: `i-${n >> 1}` })),
    )
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    for (const outcome of starts)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'InstanceExists' })
  })
})
