// What a store does without an engine: turns of two events of about 120 bytes each, one after the other, then by 64
// instances at a time. Works with any store; leaves its instances behind.
import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Turn, WorkflowStore } from '../src/stores/store.ts'

const TURNS_OF_AN_INSTANCE = 50

export interface StoreRate {
  /** One instance, one turn after the other. */
  readonly aloneMsPerStep: number
  /** With 64 instances at a time. */
  readonly stepsPerSecond: number
  /** How late the event loop came, in that time: 99 of 100 times not later than this. */
  readonly loopP99Ms: number
}

export async function measureStore(
  store: WorkflowStore,
  { inFlight = 64, alone = 2_000, together = 100_000 } = {},
): Promise<StoreRate> {
  await chain(store, 200)
  const aloneMs = await millisecondsOf(() => chain(store, alone))
  await Promise.all(Array.from({ length: inFlight }, () => chain(store, 50)))

  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const each = Math.ceil(together / inFlight)
  const togetherMs = await millisecondsOf(() => Promise.all(Array.from({ length: inFlight }, () => chain(store, each))))
  loop.disable()
  return {
    aloneMsPerStep: aloneMs / alone,
    stepsPerSecond: (each * inFlight * 1_000) / togetherMs,
    loopP99Ms: loop.percentile(99) / 1e6,
  }
}

/** One turn after the other, of instances that end after 50. */
async function chain(store: WorkflowStore, turns: number): Promise<void> {
  let instanceId = randomUUID()
  for (let done = 0; done < turns; done++) {
    const turn = 1 + (done % TURNS_OF_AN_INSTANCE)
    if (turn === 1) instanceId = randomUUID()
    const outcome = await store.commit({ turn: stepOf(instanceId, turn) })
    if (outcome !== 'won') throw new Error(`turn ${turn} of ${instanceId} was ${outcome}`)
  }
}

/** What a sequential step commits: the completion of one task and the scheduling of the next. */
function stepOf(instanceId: string, turn: number): Turn {
  const at = Date.now()
  const step = `steps/${turn}`
  const events = [
    {
      seq: turn * 2 - 1,
      at,
      type: 'TaskCompleted',
      step,
      task: turn,
      output: { ok: true, amount: 12.5, note: 'a short text' },
    },
    {
      seq: turn * 2,
      at,
      type: 'TaskScheduled',
      step,
      task: turn + 1,
      activity: 'charge',
      input: { order: turn, of: 'customer' },
    },
  ]
  return {
    instanceId,
    turn,
    executionId: instanceId,
    firstSeq: turn * 2 - 1,
    count: 2,
    at,
    eventsJson: JSON.stringify(events),
  }
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
