// Histories read again: those that fit, and those that were damaged or belong to another definition.
import type { Definition, HistoryEvent, Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import {
  at,
  body,
  completed,
  failed,
  given,
  passed,
  raised,
  resumed,
  rewound,
  type Scenario,
  started,
  suspended,
  terminated,
} from '../testing/scenario.ts'
import { errorValue } from './failure.ts'
import { placeAt } from './flow.ts'
import {
  compileProgram,
  decide,
  fold,
  type Message,
  messageOf,
  replay,
  type State,
  sameJson,
  stateOf,
} from './index.ts'
import { evaluate, visitOf } from './place.ts'
import { typed } from './steps/typed.ts'
import { Turn } from './turn.ts'

const work: Step = { type: 'activity', activity: 'Work' }
const definition = (steps: Record<string, Step>): Definition => ({
  dsl: '1',
  name: 'under-test',
  start: Object.keys(steps)[0] ?? '',
  steps,
})

const thrownBy = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing'
}

/** A history with one event changed, or taken out. */
const damaged = (scenario: Scenario, type: string, change: object | null): HistoryEvent[] =>
  scenario.history
    .map((event) =>
      event.type === type ? (change === null ? null : ({ ...event, ...change } as HistoryEvent)) : event,
    )
    .filter((event) => event !== null)
    .map((event, index) => ({ ...event, seq: index + 1 }))

describe('replay', () => {
  it('takes version and hash from the history, and gives the state', () => {
    const scenario = given({ work }, { version: 7, hash: 'abc' }).when(started(), completed('work', 1))
    const { state, deviation } = replay(scenario.program.definition, scenario.history)
    expect(deviation).toBeNull()
    expect(state).toMatchObject({ status: 'Completed', output: 1, version: 7 })
  })

  it('has no deviation for a history without an end, nor for none', () => {
    const scenario = given({ work: { ...work, next: 'more' } as Step, more: work }).when(
      started(),
      completed('work', 1),
    )
    for (let length = 0; length <= scenario.history.length; length += 1)
      expect(replay(scenario.program.definition, scenario.history.slice(0, length)).deviation).toBeNull()
  })

  it('names the first event that the definition would not give', () => {
    const scenario = given({ work }).when(started(), completed('work', 1))
    const other = definition({ work: { ...work, activity: 'Other' } as Step })
    expect(replay(other, scenario.history).deviation).toMatchObject({
      seq: 2,
      recorded: { type: 'TaskScheduled', activity: 'Work' },
      expected: { type: 'TaskScheduled', activity: 'Other' },
      message: 'event 2 is TaskScheduled: another event would follow (TaskScheduled)',
    })
  })

  it('names an event that nothing would follow, or that no message begins with', () => {
    const scenario = given({ work }).when(started(), completed('work', 1))
    const twice = [...scenario.history, { ...scenario.history[2], seq: 5 } as HistoryEvent]
    expect(replay(scenario.program.definition, twice).deviation).toMatchObject({
      seq: 5,
      expected: null,
      message: 'event 5 is TaskCompleted: nothing would follow',
    })
    const [, scheduled] = scenario.history
    expect(replay(scenario.program.definition, scheduled ? [scheduled] : []).deviation).toMatchObject({
      message: 'event 2 is TaskScheduled: nothing would have given this event here',
    })
  })

  it('never throws: a definition that has not even the start says so', () => {
    const scenario = given({ work }).when(started())
    const broken = { ...definition({ work }), start: 'nowhere' }
    expect(replay(broken, scenario.history).deviation?.message).toContain('the definition has no step nowhere')
  })

  it('knows the message behind every event that begins a turn', () => {
    const scenario = given({
      try: { type: 'scope', body: body({ work }), next: 'nap' },
      nap: { type: 'timer', delay: 'PT1S', next: 'wait' },
      wait: { type: 'waitForEvent', event: 'go', next: 'child' },
      child: { type: 'subOrchestration', definition: 'other' },
    })
    scenario.when(
      started(1, { by: 'ada' }),
      completed('try/work', 1, { startedAt: at('PT1S') }),
      passed('PT1S'),
      suspended({ by: 'ada' }),
      raised('go', 1, { messageId: 'm' }),
      resumed(),
      (simulation) => simulation.send({ type: 'migrate', version: 2 }),
      (simulation) =>
        simulation.send({
          type: 'childFailed',
          task: [...simulation.state.tasks.keys()][0] ?? 0,
          failure: { type: 'Cancelled', message: '' },
        }),
      rewound(),
      terminated({ reason: 'enough' }),
    )
    const kinds = scenario.history.flatMap((event) => messageOf(event)?.type ?? [])
    expect(new Set(kinds)).toEqual(
      new Set([
        'start',
        'activityCompleted',
        'due',
        'suspend',
        'event',
        'resume',
        'migrate',
        'childFailed',
        'rewind',
        'terminate',
      ]),
    )
  })
})

