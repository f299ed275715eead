// What the step that stands for extracted ones answers in a simulated run: what those came to with their own made-up
// answers. The child is run wherever the parent comes to call it, on the same core; where it never does, with a sample.
import {
  compileProgram,
  type DefinitionTest,
  EndlessRunError,
  type FakeAnswer,
  type FakeCall,
  type Mock,
  type MockAnswer,
  type Mocks,
  mockFakes,
  mockKey,
  type Program,
  play,
  Simulation,
  startOf,
  type TestEvent,
  usualDelayMs,
} from '@durable-canvas/interpreter/core'
import { formatDuration, hasErrors, type Json, parseDefinition } from '@durable-canvas/schema'
import type { Drawing, Layout } from '../drawing.ts'
import { edit } from '../edit.ts'
import type { JsonObject } from '../json.ts'
import { knownOutputs } from '../known-outputs.ts'
import { mockOfAnswers, mocksOf, testsOf } from '../mocks.ts'
import type { Extraction } from '../operations/extract-steps.ts'
import { sampleOf } from '../sample.ts'
import { rootScope, scopeOf } from '../static-path.ts'
import { stepAt } from '../tree.ts'

/** What the answers are worked out with. */
export interface Given {
  readonly input: Json
  /** What a step without a mock gives. */
  readonly resultOf: (call: Pick<FakeCall, 'kind' | 'name'>) => Json
}

/** Happenings after which a run is taken to have no end. */
const mostHappenings = 500

type TimedAnswer = FakeAnswer & { readonly delay: number }
type ResultOf = Given['resultOf']

interface Told {
  readonly input: Json
  readonly events: readonly TestEvent[]
  /** When the whole run began, which events count from. */
  readonly start: number
}

/** The extraction with an answer of the new step, for the drawing and for its saved tests, if they have any. */
export function answerCall(before: Drawing, extraction: Extraction, given: Given): Extraction {
  const { drawing, label, select } = extraction.edit
  const stage = new Stage(before, extraction)
  const mock = stage.mockOfDrawing(given)
  const layout: Layout = {
    ...drawing.layout,
    ...(mock && { mocks: { ...drawing.layout.mocks, [extraction.call]: mock } }),
    ...(drawing.layout.tests && { tests: stage.tests(drawing.layout.tests, mock) }),
  }
  return { ...extraction, edit: edit(before, { ...drawing, layout }, label, select) }
}

interface Run extends Pick<DefinitionTest, 'input' | 'events' | 'startAt'> {
  readonly mocks: Mocks
  readonly resultOf: ResultOf
}

class Stage {
  readonly #before: Drawing
  readonly #extraction: Extraction
  readonly #parent: Program | undefined
  readonly #child: Program | undefined

  constructor(before: Drawing, extraction: Extraction) {
    this.#before = before
    this.#extraction = extraction
    this.#parent = programOf(extraction.edit.drawing.definition)
    this.#child = programOf(extraction.child.definition)
  }

