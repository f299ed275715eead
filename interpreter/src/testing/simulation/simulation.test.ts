// The promises of the engines under faults, 1,000 seeds a run (SIM_SEEDS=n for more or fewer), and every seed that ever failed.
// A failing seed is told with its last happenings; `npm run simulate -- --seed NAME` runs it alone.
import { describe, expect, it } from 'vitest'
import { type Outcome, simulate } from './simulate.ts'

const seeds = Number(process.env.SIM_SEEDS ?? 1_000)

/** Each of them found a bug once. */
const failedOnce = [
  'ci-606',
  0,
  2,
  3,
  4,
  5,
  12,
  13,
  15,
  17,
  27,
  29,
  33,
  35,
  38,
  39,
  41,
  49,
  57,
  59,
  77,
  84,
  91,
  94,
  98,
  109,
  111,
  144,
  185,
  307,
  529,
  573,
  670,
  720,
  812,
  979,
]

const story = ({ seed, violation, trace, faults }: Outcome): string =>
  `seed ${seed}: ${violation?.message}\n${trace.last(40).join('\n')}\n${JSON.stringify(faults)}`

async function expectAllKept(names: readonly (string | number)[], hasLeases?: false): Promise<void> {
  for (const name of names) {
    const outcome = await simulate(String(name), hasLeases === false ? { hasLeases } : {})
    if (outcome.violation) expect.fail(story(outcome))
  }
}

describe('engines under faults keep every promise', () => {
  it('with the seeds that once found a bug', () => expectAllKept(failedOnce), 300_000)

  it(`with ${seeds} seeds`, () => expectAllKept(Array.from({ length: seeds }, (_, index) => `ci-${index}`)), 600_000)

  it(
    'with leases switched off',
    () =>
      expectAllKept(
        Array.from({ length: Math.ceil(seeds / 10) }, (_, index) => `off-${index}`),
        false,
      ),
    300_000,
  )

  it('and a seed gives the same run every time', async () => {
    for (const seed of ['same-0', 'same-1', 'same-2', 'same-3']) {
      const first = await simulate(seed)
      expect((await simulate(seed)).digest).toBe(first.digest)
    }
  }, 60_000)
})
