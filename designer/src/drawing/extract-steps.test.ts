// The parent with the child does what the parent alone did: run on the core, with the same answers.
import {
  compileProgram,
  type FakeAnswer,
  type Fakes,
  type Mocks,
  mockFakes,
  Simulation,
} from '@durable-canvas/interpreter/core'
import { type Definition, hasErrors, type Json, parseDefinition } from '@durable-canvas/schema'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Drawing } from './drawing.ts'
import { patched } from './edit.ts'
import { answerCall } from './extract/mocked-call.ts'
import { planExtraction } from './extract/plan.ts'
import { isRefusal } from './extract/region.ts'
import type { JsonObject } from './json.ts'
import { extractSteps } from './operations/extract-steps.ts'
import { randomWorkflow } from './random-workflows.ts'
import { allSteps, scopesIn, stepsIn } from './tree.ts'

vi.setConfig({ testTimeout: 60_000 })

const childName = 'the-child'

function programOf(definition: JsonObject) {
  const { definition: parsed, problems } = parseDefinition(definition)
  if (parsed === null || hasErrors(problems)) {
    throw new Error(`it has problems: ${JSON.stringify(problems)}\n${JSON.stringify(definition, null, 1)}`)
  }
  return compileProgram(parsed as Definition, { version: 1, limits: { maxInstantSteps: 500 } } as never)
}

interface Outcome {
  readonly status: string
  readonly output: Json
  readonly took: number
  readonly why: unknown
}

function run(drawing: Drawing, input: Json, at = 0, child?: Drawing): Outcome {
  const program = programOf(drawing.definition)
  const mocks: Mocks = drawing.layout.mocks ?? {}
  const own = mockFakes(program, () => mocks)
  let now = () => at
  const fakes: Fakes = (call) => {
    if (child === undefined || call.name !== childName) return own(call)
    const inner = run(child, call.input, now())
    return answerOf(inner)
  }
  const simulation = new Simulation(program, fakes, at)
  now = () => simulation.now
  simulation.start(input)
  simulation.run(400)
  const { status, output, failure } = simulation.state
  return { status, output: status === 'Completed' ? output : null, took: simulation.now - at, why: failure }
}

function answerOf({ status, output, took, why }: Outcome): FakeAnswer | null {
  if (status === 'Completed') return { result: output, delay: took }
  if (status !== 'Failed') return null
  const message = JSON.stringify(why)
  return { failure: { type: 'SubOrchestrationFailed', message }, delay: took }
}

function scopesOf(definition: JsonObject): string[] {
  return ['', ...allSteps(definition).flatMap(({ path, step }) => scopesIn(path, step).map(({ scope }) => scope))]
}

const input = {
  n: 2,
  order: {
    total: 12,
    lines: [
      { name: 'a', price: 1 },
      { name: 'b', price: 2 },
    ],
  },
}

describe('random workflows', () => {
  const counts = { extracted: 0, refused: 0, completed: 0 }

  test('give the same after steps were taken out into a child, or say why they cannot be', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(100), fc.nat(100), fc.nat(6), (seed, which, from, length) => {
        const drawing = randomWorkflow(seed)
        fc.pre(!hasErrors(parseDefinition(drawing.definition).problems))
        const scopes = scopesOf(drawing.definition)
        const steps = stepsIn(drawing.definition, scopes[which % scopes.length] ?? '')
        const begin = from % steps.length
        const paths = steps.slice(begin, begin + 1 + length).map(({ path }) => path)
        const plan = planExtraction(drawing.definition, paths)
        if (isRefusal(plan)) {
          counts.refused += 1
          return
        }
        const { edit, child } = extractSteps(drawing, plan, childName)
        counts.extracted += 1
        expect(JSON.stringify(patched(edit.drawing, edit.inverse))).toBe(JSON.stringify(drawing))
        const before = run(drawing, input)
        const after = run(edit.drawing, input, 0, child)
        if (before.status === 'Completed') counts.completed += 1
        expect(
          { status: after.status, output: after.output },
          JSON.stringify(
            { why: after.why, before: before.why, paths, drawing, edit: edit.drawing.definition, child },
            null,
            1,
          ),
        ).toEqual({ status: before.status, output: before.output })
      }),
      { numRuns: 60 },
    )
  })

  test('were taken out often enough to mean something', () => {
    expect(counts.extracted).toBeGreaterThan(15)
    expect(counts.completed).toBeGreaterThan(10)
    expect(counts.refused).toBeGreaterThan(10)
  })
})

