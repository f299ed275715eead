// The examples, and how each is run so that it shows what it is for: the input, and the events that come from outside.
import { readdirSync, readFileSync } from 'node:fs'
import type { Definition, Json } from '@durable-canvas/schema'
import { compileProgram, type Fakes, Simulation } from '../core/index.ts'
import { activitiesOfOneRun } from './golden-activities.ts'

const folder = new URL('../../../schema/examples/', import.meta.url)

export const exampleNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))

export const exampleOf = (name: string): Definition =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Definition

export interface Outside {
  readonly name: string
  readonly data: Json
  /** Milliseconds after the start. */
  readonly after: number
}

export interface Plan {
  readonly input: Json
  readonly events: readonly Outside[]
}

/** Without one: the example's own input, and nothing from outside. */
const plans: Readonly<Record<string, Partial<Plan>>> = {
  aggregator: {
    events: [1, 2, 3].map((value) => ({ name: 'reading', data: { value }, after: value * 10_000 })),
  },
  approval: { events: [{ name: 'approval', data: { approved: true, by: 'ada' }, after: 60_000 }] },
  'batch-with-tolerance': {
    input: {
      orders: [1, 2, 3, 4].map((n) => ({ id: `o-${n}`, items: n === 3 ? [] : [{ sku: 'BOOK-1', quantity: n }] })),
    },
  },
  // Reminded twice, then the manager decides.
  escalation: { events: [{ name: 'decision', data: 'granted', after: 25 * 3_600_000 }] },
  race: { events: [{ name: 'answer', data: 42, after: 5_000 }] },
}

/** The same where nobody can wait for hours: shorter pauses, earlier answers. */
const quickPlans: Readonly<Record<string, Partial<Plan>>> = {
  escalation: { events: [{ name: 'decision', data: 'granted', after: 0 }] },
  monitor: { input: { city: 'Lisbon', limit: 45, interval: 'PT0.05S' } },
  timer: { input: { delay: 'PT0.05S' } },
}

export function planOf(name: string, quick = false): Plan {
  const plan = { ...plans[name], ...(quick ? quickPlans[name] : {}) }
  return { input: plan.input ?? ownInput(exampleOf(name)), events: plan.events ?? [] }
}

const ownInput = ({ input }: Definition): Json => {
  const examples = typeof input === 'object' ? input.examples : undefined
  return Array.isArray(examples) ? ((examples as readonly Json[])[0] ?? null) : null
}

/** The run of an example on the virtual clock, to its end. */
export function simulated(name: string, { input, events }: Plan): Simulation {
  const answer = activitiesOfOneRun()
  const fakes: Fakes = (call) =>
    call.kind === 'activity'
      ? answer(call.name, call.input)
      : { result: { greeting: `Hello, ${(call.input as { readonly name: string }).name}!`, parent: name } }
  const simulation = new Simulation(compileProgram(exampleOf(name), { version: 1 }), fakes, Date.UTC(2024, 0, 1, 12))
  const begun = simulation.now
  simulation.start(input, name)
  for (const { name: event, data, after } of events)
    simulation.post(begun + after, { type: 'event', name: event, data })
  simulation.run(1_000)
  return simulation
}
