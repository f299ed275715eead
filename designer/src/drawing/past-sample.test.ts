// What the engine evaluated in a run, a look back evaluates again: the law that previews against a past run stand on.
import { compileProgram, type FakeCall, Simulation, staticPath } from '@durable-canvas/interpreter/core'
import {
  compileCondition,
  compileTemplate,
  expressionSource,
  type HistoryEvent,
  type Json,
} from '@durable-canvas/schema'
import { describe, expect, test } from 'vitest'
import { isArray, isObject, type JsonObject } from './json.ts'
import { type PastRun, readPast } from './past-run.ts'
import { type PastSample, pastSample, visitsOf } from './past-sample.ts'
import { sampleOf } from './sample.ts'
import { stepAt } from './tree.ts'

const examples = Object.entries(
  import.meta.glob<JsonObject>('../../../schema/examples/*.json', { eager: true, import: 'default' }),
)

/** The run of a definition with made-up answers; some calls fail, by the seed. Events that are waited for come. */
function runOf(
  definition: JsonObject,
  seed: number,
  input: Json = sampleOf(definition.input),
): readonly HistoryEvent[] {
  const answer = ({ step, attempt, earlier }: FakeCall) => {
    const failure = { type: 'Declined', message: `no, ${attempt}`, details: { earlier } }
    if ((step.length * 7 + attempt * 3 + seed) % 4 === 0 && seed > 0) return { failure }
    return {
      result: { ok: true, valid: true, done: earlier > 1, status: 'done', step, earlier },
      delay: seed * step.length,
    }
  }
  const program = compileProgram(definition as never)
  const simulation = new Simulation(program, answer, 1_000_000)
  simulation.start(input, 'past')
  for (let count = 0; count < 400; count += 1) {
    const wait = [...simulation.state.tasks.values()].find(({ kind }) => kind === 'event')
    if (wait) simulation.send({ type: 'event', name: wait.name, data: { approved: true, by: 'Ada', count } })
    if (simulation.step() === null && !wait) break
  }
  return simulation.history
}

const evaluated = (value: Json | undefined, { input, bindings, at = 0 }: PastSample): Json =>
  compileTemplate(value ?? null).evaluate(input, bindings, { millis: at, random: () => 0 }) ?? null

/** What an event has recorded, and what a look back makes of the step's expressions. Undefined: it recorded nothing of it. */
function compared(run: PastRun, definition: JsonObject, event: HistoryEvent): readonly [Json, Json] | undefined {
  const path = event.type === 'ScopeExited' ? event.by : 'step' in event ? event.step : undefined
  const step = path === undefined ? undefined : stepAt(definition, staticPath(path))
  if (path === undefined || step === undefined || /\$(random|uuid|shuffle|now|millis)\b/.test(JSON.stringify(step)))
    return undefined
  const sample = pastSample(run, definition, staticPath(path), path)
  const isCalm = !run.assigned.some(({ seq }) => seq >= (sample.visit?.from ?? 0) && seq < event.seq)
  switch (event.type) {
    case 'TaskScheduled':
      return event.attempt === 1 && event.compensates === undefined
        ? [event.input, evaluated(step.input, sample)]
        : undefined
    case 'ScopeEntered':
      return event.items && isArray(evaluated(step.items, sample))
        ? [event.items, evaluated(step.items, sample)]
        : undefined
    case 'TaskCompleted':
    case 'SubOrchestrationInstanceCompleted':
    case 'EventConsumed':
      return event.output === undefined || !isCalm ? undefined : [event.output, evaluated(step.output, sample)]
    case 'EventSent':
      return [event.data, evaluated(step.data, sample)]
    case 'ExecutionCompleted':
      return step.type === 'end' ? [event.output, evaluated(step.output, sample)] : undefined
    case 'ScopeExited':
      return [event.output ?? null, evaluated(step.output, sample)]
    case 'VariablesAssigned':
      if (step.type === 'assign') return [event.variables, evaluated(step.variables, sample)]
      return isCalm && sample.visit?.error === undefined && step.assign !== undefined
        ? [event.variables, evaluated(step.assign, sample)]
        : undefined
    case 'ChoiceTaken': {
      const holds = (isArray(step.choices) ? step.choices : []).findIndex((choice) => {
        const when = isObject(choice) ? choice.when : undefined
        return typeof when === 'string'
          ? compileCondition(expressionSource(when)).test(sample.input, sample.bindings)
          : when === true
      })
      return [event.port, holds]
    }
    default:
      return undefined
  }
}

describe('a look back sees what the engine saw', () => {
  let comparisons = 0
  test.each(examples)('in %s', (name, definition) => {
    for (let seed = 0; seed < 6; seed += 1) {
      const events = runOf(definition, seed)
      const run = readPast(definition, events)
      if (run === undefined) throw new Error('the history has no beginning')
      for (const event of events) {
        const both = compared(run, definition, event)
        if (both === undefined) continue
        comparisons += 1
        expect(both[1], `${name}, seed ${seed}, event ${event.seq} ${event.type}`).toEqual(both[0])
      }
    }
  })

  test('and there was something to compare', () => expect(comparisons).toBeGreaterThan(500))
})