describe('the examples of the language', () => {
  const examples = Object.entries(
    import.meta.glob<JsonObject>('../../../schema/examples/*.json', { eager: true, import: 'default' }),
  ).map(([file, definition]) => [file.slice(file.lastIndexOf('/') + 1), definition] as const)

  const answer = { done: true, valid: true, celsius: 40, price: 5, transactionId: 't', jobId: 'j', result: 1 }

  test.each(examples)('%s gives the same, whatever row of its steps is taken out', (_, definition) => {
    // Of different lengths, so that what is a tie in no reading of the clock is none here.
    const activities = allSteps(definition).filter(({ step }) => step.type === 'activity')
    const mocks = Object.fromEntries(
      activities.map(({ path }, index) => [
        path,
        { result: { ...answer, got: '{% $input %}' }, delay: `PT${1 + index * 0.37}S` },
      ]),
    )
    const drawing: Drawing = { definition, layout: { positions: {}, mocks } }
    const given = (definition.input as { examples?: Json[] } | undefined)?.examples?.[0] ?? {}
    const before = run(drawing, given)
    for (const scope of scopesOf(definition)) {
      const paths = stepsIn(definition, scope).map(({ path }) => path)
      for (const [from] of paths.entries()) {
        for (let to = from + 1; to <= paths.length; to += 1) {
          const plan = planExtraction(definition, paths.slice(from, to))
          if (isRefusal(plan)) continue
          const bare = extractSteps(drawing, plan, childName)
          const { edit, child } = answerCall(drawing, bare, { input: given, resultOf: () => null })
          expect(JSON.stringify(patched(edit.drawing, edit.inverse))).toBe(JSON.stringify(drawing))
          if (before.status === 'Completed' && activities.length > 0) {
            const alone = run(edit.drawing, given)
            expect([alone.status, alone.output], `${paths.slice(from, to).join()}, made up`).toEqual([
              before.status,
              before.output,
            ])
          }
          const { status, output } = run(edit.drawing, given, 0, child)
          expect({ status, output }, paths.slice(from, to).join()).toEqual({
            status: before.status,
            output: before.output,
          })
        }
      }
    }
  })
})

const order = (steps: JsonObject, more: JsonObject = {}): Drawing => ({
  definition: { dsl: '1', name: 'order', start: Object.keys(steps)[0] ?? '', ...more, steps },
  layout: { positions: {} },
})

function extracted(drawing: Drawing, paths: readonly string[]) {
  const plan = planExtraction(drawing.definition, paths)
  if (isRefusal(plan)) throw new Error(plan.reason)
  const { edit, child, call } = extractSteps(drawing, plan, 'take-payment', 'Take the payment')
  return { parent: edit.drawing, child, call, plan, edit }
}

const reasonOf = (drawing: Drawing, paths: readonly string[]) => {
  const plan = planExtraction(drawing.definition, paths)
  return isRefusal(plan) ? plan.reason : 'none'
}

