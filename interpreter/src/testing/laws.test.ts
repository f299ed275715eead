// The laws of the core, over definitions and message orders that chance makes. LAWS=n runs n histories; a failing seed is printed.
import { checkDefinition, type HistoryEvent, validateEvent } from '@durable-canvas/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileProgram,
  decide,
  evolve,
  fold,
  isFinished,
  type Message,
  openTasks,
  replayProgram,
  type State,
  snapshotOf,
  stateOf,
} from '../core/index.ts'
import { randomDefinition } from './random-definition.ts'
import { type RandomRun, randomRun, type Watcher } from './random-run.ts'

const runs = Number(process.env.LAWS ?? 2_000)

const roundTrip = (history: readonly HistoryEvent[]): HistoryEvent[] =>
  JSON.parse(JSON.stringify(history)) as HistoryEvent[]

const copyOf = (state: State): State => {
  const copy = stateOf(snapshotOf(state))
  if (!copy) throw new Error('the snapshot is of another format')
  return copy
}

function law(
  check: (run: RandomRun, program: ReturnType<typeof compileProgram>) => void,
  watcher: Watcher = {},
  share = 1,
): void {
  const numRuns = Math.ceil(runs * share)
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const program = compileProgram(randomDefinition(`d-${seed}`), { version: 1, limits: { maxInstantSteps: 2_000 } })
      check(randomRun(program, `r-${seed}`, watcher), program)
    }),
    { numRuns, endOnFailure: true },
  )
}

describe('the laws of the core', () => {
  // A drawn loop may spin; the limit on steps without a wait ends it.
  it('the definitions of these tests have no errors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const errors = checkDefinition(randomDefinition(`d-${seed}`)).filter(
          ({ severity, code }) => severity === 'error' && code !== 'SpinningLoop',
        )
        expect(errors).toEqual([])
      }),
      { numRuns: Math.ceil(runs / 4) },
    )
  })

  it('1, 6: replaying a history gives the live state and its open tasks, at every prefix', () => {
    let live: { seq: number; snapshot: string }[] = []
    const watcher: Watcher = {
      after(state, { events }) {
        if (events[0]?.type === 'ExecutionStarted') live = []
        if (events.length > 0) live.push({ seq: state.seq, snapshot: snapshotOf(state) })
      },
    }
    law(({ history, state }, program) => {
      const replayed = fold(program, [])
      const marks = new Map(live.map(({ seq, snapshot }) => [seq, snapshot]))
      for (const event of roundTrip(history)) {
        evolve(program, replayed, event)
        const mark = marks.get(replayed.seq)
        const now = mark === undefined ? mark : snapshotOf(replayed)
        if (now !== mark) expect(now).toBe(mark)
      }
      expect(openTasks(replayed)).toEqual(JSON.parse(JSON.stringify(openTasks(state))))
    }, watcher)
  })

  it('2: the same state, message and time give the same events', () => {
    law(
      ({ steps }, program) => {
        const state = fold(program, [])
        for (const { message, at, events } of steps) {
          const copy = copyOf(state)
          expect(decide(program, copy, message, at)).toEqual(events)
          expect(decide(program, state, message, at)).toEqual(events)
        }
      },
      {},
      0.5,
    )
  })

  it('3: a finished instance answers every message with no events', () => {
    law(({ state, now }, program) => {
      if (!isFinished(state)) return
      const before = snapshotOf(state)
      const messages: Message[] = [
        { type: 'event', name: 'go', data: 1 },
        { type: 'terminate' },
        { type: 'suspend' },
        { type: 'resume' },
        ...[0, 1, 2, 3].map((task): Message => ({ type: 'due', task })),
        ...[2, 3, 4].map((task): Message => ({ type: 'activityCompleted', task, result: null })),
      ]
      expect(messages.flatMap((message) => decide(program, state, message, now + 1e9))).toEqual([])
      expect(snapshotOf(state)).toBe(before)
    })
  })

  it('4: a duplicate or late answer changes nothing', () => {
    law(({ state, steps, now }, program) => {
      const before = snapshotOf(state)
      const open = new Set(state.tasks.keys())
      for (const { message, events } of steps) {
        const isAnswer = 'task' in message && !open.has(message.task)
        const isKnownEvent = 'messageId' in message && message.messageId !== undefined && events.length > 0
        if (!isAnswer && !isKnownEvent) continue
        const more = decide(program, state, message, now + 1)
        // Saying it a million times to `expect` took longer than deciding.
        if (more.length > 0) expect(more).toEqual([])
      }
      expect(snapshotOf(state)).toBe(before)
    })
  })

  it('5: a snapshot and the tail give what the whole history gives', () => {
    law(
      ({ history, state }, program) => {
        const events = roundTrip(history)
        for (let cut = 0; cut <= events.length; cut += 1 + (events.length >> 2)) {
          const half = copyOf(fold(program, events.slice(0, cut)))
          expect(snapshotOf(fold(program, events.slice(cut), half))).toBe(snapshotOf(state))
        }
      },
      {},
      0.5,
    )
  })

  it('8: deciding a recorded history again gives that history', () => {
    law(({ history, state }, program) => {
      const replayed = replayProgram(program, roundTrip(history))
      expect(replayed.deviation).toBeNull()
      expect(snapshotOf(replayed.state)).toBe(snapshotOf(state))
    })
  })

  it('every event is as event.schema.json says, and the history has no gap', () => {
    law(
      ({ history }) => {
        for (const [index, event] of history.entries()) {
          if (event.seq !== index + 1) expect(event.seq).toBe(index + 1)
          if (!validateEvent(event)) expect({ event, errors: validateEvent.errors }).toBeNull()
        }
      },
      {},
      0.5,
    )
  })
})
