// What goes wrong in one run. Each seed arms some faults and leaves others out, since a run in which everything fails at once
// gets nowhere and hides what one fault alone would show.
import type { Draw } from '../random-definition.ts'

export interface Faults {
  readonly engines: number
  /** One engine at a time on a store of its own, as with a file. */
  readonly isExclusive: boolean
  readonly hasLeases: boolean
  /** How long things go wrong, in ms. */
  readonly duration: number
  /** Largest latency of one way to the store, in ms. */
  readonly latency: number
  /** Probabilities per call to the store. */
  readonly refused: number
  readonly answerLost: number
  readonly late: number
  readonly twice: number
  readonly crashAround: number
  readonly staleRead: number
  readonly signalLost: number
  /** Mean time between two, in ms; 0: never. */
  readonly crashEvery: number
  readonly pauseEvery: number
  readonly jumpEvery: number
  readonly burstEvery: number
  readonly stopEvery: number
  /** Events from one snapshot of an instance to the next. */
  readonly snapshotEvery: number
}

export const noFaults: Faults = {
  engines: 2,
  isExclusive: false,
  hasLeases: true,
  duration: 0,
  latency: 5,
  refused: 0,
  answerLost: 0,
  late: 0,
  twice: 0,
  crashAround: 0,
  staleRead: 0,
  signalLost: 0,
  crashEvery: 0,
  pauseEvery: 0,
  jumpEvery: 0,
  burstEvery: 0,
  stopEvery: 0,
  snapshotEvery: 20,
}

export function drawFaults(draw: Draw): Faults {
  const isExclusive = draw.chance(0.15)
  const some = (most: number) => (draw.chance(0.5) ? most * (0.1 + 0.9 * (draw.below(100) / 100)) : 0)
  const every = (least: number, most: number) => (draw.chance(0.5) ? least + draw.below(most - least) : 0)
  return {
    isExclusive,
    engines: isExclusive ? 1 : 2 + draw.below(3),
    hasLeases: isExclusive || !draw.chance(0.2),
    duration: 10_000 + draw.below(50_000),
    latency: draw.pick([2, 20, 20, 200, 1_500]),
    refused: some(0.06),
    answerLost: some(0.06),
    late: isExclusive ? 0 : some(0.04),
    twice: isExclusive ? 0 : some(0.06),
    crashAround: some(0.01),
    staleRead: isExclusive ? 0 : some(0.05),
    signalLost: isExclusive ? 0 : draw.pick([0, 0.1, 0.5, 1]),
    crashEvery: every(8_000, 40_000),
    pauseEvery: isExclusive ? 0 : every(8_000, 40_000),
    jumpEvery: every(10_000, 60_000),
    burstEvery: every(8_000, 30_000),
    stopEvery: every(20_000, 80_000),
    snapshotEvery: draw.pick([3, 10, 50]),
  }
}

/** What becomes of one call to the store. */
export type Fate = 'done' | 'refused' | 'answerLost' | 'late' | 'twice' | 'crashBefore' | 'crashAfter'

export function drawFate(draw: Draw, faults: Faults, isWrite: boolean): Fate {
  if (draw.chance(faults.refused)) return 'refused'
  if (!isWrite) return 'done'
  if (draw.chance(faults.answerLost)) return 'answerLost'
  if (draw.chance(faults.late)) return 'late'
  if (draw.chance(faults.twice)) return 'twice'
  if (draw.chance(faults.crashAround)) return draw.chance(0.5) ? 'crashBefore' : 'crashAfter'
  return 'done'
}