describe('an extraction', () => {
  const activity = (next: string | undefined, input: Json, more: JsonObject = {}): Json => ({
    type: 'activity',
    activity: 'Do',
    input,
    ...more,
    ...(next !== undefined && { next }),
  })
  const body = (inner: JsonObject): Json => ({ start: Object.keys(inner)[0] ?? '', steps: inner })
  const steps: JsonObject = {
    check: activity('pay', '{% $input.order %}'),
    pay: activity('book', {
      amount: '{% $input.order.total + $steps.check.output.fee /* $input */ & "$input" %}',
      to: '{% $account %}',
    }),
    book: activity('tell', '{% $steps.pay.output.id %}', { assign: { booked: '{% $result.at %}' } }),
    tell: activity(undefined, { id: '{% $steps.pay.output.id %}', at: '{% $booked %}' }),
  }
  const drawing = order(steps, { variables: { account: 'a', booked: null } })

  test('passes what is read from outside as fields, and hands back what is read later', () => {
    const { parent, child, call } = extracted(drawing, ['pay', 'book'])
    expect(call).toBe('takePayment')
    expect(parent.definition.steps).toEqual({
      check: { ...(steps.check as JsonObject), next: 'takePayment' },
      takePayment: {
        type: 'subOrchestration',
        title: 'Take the payment',
        definition: 'take-payment',
        input: {
          order: '{% $input.order %}',
          check: '{% $steps.check.output %}',
          account: '{% $account %}',
        },
        assign: { booked: '{% $result.booked %}' },
        next: 'tell',
      },
      tell: activity(undefined, { id: '{% $steps.takePayment.output.pay.id %}', at: '{% $booked %}' }),
    })
    expect(child.definition).toEqual({
      dsl: '1',
      name: 'take-payment',
      title: 'Take the payment',
      input: {
        type: 'object',
        properties: { order: {}, check: {}, account: {} },
        required: ['check', 'account'],
      },
      start: 'pay',
      steps: {
        pay: activity('book', {
          amount: '{% $input.order.total + $input.check.fee /* $input */ & "$input" %}',
          to: '{% $input.account %}',
        }),
        book: activity('done', '{% $steps.pay.output.id %}', { assign: { booked: '{% $result.at %}' } }),
        done: {
          type: 'end',
          title: 'Done',
          output: { pay: '{% $steps.pay.output %}', booked: '{% $booked %}' },
        },
      },
    })
  })

  test('keeps the order of the steps, and one undo takes it back', () => {
    const { parent, edit } = extracted(drawing, ['pay', 'book'])
    expect(Object.keys(parent.definition.steps as JsonObject)).toEqual(['check', 'takePayment', 'tell'])
    expect(patched(parent, edit.inverse)).toEqual(drawing)
    expect([edit.label, edit.select]).toEqual(['Extract take-payment', ['takePayment']])
  })

  test('of the whole scope leaves one step, which gives what the scope gave', () => {
    const { parent, child } = extracted(drawing, ['check', 'pay', 'book', 'tell'])
    expect(parent.definition).toMatchObject({ start: 'takePayment' })
    expect(Object.keys(child.definition.steps as JsonObject)).toEqual(['check', 'pay', 'book', 'tell'])
    expect(child.definition.variables).toEqual({ booked: '{% $input.booked %}' })
  })

  test('shows the child that something is missing where that makes a difference', () => {
    const asks = order({ a: activity(undefined, { is: '{% $exists($input.gift) %}', n: '{% $input.name %}' }) })
    expect(extracted(asks, ['a']).parent.definition.steps).toMatchObject({
      takePayment: { input: '{% $context.{ "gift": $input.gift, "name": $input.name } %}' },
    })
  })

  test('out of a forEach takes the item along, and the input of the scope where it is looked at', () => {
    const each = order({
      each: {
        type: 'forEach',
        items: [1],
        item: 'line',
        body: {
          start: 'a',
          steps: { a: activity('b', '{% [$line.sku, $index, sku, $] %}'), b: activity(undefined, 1) },
        },
      },
    })
    const { parent, child } = extracted(each, ['each/a'])
    expect(parent.definition.steps).toMatchObject({
      each: {
        body: {
          start: 'takePayment',
          steps: { takePayment: { input: { line: '{% $line %}', index: '{% $index %}', scope: '{% $$ %}' } } },
        },
      },
    })
    expect(child.definition.steps).toMatchObject({
      a: { input: '{% [$input.line.sku, $input.index, $input.scope.sku, $input.scope] %}' },
    })
  })

  const size = { x: 0, y: 0, width: 100, height: 80 }
  const group = (members: readonly string[]) => ({ id: 'g', scope: '', title: 'Money', members, ...size })
  const note = (id: string, step: string) => ({ id, scope: '', text: id, ...size, beside: { step, x: 9, y: 9 } })

  test('carries places, folds, mocks, notes and whole groups along', () => {
    const laid: Drawing = {
      ...drawing,
      layout: {
        positions: { check: { x: 0, y: 0 }, pay: { x: 10, y: 100 }, book: { x: 10, y: 200 }, tell: { x: 0, y: 300 } },
        mocks: { pay: { result: 1 }, tell: { result: 2 } },
        groups: [group(['pay', 'book'])],
        notes: [note('n', 'pay'), note('m', 'tell')],
      },
    }
    const { parent, child } = extracted(laid, ['pay', 'book'])
    expect(parent.layout).toEqual({
      positions: { check: { x: 0, y: 0 }, takePayment: { x: 10, y: 100 }, tell: { x: 0, y: 300 } },
      mocks: { tell: { result: 2 } },
      groups: [group(['takePayment'])],
      notes: [note('m', 'tell')],
    })
    expect(child.layout.positions).toMatchObject({ pay: { x: 10, y: 100 }, book: { x: 10, y: 200 }, done: { x: 10 } })
    expect(child.layout.mocks).toEqual({ pay: { result: 1 } })
    expect(child.layout.groups).toEqual([group(['pay', 'book'])])
    expect(child.layout.notes).toEqual([note('n', 'pay')])
  })

  test('says what will be a little different', () => {
    const shown = order({ a: activity('b', 1, { status: 'busy' }), b: { type: 'end' } })
    expect(extracted(shown, ['a']).plan.notes).toEqual([
      'The custom status that “a” sets will be the child’s.',
      'A failure in the child arrives here as SubOrchestrationFailed.',
    ])
  })

  test.each<[string, readonly string[], JsonObject, JsonObject?]>([
    ['Select the steps', [], { a: { type: 'end' } }],
    ['different scopes', ['s', 's/x'], { s: { type: 'scope', body: { start: 'x', steps: { x: { type: 'end' } } } } }],
    [
      'entered in more than one place',
      ['b', 'c'],
      {
        a: { type: 'choice', choices: [{ when: true, next: 'b' }], otherwise: 'c' },
        b: activity('c', 1),
        c: activity(undefined, 1),
      },
    ],
    [
      'left in more than one place',
      ['a'],
      {
        a: { type: 'choice', choices: [{ when: true, next: 'b' }], otherwise: 'c' },
        b: activity('c', 1),
        c: activity(undefined, 1),
      },
    ],
    [
      'caught outside of the selection',
      ['a'],
      { a: activity('b', 1, { catch: [{ errors: ['*'], next: 'c' }] }), b: activity('c', 1), c: { type: 'end' } },
    ],
    [
      'another one ends',
      ['a', 'b'],
      {
        a: { type: 'choice', choices: [{ when: true, next: 'b' }], otherwise: 'c' },
        b: { type: 'end' },
        c: { type: 'end' },
      },
    ],
    ['Nothing leads', ['b'], { a: { type: 'end' }, b: { type: 'end' } }],
    ['leads out of the selection to no step', ['a'], { a: activity('ghost', 1) }],
    ['begins the whole instance anew', ['a'], { a: { type: 'continueAsNew' } }],
    ['correlation key', ['a'], { a: { type: 'waitForEvent', event: 'e', next: 'b' }, b: { type: 'end' } }],
    [
      'could no longer undo',
      ['a'],
      {
        a: activity('b', 1, { compensate: { activity: 'Undo' } }),
        b: { type: 'compensate', next: 'c' },
        c: { type: 'end' },
      },
    ],
    [
      'would not undo',
      ['b'],
      {
        a: activity('b', 1, { compensate: { activity: 'Undo' } }),
        b: { type: 'compensate', next: 'c' },
        c: { type: 'end' },
      },
    ],
    [
      'first value',
      ['a'],
      {
        a: { type: 'choice', choices: [{ when: true, next: 'b' }], otherwise: 'c' },
        b: { type: 'assign', variables: { x: 1 }, next: 'c' },
        c: activity(undefined, '{% $x %}'),
      },
    ],
    ['cannot be read', ['a'], { a: activity('b', '{% 1 + %}'), b: { type: 'end' } }],
    ['without naming it', ['a'], { a: activity('b', '{% **.x %}'), b: { type: 'end' } }],
    ['cannot be followed', ['a'], { a: activity('b', '{% $keys($steps) %}'), b: { type: 'end' } }],
    ['as a whole', ['b'], { a: activity('b', 1), b: activity('c', '{% $steps.a %}'), c: { type: 'end' } }],
    [
      'Rounds of “each” change the variable “v” at the same time',
      ['each/a'],
      {
        each: {
          type: 'forEach',
          items: [1, 2],
          body: body({ a: activity(undefined, 1, { assign: { v: '{% $v + 1 %}' } }) }),
        },
      },
      { variables: { v: 0 } },
    ],
    [
      'Another branch of “fork” uses the variable “v”',
      ['fork[left]/a'],
      {
        fork: {
          type: 'parallel',
          branches: {
            left: body({ a: activity(undefined, '{% $v %}') }),
            right: body({ b: { type: 'assign', variables: { v: 1 } } }),
          },
        },
      },
      { variables: { v: 0 } },
    ],
    [
      'tells failures apart',
      ['try/a'],
      {
        try: { type: 'scope', body: body({ a: activity(undefined, 1) }), catch: [{ errors: ['Late'], next: 'z' }] },
        z: { type: 'end' },
      },
    ],
    [
      'would then not have what the selection had set',
      ['try/a'],
      {
        try: {
          type: 'scope',
          body: body({ a: activity('b', 1, { assign: { v: 1 } }), b: { type: 'end' } }),
          catch: [{ errors: ['*'], next: 'z' }],
        },
        z: { type: 'end', output: '{% $v %}' },
      },
      { variables: { v: 0 } },
    ],
    [
      'the round before',
      ['a', 'b'],
      {
        a: activity('b', '{% $steps.b.output %}'),
        b: activity('c', 1),
        c: { type: 'choice', choices: [{ when: false, next: 'a' }], otherwise: 'd' },
        d: { type: 'end' },
      },
    ],
  ])('is refused: %s', (reason, paths, broken, more) => {
    const asked = paths.length > 0 && reason === 'first value' ? ['a', 'b'] : paths
    expect(reasonOf(order(broken, more), asked)).toContain(reason)
  })
})
