// Ten sequential steps that do nothing, alone and by 64 instances at a time, and a fan-out of 100: on each store beside what
// the bare store takes in the same run, since timings of different runs do not compare. Asserts nothing.
//   npm run bench [-- sqlite|mongo]     MONGODB_URI, or a mongod as the tests find it
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Definition, Step } from '@durable-canvas/schema'
import { createEngine, defineActivity, type Engine, type WorkflowStore } from '../dist/index.js'
import { mongoStore } from '../dist/stores/mongo/index.js'
import { sqliteStore } from '../dist/stores/sqlite/index.js'
import { findMongo } from '../src/testing/mongo-server.ts'
import { measureStore } from './store-rate.ts'

const noop = defineActivity({ name: 'Noop' }, () => 1)

const chain: Definition = {
  dsl: '1',
  name: 'chain',
  start: 's1',
  steps: Object.fromEntries(
    Array.from({ length: 10 }, (_, index): [string, Step] => [
      `s${index + 1}`,
      { type: 'activity', activity: 'Noop', input: '{% $input.n %}', ...(index < 9 ? { next: `s${index + 2}` } : {}) },
    ]),
  ),
}

const fan: Definition = {
  dsl: '1',
  name: 'fan',
  start: 'each',
  steps: {
    each: {
      type: 'forEach',
      items: '{% [1..100] %}',
      body: { start: 'step', steps: { step: { type: 'activity', activity: 'Noop', input: '{% $item %}' } } },
    },
  },
}

interface Measured {
  readonly msPerStep: number
  readonly stepsPerSecond: number
  readonly loopP99Ms: number
  readonly cpuUs: number
}

async function measure(
  engine: Engine,
  definition: string,
  steps: number,
  inFlight: number,
  instances: number,
): Promise<Measured> {
  let begun = 0
  const one = async () => {
    while (begun < instances) {
      begun += 1
      await (await engine.start(definition, { input: { n: begun } })).result()
    }
  }
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const cpu = process.cpuUsage()
  const begin = performance.now()
  await Promise.all(Array.from({ length: inFlight }, one))
  const ms = performance.now() - begin
  const { user, system } = process.cpuUsage(cpu)
  loop.disable()
  const total = steps * instances
  return {
    msPerStep: (ms * inFlight) / total,
    stepsPerSecond: (total / ms) * 1_000,
    loopP99Ms: loop.percentile(99) / 1e6,
    cpuUs: (user + system) / total,
  }
}

const row = (what: string, { msPerStep, stepsPerSecond, loopP99Ms, cpuUs }: Measured): string =>
  `  ${what.padEnd(34)} ${msPerStep.toFixed(2).padStart(8)} ms/step ${Math.round(stepsPerSecond).toLocaleString('en').padStart(8)} steps/s   loop p99 ${loopP99Ms.toFixed(1)} ms   ${cpuUs.toFixed(0)} µs CPU/step`

async function bench(name: string, store: WorkflowStore): Promise<void> {
  console.log(`\n${name}: ${store.description}`)
  const bare = await measureStore(store, { alone: 1_000, together: 40_000 })
  console.log(
    `  bare store, two events a turn      ${bare.aloneMsPerStep.toFixed(2).padStart(8)} ms alone ${Math.round(bare.stepsPerSecond).toLocaleString('en').padStart(8)} turns/s   loop p99 ${bare.loopP99Ms.toFixed(1)} ms`,
  )
  const engine = await createEngine({ store, activities: [noop] })
  await engine.deploy(chain)
  await engine.deploy(fan)
  await measure(engine, 'chain', 10, 64, 500)
  console.log(row('10 steps in a row, 1 in flight', await measure(engine, 'chain', 10, 1, 200)))
  console.log(row('10 steps in a row, 64 in flight', await measure(engine, 'chain', 10, 64, 5_000)))
  console.log(row('10 steps in a row, 256 in flight', await measure(engine, 'chain', 10, 256, 5_000)))
  console.log(row('fan-out of 100, 1 in flight', await measure(engine, 'fan', 100, 1, 20)))
  console.log(row('fan-out of 100, 16 in flight', await measure(engine, 'fan', 100, 16, 300)))
  await engine.stop()
}

const wanted = process.argv[2]

if (wanted !== 'mongo') {
  const folder = await mkdtemp(join(tmpdir(), 'durable-canvas-bench-'))
  const store = await sqliteStore({ file: join(folder, 'bench.db') })
  await bench('SQLite, synchronous FULL', store)
  await store.close()
  await rm(folder, { recursive: true })
}

if (wanted !== 'sqlite') {
  const found = await findMongo()
  if ('missing' in found) console.log(`\nMongoDB is left out: ${found.missing}`)
  else {
    const store = await mongoStore({ uri: found.uri, database: `bench-${Date.now()}` })
    await bench('MongoDB, majority and journal', store)
    await store.close()
    await found.stop()
  }
}