const loop: JsonObject = {
  dsl: '1',
  name: 'loop',
  variables: { total: 0 },
  start: 'each',
  steps: {
    each: {
      type: 'forEach',
      items: '{% $input.orders %}',
      item: 'order',
      body: {
        start: 'price',
        steps: {
          price: { type: 'activity', activity: 'Price', input: '{% $order %}', next: 'note' },
          note: { type: 'assign', variables: { total: 5 } },
        },
      },
      next: 'after',
    },
    after: { type: 'activity', activity: 'Later', next: 'end' },
    end: { type: 'end', output: '{% $steps.after.output %}' },
    island: { type: 'activity', activity: 'Never' },
  },
}

describe('of several executions', () => {
  const run = readPast(loop, runOf(loop, 0, { orders: ['a', 'b'] }))
  if (run === undefined) throw new Error('the history has no beginning')

  test('the latest counts, unless another one is asked for', () => {
    expect(visitsOf(run, 'each/price').map(({ path }) => path)).toEqual(['each[1]/price', 'each[0]/price'])
    expect(pastSample(run, loop, 'each/price').bindings).toMatchObject({ order: 'b', index: 1 })
    expect(pastSample(run, loop, 'each/price', 'each[0]/price').bindings).toMatchObject({ order: 'a', index: 0 })
    expect(pastSample(run, loop, 'each/price', 'each[7]/price').bindings).toMatchObject({ order: 'b' })
  })

  test('a variable is as it was when the step began', () => {
    expect(pastSample(run, loop, 'each/price', 'each[0]/price').bindings.total).toBe(0)
    expect(pastSample(run, loop, 'after').bindings.total).toBe(5)
    expect(pastSample(run, loop, undefined).bindings.total).toBe(0)
  })
})

describe('what is unknown is named with the reason', () => {
  const events = runOf(loop, 0, { orders: ['a'] })
  const run = readPast(loop, events)
  if (run === undefined) throw new Error('the history has no beginning')

  test('a step that completes only later, and one that never does', () => {
    const { unknown, visit } = pastSample(run, loop, 'after')
    expect(visit?.path).toBe('after')
    expect(unknown['$steps.end']).toBe('it had not completed')
    expect(unknown['$steps.after']).toBe('it completed only later')
    expect(unknown['$steps.each']).toBeUndefined()
    expect(unknown.$result).toBeUndefined()
    expect(unknown.$error).toBe('the step did not fail')
  })

  test('a step that the run never came to is shown the end of the run', () => {
    const { unknown, visit, bindings } = pastSample(run, loop, 'island')
    expect(visit).toBeUndefined()
    expect(unknown.$result).toBe('the run did not come here')
    expect(bindings.steps).toMatchObject({ after: { output: { step: 'after' } } })
  })

  test('variables and loops that are newer than the run', () => {
    const newer: JsonObject = {
      ...loop,
      variables: { total: 0, late: 1 },
      steps: {
        again: { type: 'forEach', items: [], body: { start: 'x', steps: { x: { type: 'activity', activity: 'X' } } } },
      },
    }
    const { unknown, bindings } = pastSample(run, newer, 'again/x')
    expect(unknown).toMatchObject({
      $late: 'the run had no such variable',
      $item: 'the run entered no item here',
      $index: 'the run entered no item here',
    })
    expect(bindings).not.toHaveProperty('item')
  })

  test('events that do not begin with the beginning tell nothing', () => {
    expect(readPast(loop, events.slice(1))).toBeUndefined()
    expect(readPast(loop, [])).toBeUndefined()
  })
})

test('after a rewind a step sees what is there by then', () => {
  const definition: JsonObject = {
    dsl: '1',
    name: 'again',
    start: 'call',
    steps: { call: { type: 'activity', activity: 'Call' } },
  }
  const program = compileProgram(definition as never)
  let isBroken = true
  const simulation = new Simulation(program, () =>
    isBroken ? { failure: { type: 'Broken', message: 'no' } } : { result: 'yes' },
  )
  simulation.start(null, 'rewound')
  simulation.run()
  isBroken = false
  simulation.send({ type: 'rewind' })
  simulation.run()
  const run = readPast(definition, simulation.history)
  if (run === undefined) throw new Error('the history has no beginning')
  const { visit, bindings, unknown } = pastSample(run, definition, 'call')
  expect(visitsOf(run, 'call')).toHaveLength(1)
  expect(visit?.from).toBeGreaterThan(simulation.history.findIndex(({ type }) => type === 'ExecutionRewound'))
  expect(bindings.result).toBe('yes')
  expect(unknown.$error).toBe('the step did not fail')
})
