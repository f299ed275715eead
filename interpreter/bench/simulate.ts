// The simulation, for as many seeds as one likes.
//   npm run simulate -- --seeds 100000 [--from 0] [--seed NAME [--trace 200]]
import { parseArgs } from 'node:util'
import { simulate } from '../src/testing/simulation/simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    trace: { type: 'string', default: '60' },
  },
})

const from = Number(values.from)
const seeds =
  values.seed === undefined ? Array.from({ length: Number(values.seeds) }, (_, i) => String(from + i)) : [values.seed]
const began = performance.now()
const failed: string[] = []
let steps = 0
let turns = 0
let finished = 0
for (const [index, seed] of seeds.entries()) {
  const outcome = await simulate(seed)
  steps += outcome.steps
  turns += outcome.turns
  finished += outcome.finished
  if (outcome.violation) {
    failed.push(seed)
    console.log(`seed ${seed}: ${outcome.violation.message}`)
    if (values.seed !== undefined || failed.length === 1) {
      console.log(outcome.trace.last(Number(values.trace)).join('\n'))
      console.log(JSON.stringify(outcome.faults))
    }
  }
  if ((index + 1) % 1_000 === 0) console.log(`${index + 1} seeds, ${failed.length} failed`)
}
const seconds = (performance.now() - began) / 1_000
console.log(
  `${seeds.length} seeds in ${seconds.toFixed(1)} s: ${steps} steps, ${turns} turns, ${finished} instances finished, ${failed.length} seeds failed`,
)
if (failed.length > 0) console.log(`failed: ${failed.join(' ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
