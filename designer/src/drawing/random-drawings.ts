// Documents for the tests of this room: nested, with loops and dangling edges, sometimes half finished or of a shape
// that nobody foresaw.
import type { Json } from '@durable-canvas/schema'
import fc from 'fast-check'
import type { Drawing, Layout } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { scopeOf as scopeOfPath } from './static-path.ts'
import { allSteps } from './tree.ts'

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e-1')
const target = fc.oneof({ weight: 8, arbitrary: id }, { weight: 1, arbitrary: fc.constantFrom('', 'ghost') })
const expression = fc.constantFrom(
  '{% $steps.a.output.x %}',
  '{% $input.total > 100 and $steps.`e-1`.output %}',
  '{%  %}',
)
const value: fc.Arbitrary<Json> = fc.oneof(
  expression,
  fc.constantFrom<Json>(1, 'text', null, { k: '{% $steps.b.output %}' }, [1, 2]),
)
const catches = fc.array(fc.record({ errors: fc.constant(['*']), next: target }, { requiredKeys: ['errors'] }), {
  minLength: 1,
  maxLength: 3,
})
const common = { title: fc.string({ maxLength: 8 }), next: target, input: value, catch: catches }
const optional = { requiredKeys: [] as [] }

const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record(common, optional).map((fields): JsonObject => ({ type: 'activity', activity: 'Do', ...fields })),
  fc
    .record({ next: target, onTimeout: target, timeout: fc.constant('PT1S') }, optional)
    .map((fields): JsonObject => ({ type: 'waitForEvent', event: 'e', ...fields })),
  fc
    .record(
      {
        choices: fc.array(fc.record({ when: expression, next: target }, { requiredKeys: ['when'] }), { maxLength: 4 }),
        otherwise: target,
      },
      { requiredKeys: ['choices'] },
    )
    .map((fields): JsonObject => ({ type: 'choice', ...fields })),
  fc.constantFrom<JsonObject>(
    { type: 'end' },
    { type: 'fail', error: { type: 'X' } },
    { type: 'timer', delay: 'PT1S', next: 'b' },
    { type: 'compensate', scope: 'a' },
  ),
  fc.constantFrom<JsonObject>(
    {
      type: 'tomorrow',
      next: 'a',
      otherwise: 'b',
      onTimeout: 'c',
      body: { start: 'x', steps: { x: { type: 'end' } } },
    },
    { type: 'activity', next: 5 },
    { note: 'no type' },
  ),
)

const scopeOf = (step: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> =>
  fc.record({
    start: target,
    steps: fc
      .dictionary(
        id,
        fc.oneof(
          { weight: 9, arbitrary: step as fc.Arbitrary<Json> },
          { weight: 1, arbitrary: fc.constantFrom<Json>(null, 7) },
        ),
        { maxKeys: 5 },
      )
      .map((steps): Json => ({ ...steps })),
  })

const { step } = fc.letrec<{ step: JsonObject; scope: JsonObject }>((tie) => ({
  scope: scopeOf(tie('step')),
  step: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .tuple(
        fc.dictionary(fc.constantFrom('left', 'right', 'third'), tie('scope'), { maxKeys: 3 }),
        fc.record(common, optional),
      )
      .map(([branches, fields]): JsonObject => ({ type: 'parallel', branches: { ...branches }, ...fields })),
    fc
      .tuple(tie('scope'), fc.constantFrom('forEach', 'scope'), fc.record(common, optional))
      .map(([body, type, fields]): JsonObject => ({ type, body, ...(type === 'forEach' && { items: [] }), ...fields })),
  ),
}))

export const randomDefinition: fc.Arbitrary<JsonObject> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        scopeOf(step),
        fc.record({ variables: fc.constant({ v: '{% $steps.a.output %}' }), title: fc.string() }, optional),
      )
      .map(([scope, fields]): JsonObject => ({ dsl: '1', name: 'random', ...fields, ...scope })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonObject>(
      {},
      { start: 3, steps: [] },
      {
        steps: {
          'a/b[c]': {
            type: 'scope',
            body: { start: '@x', steps: { '': { type: 'end' }, '@x': { type: 'activity' } } },
          },
        },
        start: 'a/b[c]',
      },
    ),
  },
)

/** With places for some boxes, and for one that is not there. */
export const randomDrawing: fc.Arbitrary<Drawing> = fc
  .tuple(randomDefinition, fc.array(fc.nat(200), { maxLength: 6 }), fc.boolean())
  .map(([definition, numbers, isCollapsed]) => {
    const paths = allSteps(definition).map(({ path }) => path)
    const placed = numbers.flatMap((number) => {
      const path = paths[number % Math.max(1, paths.length)]
      return path === undefined ? [] : [[path, { x: number, y: number * 2 }] as const]
    })
    const first = paths[0]
    return {
      definition,
      layout: {
        positions: { ...Object.fromEntries(placed), 'gone/away': { x: 1, y: 1 } },
        ...(isCollapsed &&
          first !== undefined && {
            collapsed: [first],
            mocks: { [first]: { result: 1 } },
          }),
        ...(numbers.length % 2 === 1 && randomMarks(paths, numbers)),
      },
    }
  })

/** Notes and groups in some scopes, beside boxes and around them; and what nobody can read. */
function randomMarks(paths: readonly string[], numbers: readonly number[]): Pick<Layout, 'notes' | 'groups'> {
  const path = (index: number) => paths[(numbers[index % numbers.length] ?? 0) % Math.max(1, paths.length)] ?? 'gone'
  const number = numbers[0] ?? 0
  const notes: readonly Json[] = [
    { id: 'n', scope: '', text: 'A note', x: number, y: -number, width: 120, height: 40 },
    {
      id: 'b/[x]',
      scope: scopeOfPath(path(1)),
      text: 'beside',
      x: 1,
      y: 2,
      beside: { step: path(1), x: 240, y: 0 },
      colour: 'teal',
    },
    { id: 'n', text: 'again', x: 0, y: 0 },
    { id: 7, mood: 'strange' },
    'none',
  ]
  const groups: readonly Json[] = [
    { id: 'g', title: 'G', members: [path(0), path(1)] },
    {
      id: 'empty',
      scope: '',
      title: 'Empty',
      members: [],
      x: number * 3,
      y: 40,
      width: 200,
      height: 90,
      colour: 'mauve',
    },
    {
      id: 'roomy',
      scope: scopeOfPath(path(2)),
      title: 'Roomy',
      members: [path(2), path(3), 'gone'],
      room: { left: 60, top: 60, right: 4, bottom: 30 },
    },
    { title: 'no id', members: 'none' },
    null,
  ]
  return { notes, groups } as unknown as Pick<Layout, 'notes' | 'groups'>
}