  /** Undefined: nothing was made up about this workflow, so nothing is about the new step. */
  mockOfDrawing({ input, resultOf }: Given): Mock | undefined {
    const mocks = mocksOf(this.#before.layout)
    if (Object.keys(mocks).length === 0) return undefined
    const run = { mocks, input, resultOf }
    const answers = this.#answers(run)
    return this.#mockOf(answers.length > 0 ? answers : [this.#sampled(run)])
  }

  /** They go on as they did: with an answer of their own where another input makes another one. */
  tests(tests: readonly DefinitionTest[], usual: Mock | undefined): readonly DefinitionTest[] {
    const kept = testsOf(this.#before.layout)
    const { call } = this.#extraction
    return tests.map((test, index) => {
      const old = kept[index]?.test
      if (old === undefined || 'fault' in old) return test
      const mocks = { ...mocksOf(this.#before.layout), ...old.mocks }
      const answers = this.#answers({ ...old, mocks, resultOf: () => null })
      const mock = this.#mockOf(answers)
      const isUsual = answers.length === 0 || JSON.stringify(mock) === JSON.stringify(usual)
      const completes = answers.some((answer) => answer !== undefined && answer.error === undefined)
      return {
        ...test,
        ...(mock && !isUsual && { mocks: { ...test.mocks, [call]: mock } }),
        ...(completes && test.expect.steps && { expect: { ...test.expect, steps: [...test.expect.steps, call] } }),
      }
    })
  }

  #mockOf(answers: readonly (MockAnswer | undefined)[]): Mock | undefined {
    const known = answers.filter((answer) => answer !== undefined)
    return known.length < answers.length ? this.#shaped() : mockOfAnswers(known)
  }

  /** Of all calls that the run makes, in their order; undefined for a child that comes to no end. */
  #answers(run: Run): readonly (MockAnswer | undefined)[] {
    const { input = null, events = [], startAt, mocks, resultOf } = run
    const program = this.#parent
    if (program === undefined) return []
    const start = startOf(startAt)
    const answers: (MockAnswer | undefined)[] = []
    const others = mockFakes(program, () => mocks, { resultOf })
    const simulation: Simulation = new Simulation(
      program,
      (call) => {
        if (mockKey(call) !== this.#extraction.call) return others(call)
        const answer = this.#run(run, call.input, simulation.now)
        answers.push(answer && mockAnswer(answer))
        return answer ?? null
      },
      start,
    )
    playToRest(program, simulation, { input, events, start })
    return answers
  }

  #sampled(run: Run): MockAnswer | undefined {
    const answer = this.#run(run, sampleOf(this.#extraction.child.definition.input), startOf())
    return answer && mockAnswer(answer)
  }

  /** The child from where it is called on; undefined if it comes to no end. */
  #run({ mocks, events = [], startAt, resultOf }: Run, input: Json, now: number): TimedAnswer | undefined {
    const program = this.#child
    if (program === undefined) return undefined
    const own = Object.entries(mocks).flatMap(([path, mock]) => {
      const inside = this.#inChild(path)
      return inside === undefined ? [] : [[inside, mock] as const]
    })
    const simulation = new Simulation(
      program,
      mockFakes(program, () => Object.fromEntries(own), { resultOf }),
      now,
    )
    const heard = events.map((event) => {
      const after = event.after === undefined ? undefined : this.#inChild(event.after)
      return after === undefined ? event : { ...event, after }
    })
    playToRest(program, simulation, { input, events: heard, start: startOf(startAt) })
    const { status, output, failure } = simulation.state
    const delay = simulation.now - now
    if (status === 'Completed') return { result: output, delay }
    if (failure === null) return undefined
    return { failure: { type: 'SubOrchestrationFailed', message: failure.message }, delay }
  }

  /** What the ends of the child tell of its output. */
  #shaped(): Mock | undefined {
    const { definition } = this.#extraction.child
    const { expected } = knownOutputs({ activities: [], called: () => definition })
    const schema = expected({ type: 'subOrchestration', definition: 'child' })
    return schema === undefined ? undefined : { result: sampleOf(schema) }
  }

  /** The path of an extracted step in the child. */
  #inChild(path: string): string | undefined {
    const { call, child } = this.#extraction
    const scope = scopeOf(call)
    const inside = scope === rootScope ? path : path.startsWith(`${scope}/`) ? path.slice(scope.length + 1) : undefined
    const isThere = inside !== undefined && stepAt(child.definition, inside) !== undefined
    return isThere && stepAt(this.#extraction.edit.drawing.definition, path) === undefined ? inside : undefined
  }
}

function programOf(definition: JsonObject): Program | undefined {
  const { definition: parsed, problems } = parseDefinition(definition)
  return parsed === null || hasErrors(problems) ? undefined : compileProgram(parsed, { version: 1 })
}

/** A run that does not rest is one of those that come to no end. */
function playToRest(program: Program, simulation: Simulation, { input, events, start }: Told): void {
  try {
    play(program, simulation, { input, events }, { start, most: mostHappenings })
  } catch (error) {
    if (!(error instanceof EndlessRunError)) throw error
  }
}

function mockAnswer(answer: TimedAnswer): MockAnswer {
  const delay = answer.delay === usualDelayMs ? {} : { delay: formatDuration(answer.delay) }
  if ('result' in answer) return { result: answer.result, ...delay }
  const { type, message } = answer.failure
  return { error: { type, message }, ...delay }
}