describe('a damaged history', () => {
  const program = (steps: Record<string, Step>) => compileProgram(definition(steps))
  const folded = (steps: Record<string, Step>, events: readonly HistoryEvent[]) => () => fold(program(steps), events)

  it('with a gap is refused', () => {
    const scenario = given({ work }).when(started(), completed('work'))
    expect(folded({ work }, [...scenario.history.slice(0, 1), ...scenario.history.slice(2)])).toThrow(
      'history is broken: event 3 after 1',
    )
  })

  it('with an unknown event is refused', () => {
    const scenario = given({ work }).when(started())
    expect(folded({ work }, damaged(scenario, 'TaskScheduled', { type: 'Invented' }))).toThrow('unknown event type')
  })

  it('with an answer to nothing is refused', () => {
    const scenario = given({ work }).when(started(), completed('work'))
    expect(folded({ work }, damaged(scenario, 'TaskScheduled', null))).toThrow('history is broken: task 2 is not open')
    expect(folded({ work }, damaged(scenario, 'TaskCompleted', { task: 9 }))).toThrow(
      'history is broken: task 9 is not open',
    )
  })

  it('with a timer that was never set is refused', () => {
    const nap: Step = { type: 'timer', delay: 'PT1S' }
    const scenario = given({ nap }).when(started(), passed('PT1S'))
    expect(folded({ nap }, damaged(scenario, 'TimerCreated', null))).toThrow('history is broken: task 2 is not open')
  })

  it('with an event consumed that never came is refused', () => {
    const wait: Step = { type: 'waitForEvent', event: 'go' }
    const scenario = given({ wait }).when(started(), raised('go'))
    expect(folded({ wait }, damaged(scenario, 'EventRaised', null))).toThrow('consumes 3, which is not there')
  })

  it('with steps of scopes that are not open is refused', () => {
    const steps = { each: { type: 'forEach', items: [1], body: body({ work }) } } as Record<string, Step>
    const scenario = given(steps).when(started(), completed('each[0]/work'))
    const entered = scenario.history.findIndex((event) => event.type === 'ScopeEntered' && event.step === 'each')
    const without = (index: number) =>
      scenario.history.filter((_event, at) => at !== index).map((event, at) => ({ ...event, seq: at + 1 }))
    expect(folded(steps, without(entered))).toThrow('history is broken: each is not open')
    expect(folded(steps, without(entered + 1))).toThrow('history is broken: scope "each[0]" is not open')
    const exited = damaged(scenario, 'ScopeExited', { step: 'other' })
    expect(folded(steps, exited)).toThrow('history is broken: other is not open')
  })

  it('of another definition says what does not fit', () => {
    const scenario = given({ try: { type: 'scope', body: body({ work }) } }).when(started(), completed('try/work'))
    expect(folded({ work }, scenario.history)).toThrow('history does not fit the definition: it has no step try')
  })

  it('whose tail is decided on by another definition throws there', () => {
    const scenario = given({ try: { type: 'scope', body: body({ work }) } }).when(started())
    const other = { try: { type: 'scope', body: body({ other: work }) } } as Record<string, Step>
    expect(replay(definition(other), scenario.history).deviation?.message).toContain('another event would follow')
  })

  it('may lack a closed frame: late events of it are refused', () => {
    const scenario = given({ work }).when(started(), failed('work'))
    expect(
      folded({ work }, [
        ...scenario.history,
        {
          seq: 5,
          at: at('PT0S'),
          type: 'ErrorCaught',
          step: 'gone/work',
          failure: { type: 'E', message: '' },
          index: 0,
          next: 'x',
        },
      ]),
    ).toThrow('scope "gone" is not open')
  })
})

