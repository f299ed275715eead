// The patterns of the field, as the examples show them, on the real engine: what the simulation says happens, happens.
// Side by side the order of answers is not the simulation's, so there the same events are expected in any order.
import { setTimeout as sleep } from 'node:timers/promises'
import type { HistoryEvent, Json } from '@durable-canvas/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replay } from '../core/index.ts'
import { defineActivity } from '../engine/activities/define-activity.ts'
import { until, type World } from '../engine/engine.contract.ts'
import { createEngine } from '../engine/engine.ts'
import type { Activity, Engine } from '../engine/engine-types.ts'
import type { WorkflowStore } from '../stores/store.ts'
import { activitiesOfOneRun, activityNames } from './golden-activities.ts'
import { exampleNames, exampleOf, planOf, simulated } from './golden-examples.ts'

const named = (event: HistoryEvent): string =>
  'step' in event && event.step ? `${event.type} ${event.step}` : event.type

const isSideBySide = (name: string): boolean => /"type":"(parallel|forEach)"/.test(JSON.stringify(exampleOf(name)))

/** The activities of the goldens, each instance with answers of its own. */
function activities(): readonly Activity[] {
  const runs = new Map<string, ReturnType<typeof activitiesOfOneRun>>()
  const runOf = (instanceId: string) => {
    const known = runs.get(instanceId) ?? activitiesOfOneRun()
    runs.set(instanceId, known)
    return known
  }
  return activityNames.map((name) =>
    defineActivity({ name }, async ({ input, instanceId, signal }) => {
      const answer = runOf(instanceId)(name, input)
      if (answer.delay) await sleep(answer.delay, undefined, { signal })
      if ('result' in answer) return answer.result
      const { type, message, ...more } = answer.failure
      throw Object.assign(new Error(message), { name: type, ...more })
    }),
  )
}

export function describePatterns(store: string, makeWorld: () => Promise<World>): void {
  describe(`the examples on ${store}`, () => {
    let world: World
    let opened: WorkflowStore
    let engine: Engine
    const outputs = new Map<string, Promise<Json>>()

    // All run side by side, as they would; each test looks at one.
    beforeAll(async () => {
      world = await makeWorld()
      opened = await world.open()
      engine = await createEngine({ store: opened, activities: activities() })
      for (const name of exampleNames.toSorted(childrenFirst)) await engine.deploy(exampleOf(name))
      await engine.start('approval', { instanceId: 'a-1', input: { request: 'from the golden' } })
      await engine.start('escalation', { instanceId: 'case', input: { case: 'c-7', clerk: 'c', manager: 'm' } })
      for (const name of exampleNames) {
        const { input, events } = inputsOf(name)
        const instance = await engine.start(name, { instanceId: name, input })
        for (const event of events) await engine.raiseEvent(name, event.name, event.data)
        const output = instance.result()
        // Looked at by its own test; until then a failure of it is nobody's.
        output.catch(() => undefined)
        outputs.set(name, output)
      }
    })
    afterAll(async () => {
      await engine.stop()
      await opened.close()
      await world.dispose()
    })

    it.each(exampleNames)('%s does what the simulation says', async (name) => {
      const expected = simulated(name, inputsOf(name))
      const output = await outputs.get(name)
      const history = await engine.readHistory(name)
      const recorded = history.map(named)
      if (isSideBySide(name)) expect(recorded.toSorted()).toEqual(expected.history.map(named).toSorted())
      else expect(recorded).toEqual(expected.history.map(named))
      if (!tellsTheTime.has(name)) expect(output).toEqual(expected.state.output)
      expect((await engine.get(name))?.status).toBe(expected.state.status)
      expect(replay(exampleOf(name), history).deviation).toBeNull()
    })

    it('raise-event reaches one instance by its id and one by its correlation key', async () => {
      await outputs.get('raise-event')
      expect(await (await engine.instance('a-1')).result()).toEqual({ outcome: 'approved', by: 'raise-event' })
      expect(await (await engine.instance('case')).result()).toEqual({ decision: 'granted', reminders: 0 })
    })

    it('greet-team leaves its members, done, and the office, which nobody waited for', async () => {
      await outputs.get('greet-team')
      // What a list shows is written after the answer, and the office is nobody's to wait for.
      const completed = async () => {
        const filter = { definition: 'greet-person', statuses: ['Completed'] } as const
        const { items } = await engine.list(filter, { limit: 50 })
        return items.filter(({ parent }) => parent === 'greet-team').length
      }
      await until('all four have completed', async () => (await completed()) === 4)
    })
  })
}

/** The case of escalation's own run is another than the one that raise-event decides by its key. */
function inputsOf(name: string) {
  const plan = planOf(name, true)
  return name === 'escalation' ? { ...plan, input: { case: 'c-own', clerk: 'c', manager: 'm' } } : plan
}

const tellsTheTime: ReadonlySet<string> = new Set(['raise-event', 'timer'])

const childrenFirst = (a: string, b: string): number => Number(b === 'greet-person') - Number(a === 'greet-person')
