// What the engine promises, told once and run on every store.
import type { Definition, HistoryEvent, Json, Step } from '@durable-canvas/schema'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileProgram, type Program, replay, replayProgram } from '../core/index.ts'
import type { WorkflowStore } from '../stores/store.ts'
import { defineActivity } from './activities/define-activity.ts'
import { createEngine } from './engine.ts'
import type { Activity, Engine, EngineOptions } from './engine-types.ts'

/** A place for data, opened as often as a test asks; `dispose` removes it. */
export interface World {
  open(): Promise<WorkflowStore>
  dispose(): Promise<void>
}

type Steps = Definition['steps']

const definition = (name: string, steps: Steps, more: Partial<Definition> = {}): Definition => ({
  dsl: '1',
  name,
  start: Object.keys(steps)[0] ?? '',
  steps,
  ...more,
})

export const until = async (what: string, test: () => Promise<boolean> | boolean, ms = 10_000): Promise<void> => {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await test()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`waited in vain until ${what}`)
}

const types = (events: readonly HistoryEvent[]): string[] => events.map((event) => event.type)

class PaymentDeclined extends Error {
  override readonly name = 'PaymentDeclined'
  readonly nonRetryable = true
  readonly details = { reason: 'no money' }
}

export function describeEngine(name: string, makeWorld: () => Promise<World>): void {
  describe(`the engine on ${name}`, () => {
    let world: World
    let store: WorkflowStore
    let engine: Engine
    const calls: { name: string; key: string; attempt: number }[] = []
    const gates = new Map<string, (result: Json) => void>()

    const noted = (name: string, run: Activity['run']): Activity =>
      defineActivity({ name }, (context) => {
        calls.push({ name, key: context.idempotencyKey, attempt: context.attempt })
        return run(context as never)
      })

    const activities: readonly Activity[] = [
      noted('Echo', ({ input }: { input: Json }) => input),
      noted('Flaky', ({ attempt }: { attempt: number }) => {
        if (attempt < 3) throw new Error(`attempt ${attempt}`)
        return attempt
      }),
      noted('Decline', () => {
        throw new PaymentDeclined('declined')
      }),
      noted(
        'Gate',
        ({ instanceId }: { instanceId: string }) => new Promise((resolve) => gates.set(instanceId, resolve)),
      ),
      noted(
        'Hang',
        ({ signal }: { signal: AbortSignal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ),
      noted('Cycle', () => {
        const cycle: { self?: unknown } = {}
        cycle.self = cycle
        return cycle
      }),
      noted('Huge', () => 'x'.repeat(10_000_000)),
      defineActivity(
        {
          name: 'Strict',
          input: { type: 'object', required: ['n'], properties: { n: { type: 'number' } } },
          output: { type: 'number' },
        },
        ({ input }) => ((input.n as number) < 0 ? ('minus' as never) : (input.n as number)),
      ),
    ]

    const open = async (options: Partial<EngineOptions> = {}) => {
      store = await world.open()
      engine = await createEngine({ store, activities, leaseMs: 1_500, ...options })
    }
    /** The process is gone: nothing is finished, nothing given back. */
    const crash = async () => {
      const silent = store
      await silent.close()
    }

    beforeEach(async () => {
      calls.length = 0
      gates.clear()
      world = await makeWorld()
      await open()
    })
    afterEach(async () => {
      await engine.stop().catch(() => undefined)
      await store.close().catch(() => undefined)
      await world.dispose()
    })

    const run = async (steps: Steps, input: Json = null, more: Partial<Definition> = {}): Promise<Json> => {
      const { name } = await engine.deploy(definition('under-test', steps, more))
      return (await engine.start(name, { instanceId: 'i-1', input })).result()
    }
    const history = () => engine.readHistory('i-1')

    it('runs steps in order and answers with the output of the last', async () => {
      const output = await run(
        {
          first: { type: 'activity', activity: 'Echo', input: '{% $input.n + 1 %}', next: 'second' },
          second: {
            type: 'activity',
            activity: 'Echo',
            input: '{% $steps.first.output * 10 %}',
            output: '{% { "is": $result } %}',
          },
        },
        { n: 4 },
      )
      expect(output).toEqual({ is: 50 })
      const events = await history()
      expect(types(events)).toEqual([
        'ExecutionStarted',
        'TaskScheduled',
        'TaskCompleted',
        'TaskScheduled',
        'TaskCompleted',
        'ExecutionCompleted',
      ])
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
      await until(
        'the row is there',
        async () => (await engine.list({}, { limit: 10 })).items[0]?.status === 'Completed',
      )
      expect(await engine.get('i-1')).toMatchObject({
        status: 'Completed',
        output: { is: 50 },
        input: { n: 4 },
        waitingFor: [],
      })
    })

    it('gives a history that its definition decides again, event by event', async () => {
      const steps: Steps = {
        flaky: {
          type: 'activity',
          activity: 'Flaky',
          retry: { maxNumberOfAttempts: 5, firstRetryInterval: 'PT0.05S', jitter: 'full' },
        },
      }
      expect(await run(steps)).toBe(3)
      expect(replay(definition('under-test', steps), await history()).deviation).toBeNull()
    })

    it('tries again after the interval, with the same idempotency key, and never early', async () => {
      await run({
        flaky: {
          type: 'activity',
          activity: 'Flaky',
          retry: { maxNumberOfAttempts: 3, firstRetryInterval: 'PT0.1S', backoffCoefficient: 2 },
        },
      })
      expect(new Set(calls.map(({ key }) => key)).size).toBe(1)
      expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
      const events = await history()
      const created = events.filter((event) => event.type === 'TimerCreated')
      const fired = events.filter((event) => event.type === 'TimerFired')
      expect(created.map(({ at, dueAt }) => Date.parse(dueAt) - Date.parse(at))).toEqual([100, 200])
      for (const [index, { at }] of fired.entries())
        expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(created[index]?.dueAt ?? ''))
    })

    it('does not repeat what is not retryable, and fails with the error type, the step and the details', async () => {
      await expect(
        run({ pay: { type: 'activity', activity: 'Decline', retry: { maxNumberOfAttempts: 5 } } }),
      ).rejects.toMatchObject({
        name: 'InstanceFailed',
        failure: {
          type: 'PaymentDeclined',
          message: 'declined',
          step: 'pay',
          attempt: 1,
          details: { reason: 'no money' },
        },
      })
      expect(calls).toHaveLength(1)
    })

    it.each([
      ['Cycle', 'InvalidOutput', /no JSON/],
      ['Huge', 'InvalidOutput', /limit/],
      ['Nobody', 'ActivityNotFound', /Nobody/],
      ['Strict', 'InvalidInput', /object/],
    ])('turns what %s does into a failure %s', async (activity, type, message) => {
      await expect(run({ it: { type: 'activity', activity } })).rejects.toMatchObject({
        failure: { type, message: expect.stringMatching(message), step: 'it' },
      })
      await until('the row is there', async () => (await engine.list({}, { limit: 10 })).items[0]?.status === 'Failed')
    })

    it('checks an output against its schema', async () => {
      await expect(run({ it: { type: 'activity', activity: 'Strict', input: { n: -1 } } })).rejects.toMatchObject({
        failure: { type: 'InvalidOutput' },
      })
    })

    it('ends an attempt that takes too long, and aborts it', async () => {
      await expect(run({ it: { type: 'activity', activity: 'Hang', timeout: 'PT0.1S' } })).rejects.toMatchObject({
        failure: { type: 'Timeout' },
      })
      await until('the slot is free', () => engine.metrics().activitiesRunning === 0)
    })

    it('ends an attempt whose heart stops', async () => {
      await expect(
        run({ it: { type: 'activity', activity: 'Hang', heartbeatTimeout: 'PT0.1S' } }),
      ).rejects.toMatchObject({
        failure: { type: 'HeartbeatTimeout' },
      })
    })

    it('takes an event that came early, and each message id once', async () => {
      await engine.deploy(
        definition('under-test', {
          gate: { type: 'activity', activity: 'Gate', next: 'first' },
          first: { type: 'waitForEvent', event: 'go', next: 'second' },
          second: { type: 'waitForEvent', event: 'go', output: '{% [$steps.first.output, $result] %}' },
        }),
      )
      const instance = await engine.start('under-test', { instanceId: 'i-1' })
      await engine.raiseEvent('i-1', 'go', 1, { messageId: 'm-1' })
      await engine.raiseEvent('i-1', 'go', 1, { messageId: 'm-1' })
      await until('the gate is open', () => gates.has('i-1'))
      gates.get('i-1')?.(null)
      await until('it waits', async () => (await engine.get('i-1'))?.waitingFor[0]?.step === 'second')
      await engine.raiseEvent('i-1', 'go', 2)
      expect(await instance.result()).toEqual([1, 2])
      await expect(engine.raiseEvent('i-1', 'go')).rejects.toMatchObject({ code: 'InstanceFinished' })
      await expect(engine.raiseEvent('nobody', 'go')).rejects.toMatchObject({ code: 'UnknownInstance' })
    })

    it('refuses an input against the schema before there is an instance', async () => {
      await engine.deploy(
        definition('under-test', { end: { type: 'end' } }, { input: { type: 'object', required: ['a'] } }),
      )
      await expect(engine.start('under-test', { instanceId: 'i-1', input: {} })).rejects.toMatchObject({
        code: 'InvalidInput',
        problems: [{ path: '' }],
      })
      expect(await engine.get('i-1')).toBeNull()
    })

    it('gives an id once, the same instance if asked to, and a new execution of a finished one', async () => {
      await engine.deploy(definition('under-test', { wait: { type: 'waitForEvent', event: 'go' } }))
      const starts = await Promise.allSettled(
        Array.from({ length: 10 }, () => engine.start('under-test', { instanceId: 'i-1' })),
      )
      expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect((await engine.start('under-test', { instanceId: 'i-1', ifExists: 'return' })).created).toBe(false)
      await expect(
        engine.start('under-test', { instanceId: 'i-1', ifExists: 'replaceFinished' }),
      ).rejects.toMatchObject({ code: 'InstanceExists', status: 'Running' })
      const { executionId } = (await engine.get('i-1')) ?? {}
      await engine.terminate('i-1')
      const again = await engine.start('under-test', { instanceId: 'i-1', ifExists: 'replaceFinished' })
      expect((await engine.get('i-1'))?.executionId).not.toBe(executionId)
      expect(types(await history())[0]).toBe('ExecutionStarted')
      await engine.raiseEvent('i-1', 'go', 'well')
      expect(await again.result()).toBe('well')
    })

    it('keeps what arrives while suspended, and applies it on resume', async () => {
      await engine.deploy(
        definition('under-test', {
          gate: { type: 'activity', activity: 'Gate', next: 'nap' },
          nap: { type: 'timer', delay: 'PT0.05S', next: 'wait' },
          wait: { type: 'waitForEvent', event: 'go' },
        }),
      )
      const instance = await engine.start('under-test', { instanceId: 'i-1' })
      await until('the gate is open', () => gates.has('i-1'))
      await engine.suspend('i-1', { reason: 'lunch', by: 'ann' })
      await expect(engine.suspend('i-1')).rejects.toMatchObject({ code: 'StatusForbids', status: 'Suspended' })
      gates.get('i-1')?.('done')
      await engine.raiseEvent('i-1', 'go', 'kept')
      await new Promise((resolve) => setTimeout(resolve, 150))
      expect((await engine.get('i-1'))?.status).toBe('Suspended')
      await engine.resume('i-1')
      expect(await instance.result()).toBe('kept')
      expect(await history()).toContainEqual(
        expect.objectContaining({ type: 'ExecutionSuspended', reason: 'lunch', by: 'ann' }),
      )
    })

    it('terminates with a reason, aborts what runs, and takes its children along', async () => {
      await engine.deploy(definition('child', { hang: { type: 'activity', activity: 'Hang' } }))
      await engine.deploy(
        definition('under-test', { child: { type: 'subOrchestration', definition: 'child', instanceId: 'c-1' } }),
      )
      const instance = await engine.start('under-test', { instanceId: 'i-1' })
      await until('the child runs', () => calls.length === 1)
      await engine.terminate('i-1', { reason: 'enough', by: 'ann' })
      await expect(instance.result()).rejects.toMatchObject({ status: 'Terminated', failure: { message: 'enough' } })
      await until('the child is terminated', async () => (await engine.get('c-1'))?.status === 'Terminated')
      await until('the attempt has ended', () => engine.metrics().activitiesRunning === 0)
    })

    it('waits for a child and takes its output, or its failure', async () => {
      await engine.deploy(definition('child', { pay: { type: 'activity', activity: 'Echo', input: '{% $input %}' } }))
      await engine.deploy(definition('bad-child', { pay: { type: 'activity', activity: 'Decline' } }))
      const output = await run({
        good: { type: 'subOrchestration', definition: 'child', input: { a: 1 }, next: 'bad' },
        bad: {
          type: 'subOrchestration',
          definition: 'bad-child',
          catch: [{ errors: ['SubOrchestrationFailed'], next: 'none' }],
        },
        none: {
          type: 'subOrchestration',
          definition: 'no-such',
          catch: [{ errors: ['SubOrchestrationFailed'], next: 'end' }],
        },
        end: { type: 'end', output: '{% [$steps.good.output, $error.message] %}' },
      })
      expect(output).toEqual([{ a: 1 }, expect.stringMatching(/no-such/)])
      expect((await engine.list({ parentId: 'i-1' }, { limit: 10 })).items.length).toBeGreaterThanOrEqual(1)
    })

    it('goes on as new with an empty history and loses no event', async () => {
      await engine.deploy(
        definition('under-test', {
          wait: { type: 'waitForEvent', event: 'add', next: 'more' },
          more: { type: 'choice', choices: [{ when: '{% $input.left > 1 %}', next: 'again' }], otherwise: 'end' },
          again: {
            type: 'continueAsNew',
            input: '{% { "left": $input.left - 1, "sum": $input.sum + $steps.wait.output } %}',
          },
          end: { type: 'end', output: '{% $input.sum + $steps.wait.output %}' },
        }),
      )
      const instance = await engine.start('under-test', { instanceId: 'i-1', input: { left: 100, sum: 0 } })
      await Promise.all(
        Array.from({ length: 100 }, (_, n) => engine.raiseEvent('i-1', 'add', n, { messageId: `m-${n}` })),
      )
      expect(await instance.result()).toBe(4_950)
      const events = await history()
      expect(events[0]).toMatchObject({ seq: 1, type: 'ExecutionStarted' })
      expect(events.filter(({ type }) => type === 'ExecutionStarted')).toHaveLength(1)
    })

    it('rewinds a failed instance to its failed step and keeps what was done', async () => {
      let isBroken = true
      const repaired = defineActivity({ name: 'Repaired' }, () => {
        if (isBroken) throw new Error('broken')
        return 'whole'
      })
      await engine.stop()
      await store.close()
      await open({ activities: [...activities, repaired] })
      const steps: Steps = {
        both: {
          type: 'parallel',
          branches: {
            done: { start: 'a', steps: { a: { type: 'activity', activity: 'Echo', input: 1 } } },
            fails: { start: 'b', steps: { b: { type: 'activity', activity: 'Repaired' } } },
          },
        },
      }
      await expect(run(steps)).rejects.toMatchObject({ failure: { message: 'broken', step: 'both[fails]/b' } })
      isBroken = false
      await engine.rewind('i-1', { by: 'ann' })
      expect(await (await engine.instance('i-1')).result()).toEqual({ done: 1, fails: 'whole' })
      expect(calls.filter(({ name }) => name === 'Echo')).toHaveLength(1)
      expect(replay(definition('under-test', steps), await history()).deviation).toBeNull()
    })

    it('keeps an event that came too late for a failed instance until that is rewound, or replaced', async () => {
      let isBroken = true
      const repaired = defineActivity({ name: 'Repaired' }, () => {
        if (isBroken) throw new Error('broken')
        return null
      })
      await engine.stop()
      await store.close()
      await open({ activities: [...activities, repaired] })
      await engine.deploy(
        definition('under-test', {
          work: { type: 'activity', activity: 'Repaired', next: 'wait' },
          wait: { type: 'waitForEvent', event: 'go' },
        }),
      )
      for (const instanceId of ['i-1', 'i-2']) {
        await expect((await engine.start('under-test', { instanceId })).result()).rejects.toThrow('broken')
        const payloadJson = JSON.stringify({ name: 'go', data: 'late' })
        await store.putMessage({ id: `m-${instanceId}`, instanceId, kind: 'event', payloadJson, at: Date.now() })
      }
      isBroken = false
      await engine.rewind('i-1')
      expect(await (await engine.instance('i-1')).result()).toBe('late')
      const replaced = await engine.restart('i-2')
      expect(await store.readMessages('i-2')).toEqual([])
      await engine.raiseEvent('i-2', 'go', 'its own')
      expect(await replaced.result()).toBe('its own')
    })

    it('restarts and purges what is finished only', async () => {
      const echoes: Steps = { echo: { type: 'activity', activity: 'Echo', input: '{% $input %}' } }
      await run(echoes, 'first')
      expect(await (await engine.restart('i-1', { newInstanceId: 'i-2' })).result()).toBe('first')
      expect((await engine.readHistory('i-2'))[0]).toMatchObject({ restartOf: 'i-1' })
      const again = { input: 'second', by: 'ann', reason: 'the first was wrong' }
      expect(await (await engine.restart('i-1', again)).result()).toBe('second')
      const { by, reason } = again
      expect((await history())[0]).toMatchObject({ restartOf: 'i-1', by, reason, input: 'second' })
      expect(replay(definition('under-test', echoes), await history()).deviation).toBeNull()
      await engine.deploy(definition('waits', { wait: { type: 'waitForEvent', event: 'go' } }))
      await engine.start('waits', { instanceId: 'w-1' })
      await expect(engine.purge('w-1')).rejects.toMatchObject({ code: 'StatusForbids' })
      const told: string[] = []
      const stop = engine.onPurged((purged) =>
        told.push(...purged.map(({ instanceId, definition }) => `${instanceId} of ${definition}`)),
      )
      await engine.purge('i-1')
      expect(await engine.get('i-1')).toBeNull()
      await expect(engine.purge('i-1')).rejects.toMatchObject({ code: 'UnknownInstance' })
      expect(await engine.purgeMany({})).toBe(1)
      stop()
      expect(told).toEqual(['i-1 of under-test', 'i-2 of under-test'])
      expect((await engine.get('w-1'))?.status).toBe('Running')
    })

    it('tells of those alone that are gone', async () => {
      const { name } = await engine.deploy(definition('brief', { echo: { type: 'activity', activity: 'Echo' } }))
      for (const instanceId of ['b-1', 'b-2']) await (await engine.start(name, { instanceId })).result()
      const purge = store.purge.bind(store)
      // As if the other one had been begun anew since it was looked up.
      store.purge = (ids) => purge(ids.filter((id) => id !== 'b-2'))
      const told: string[] = []
      engine.onPurged((purged) => told.push(...purged.map(({ instanceId }) => instanceId)))
      expect(await engine.purgeMany({ definition: 'brief' })).toBe(1)
      expect(told).toEqual(['b-1'])
    })

    it('goes on under another version: waiting, suspended, or failed before it is rewound', async () => {
      const wait: Step = { type: 'waitForEvent', event: 'go', next: 'after' }
      const first = definition('changing', { wait, after: { type: 'activity', activity: 'Decline' } })
      const second = definition('changing', { wait, after: { type: 'activity', activity: 'Echo', input: 'repaired' } })
      await engine.deploy(first)
      for (const instanceId of ['i-1', 'i-2', 'i-3']) await engine.start('changing', { instanceId })
      await engine.raiseEvent('i-3', 'go')
      await expect((await engine.instance('i-3')).result()).rejects.toMatchObject({ failure: { message: 'declined' } })
      await engine.suspend('i-2')
      await engine.deploy(second)
      await engine.migrate('i-1', { by: 'ann', reason: 'repaired' })
      await engine.migrate('i-2', { version: 2 })
      await engine.migrate('i-2', { version: 2 })
      await engine.migrate('i-3')
      expect((await engine.get('i-1'))?.version).toBe(2)
      await engine.resume('i-2')
      await engine.rewind('i-3')
      await crash()
      await open()
      for (const instanceId of ['i-1', 'i-2']) await engine.raiseEvent(instanceId, 'go')
      for (const instanceId of ['i-1', 'i-2', 'i-3'])
        expect(await (await engine.instance(instanceId)).result()).toBe('repaired')
      const events = await history()
      expect(events.filter(({ type }) => type === 'ExecutionMigrated')).toMatchObject([
        { version: 2, by: 'ann', reason: 'repaired' },
      ])
      const version = (document: Definition, number: number) => compileProgram(document, { version: number })
      const hashes = events.map((event) => ({ ...event, hash: undefined }))
      const plain = JSON.parse(JSON.stringify(hashes)) as HistoryEvent[]
      const replayed = (programOf?: () => Program) => replayProgram(version(first, 1), plain, programOf).deviation
      expect(replayed(() => version(second, 2))).toBeNull()
      expect(replayed()?.recorded).toMatchObject({ type: 'TaskScheduled', activity: 'Echo' })
    })

    it('does not go on under a version in which what is open has no place', async () => {
      const wait: Step = { type: 'waitForEvent', event: 'go' }
      await engine.deploy(definition('changing', { wait }))
      await engine.start('changing', { instanceId: 'i-1' })
      await engine.deploy(definition('changing', { wait: { type: 'timer', delay: 'PT1H' } }))
      await engine.deploy(definition('changing', { other: wait }))
      const refused = (version: number) => expect(engine.migrate('i-1', { version })).rejects
      await refused(2).toMatchObject({
        code: 'VersionMisfit',
        message: expect.stringContaining('wait is open, and it is of type timer there'),
      })
      await refused(3).toMatchObject({
        code: 'VersionMisfit',
        message: expect.stringContaining('wait is open, and no step of that name is there'),
      })
      await refused(4).toMatchObject({ code: 'UnknownDefinition' })
      await engine.raiseEvent('i-1', 'go', 'as before')
      expect(await (await engine.instance('i-1')).result()).toBe('as before')
      await refused(3).toMatchObject({ code: 'StatusForbids' })
    })

    it('stops what was begun under an older meaning of the language and would be decided otherwise now', async () => {
      await engine.deploy(
        definition('under-test', {
          count: { type: 'assign', variables: { n: '{% 1 %}' }, next: 'wait' },
          wait: { type: 'waitForEvent', event: 'go', output: '{% $n %}' },
        }),
      )
      await engine.start('under-test', { instanceId: 'i-1' })
      await engine.stop()
      const row = await store.getInstance('i-1')
      const older = async (instanceId: string, change: (text: string) => string) => {
        for (const turn of await store.readTurns('i-1')) {
          const eventsJson = change(
            turn.eventsJson.replaceAll('i-1', instanceId).replace('"semantics":1', '"semantics":0'),
          )
          await store.commit({
            turn: { ...turn, instanceId, eventsJson },
            ...(row ? { row: { ...row, instanceId } } : {}),
          })
        }
      }
      await older('same', (text) => text)
      await older('other', (text) => text.replaceAll('"n":1', '"n":2'))
      await store.close()
      await open()
      for (const instanceId of ['same', 'other']) await engine.raiseEvent(instanceId, 'go')
      expect(await (await engine.instance('same')).result()).toBe(1)
      await until('it is stopped', async () => (await engine.get('other'))?.status === 'Suspended')
      const stopped = (await engine.readHistory('other')).find(({ type }) => type === 'ExecutionSuspended')
      expect(stopped).toMatchObject({
        by: 'durable-canvas',
        reason: expect.stringMatching(/since semantics 0: event \d+ is .*another event/),
      })
      await crash()
      await open()
      await engine.resume('other', { by: 'ann' })
      expect(await (await engine.instance('other')).result()).toBe(2)
    })

    it('starts later when asked to, and shows it as pending until then', async () => {
      await engine.deploy(definition('under-test', { echo: { type: 'activity', activity: 'Echo', input: 1 } }))
      const instance = await engine.start('under-test', {
        instanceId: 'i-1',
        startAt: new Date(Date.now() + 200).toISOString(),
      })
      expect((await engine.get('i-1'))?.status).toBe('Pending')
      expect(await instance.result()).toBe(1)
    })

    it('sends an event to another instance once, by id and by correlation key', async () => {
      await engine.deploy(
        definition('waits', {
          wait: { type: 'waitForEvent', event: 'go', correlationKey: '{% $input.key %}', next: 'second' },
          second: { type: 'waitForEvent', event: 'go', output: '{% [$steps.wait.output, $result] %}' },
        }),
      )
      await engine.deploy(
        definition('sends', {
          byKey: { type: 'raiseEvent', correlationKey: 'k-1', event: 'go', data: 'by key', next: 'byId' },
          byId: { type: 'raiseEvent', instanceId: 'w-1', event: 'go', data: 'by id' },
        }),
      )
      const waits = await engine.start('waits', { instanceId: 'w-1', input: { key: 'k-1' } })
      await until('it waits', async () => (await store.findByCorrelationKey('k-1')).length === 1)
      await (await engine.start('sends')).result()
      expect([...((await waits.result()) as string[])].sort()).toEqual(['by id', 'by key'])
    })

    it('gives an event to who comes to wait under its key later', async () => {
      await engine.deploy(definition('waits', { wait: { type: 'waitForEvent', event: 'go', correlationKey: 'k-2' } }))
      await engine.deploy(
        definition('sends', { byKey: { type: 'raiseEvent', correlationKey: 'k-2', event: 'go', data: 7 } }),
      )
      await (await engine.start('sends')).result()
      expect(await (await engine.start('waits')).result()).toBe(7)
    })

    it('reads past events that nobody waits for', async () => {
      await engine.deploy(definition('under-test', { wait: { type: 'waitForEvent', event: 'go' } }))
      await engine.start('under-test', { instanceId: 'i-1' })
      await until('it waits', async () => (await engine.get('i-1'))?.waitingFor[0]?.kind === 'event')
      await engine.stop()
      await store.close()
      store = await world.open()
      const event = { kind: 'event', at: Date.now() } as const
      const payloadJson = JSON.stringify({ name: 'go', data: 'heard' })
      const unheard = Array.from({ length: 501 }, (_, n) => ({
        ...event,
        id: `m-${n}`,
        instanceId: `key:${n}`,
        payloadJson,
      }))
      await Promise.all(unheard.map((message) => store.putMessage(message)))
      await store.putMessage({ ...event, id: 'last', instanceId: 'i-1', payloadJson })
      await store.close()
      await open()
      expect(await (await engine.instance('i-1')).result()).toBe('heard')
    })

    it('goes on after a crash: what was recorded is not run again, what was open is, with the same key', async () => {
      await engine.deploy(
        definition('under-test', {
          pay: { type: 'activity', activity: 'Echo', input: 'paid', next: 'gate' },
          gate: { type: 'activity', activity: 'Gate', next: 'nap' },
          nap: { type: 'timer', delay: 'PT0.1S', next: 'last' },
          last: { type: 'activity', activity: 'Echo', input: '{% $steps.pay.output & " once" %}' },
        }),
      )
      await engine.start('under-test', { instanceId: 'i-1' })
      await until('the gate is open', () => gates.has('i-1'))
      await crash()
      gates.clear()
      await open()
      await until('the gate is open again', () => gates.has('i-1'))
      gates.get('i-1')?.(null)
      expect(await (await engine.instance('i-1')).result()).toBe('paid once')
      expect(calls.filter(({ name }) => name === 'Echo')).toHaveLength(2)
      const [before, after] = calls.filter(({ name }) => name === 'Gate')
      expect(after?.key).toBe(before?.key)
    })

    it('takes a long history up again from its snapshot', async () => {
      await engine.deploy(
        definition('under-test', {
          each: {
            type: 'forEach',
            items: '{% [1..400] %}',
            body: { start: 'echo', steps: { echo: { type: 'activity', activity: 'Echo', input: '{% $item %}' } } },
            next: 'wait',
          },
          wait: { type: 'waitForEvent', event: 'go', output: '{% $sum($steps.each.output) + $result %}' },
        }),
      )
      await engine.start('under-test', { instanceId: 'i-1' })
      await until('it waits', async () => (await engine.get('i-1'))?.waitingFor[0]?.kind === 'event')
      await until('the snapshot is kept', async () => (await store.getSnapshot('i-1')) !== null)
      await crash()
      await open()
      await engine.raiseEvent('i-1', 'go', 1)
      expect(await (await engine.instance('i-1')).result()).toBe(80_201)
      expect(calls).toHaveLength(400)
    })

    it('fires a timer that came due while nobody was there', async () => {
      await engine.deploy(definition('under-test', { nap: { type: 'timer', delay: 'PT0.3S' } }))
      await engine.start('under-test', { instanceId: 'i-1' })
      await engine.stop()
      await store.close()
      await new Promise((resolve) => setTimeout(resolve, 400))
      await open()
      expect(await (await engine.instance('i-1')).result()).toBeNull()
    })

    it('fans out over items in order, a few at a time, and lets some fail', async () => {
      const output = await run(
        {
          each: {
            type: 'forEach',
            items: '{% $input %}',
            item: 'n',
            maxConcurrency: 3,
            tolerate: { count: 1 },
            body: {
              start: 'odd',
              steps: {
                odd: { type: 'choice', choices: [{ when: '{% $n = 5 %}', next: 'fail' }], otherwise: 'echo' },
                fail: { type: 'fail', error: { type: 'Five' } },
                echo: { type: 'activity', activity: 'Echo', input: '{% $n * $index %}' },
              },
            },
          },
        },
        [3, 4, 5, 6],
      )
      expect(output).toEqual([0, 4, null, 18])
    })

    it('tells subscribers of every turn, after it is durable', async () => {
      const seen: string[] = []
      const stop = engine.subscribe(({ events }) => seen.push(...types(events)), 'i-1')
      await run({ echo: { type: 'activity', activity: 'Echo' } })
      stop()
      expect(seen).toEqual(types(await history()))
    })

    it('refuses a definition with errors and stores nothing', async () => {
      await expect(
        engine.deploy({
          dsl: '1',
          name: 'bad',
          start: 'a',
          steps: { a: { type: 'activity', activity: 'Echo', next: 'nowhere' } },
        }),
      ).rejects.toMatchObject({
        code: 'InvalidDefinition',
        problems: [expect.objectContaining({ code: 'UnknownTarget', path: '/steps/a/next' })],
      })
      expect(await store.getDefinition('bad')).toBeNull()
    })
  })
}