describe('a state that the definition or the history does not carry', () => {
  const go = { type: 'event', name: 'go', data: 1 } as const
  const later = Date.parse(at('PT1M'))

  it('is refused where a migration took the scope or the step away that stands open', () => {
    const wait: Step = { type: 'waitForEvent', event: 'go' }
    const { history, program } = given({ try: { type: 'scope', body: body({ wait }) } }).when(started())
    const others = [{ try: wait }, { try: { type: 'scope', body: body({ other: wait }) } }] as const
    expect(
      others.map((other) =>
        thrownBy(() => decide(compileProgram(definition(other)), fold(program, history), go, later)),
      ),
    ).toEqual([
      'history does not fit the definition: it has no scope try',
      'the definition has no step wait in scope "try"',
    ])
  })

  it('is refused where a migration took away what is being undone', () => {
    const booked: Step = { ...work, compensate: { activity: 'Undo' }, next: 'undo' } as Step
    const { history, program } = given({ booked, undo: { type: 'compensate' } }).when(started(), completed('booked'))
    const other = compileProgram(definition({ undo: { type: 'compensate' } }))
    expect(() =>
      decide(other, fold(program, history), { type: 'activityCompleted', task: 5, result: 1 }, later),
    ).not.toThrow()
    expect(() =>
      decide(
        other,
        fold(program, history),
        { type: 'activityFailed', task: 5, failure: { type: 'E', message: '' } },
        later,
      ),
    ).toThrow('history does not fit the definition: undo undoes a step that it does not have')
  })

  it('is refused where an attempt or a retry does not know what was asked for', () => {
    const retried = given({ work: { ...work, retry: { maxNumberOfAttempts: 3, firstRetryInterval: 'PT1S' } } as Step })
    const forget = (state: State) => {
      for (const frame of state.frames.values()) if (frame.current) frame.current.request = null
      return state
    }
    const { history, program } = retried.when(started(), failed('work'))
    expect(() => decide(program, forget(fold(program, history)), { type: 'due', task: 4 }, later)).toThrow(
      'work asked for nothing',
    )
    const before = forget(fold(program, history.slice(0, 2)))
    expect(() =>
      decide(program, before, { type: 'activityFailed', task: 2, failure: { type: 'E', message: '' } }, later),
    ).toThrow('work asked for nothing')
  })

  it('counts retryTimeout from now where the history does not tell when the first attempt was', () => {
    const policy = { maxNumberOfAttempts: 3, firstRetryInterval: 'PT1S', retryTimeout: 'PT5S' }
    const scenario = given({ work: { ...work, retry: policy } as Step }).when(started())
    const state = fold(scenario.program, damaged(scenario, 'TaskScheduled', { at: 'once' }))
    const events = decide(
      scenario.program,
      state,
      { type: 'activityFailed', task: 2, failure: { type: 'E', message: '' } },
      later,
    )
    expect(events.map(({ type }) => type)).toEqual(['TaskFailed', 'TimerCreated'])
  })

  it('answers no message of a kind that nobody knows', () => {
    const { program, state } = given({ work }).when(started())
    expect(() => decide(program, state, { type: 'invented' } as unknown as Message, later)).toThrow('unknown message')
  })

  it('is no step of a place that stands elsewhere or has another type', () => {
    const { program, state } = given({ work }).when(started())
    const place = placeAt(new Turn(program, state, later), 'work#2')
    expect(() => visitOf(place)).toThrow('work#2 is not open')
    expect(() => typed(place, 'timer')).toThrow('work is a activity, not a timer')
  })

  it('tells faults of this code from failures of an expression', () => {
    const { program, state } = given({ work }).when(started())
    const broken = {
      evaluate: () => {
        throw new TypeError('a fault')
      },
      constant: null,
      names: [],
      steps: [],
    }
    expect(() => evaluate(placeAt(new Turn(program, state, later), 'work'), broken)).toThrow(TypeError)
  })
})

describe('a replay that goes wrong', () => {
  const wait: Step = { type: 'waitForEvent', event: 'go', schema: { type: 'number' } }

  it('tells of whatever a schema’s validator throws', () => {
    const { history } = given({ wait }).when(started(), raised('go', 1))
    const compileSchema = () => () => {
      throw 'out of order'
    }
    expect(replay(definition({ wait }), history, { compileSchema }).deviation?.message).toContain('out of order')
  })

  it('names an event whose time is none', () => {
    const scenario = given({ wait }).when(started())
    expect(replay(definition({ wait }), damaged(scenario, 'ExecutionStarted', { at: 'noon' })).deviation).toMatchObject(
      { seq: 1 },
    )
  })
})

describe('a caught failure that does not tell its step', () => {
  it('has null there in $error', () => {
    expect(errorValue({ type: 'E', message: 'm' })).toEqual({
      type: 'E',
      message: 'm',
      details: null,
      step: null,
      attempt: 1,
    })
  })
})

describe('a snapshot', () => {
  it('of another format is not read', () => {
    expect(stateOf('{"format":0,"state":{}}')).toBeNull()
  })
})

describe('JSON values are the same', () => {
  it.each([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [[1, 2], [1, 2], true],
    [[1, 2], [1], false],
    [[1, 2], [1, 3], false],
    [[], {}, false],
    [{}, [], false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [null, {}, false],
    [{}, null, false],
    [1, {}, false],
    [{}, 'a', false],
    ['a', 'a', true],
  ])('whatever the order of keys: %j, %j → %j', (a, b, same) => {
    expect(sameJson(a, b)).toBe(same)
  })
})
