import { expect, test } from 'vitest'
import { comparisonOf } from './comparison.ts'
import { diagramOf } from './diagram.ts'
import type { Drawing } from './drawing.ts'
import { emptyLayout } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { layoutDifferences } from './layout-differences.ts'
import { ScopeMeasure } from './scope-measure.ts'
import { changesBetween } from './version-differences.ts'

const of = (definition: JsonObject, layout = emptyLayout): Drawing => ({ definition, layout })
const body = (steps: JsonObject) => ({ start: Object.keys(steps)[0] ?? '', steps })
const before = of(
  body({
    a: { type: 'activity', next: 'gone' },
    gone: { type: 'timer', next: 'each' },
    each: { type: 'forEach', items: [], body: body({ x: { type: 'end' }, y: { type: 'end' } }) },
    fork: { type: 'parallel', branches: { left: body({ l: { type: 'end' } }), right: body({ r: { type: 'end' } }) } },
  }),
  { positions: { gone: { x: 9, y: 9 }, 'each/y': { x: 1, y: 1 } } },
)
const after = of(
  body({
    a: { type: 'activity', title: 'Now', next: 'each' },
    each: { type: 'forEach', items: [], body: body({ x: { type: 'end' } }) },
    fork: { type: 'parallel', branches: { right: body({ r: { type: 'end' } }) } },
    fresh: { type: 'end' },
  }),
  { positions: { a: { x: 0, y: 0 } } },
)

test('what the later one has no longer stands in the picture, in its old place where others have places', () => {
  const { drawing, differences } = comparisonOf(before, after)
  expect(Object.fromEntries(differences)).toEqual({
    a: 'changed',
    gone: 'removed',
    'each/y': 'removed',
    fork: 'changed',
    fresh: 'added',
  })
  expect(drawing.definition).toMatchObject({
    steps: { gone: { type: 'timer', next: 'each' }, each: { body: { steps: { x: {}, y: { type: 'end' } } } } },
  })
  expect(drawing.layout.positions).toEqual({ a: { x: 0, y: 0 }, gone: { x: 9, y: 9 } })
})

test('edges that are gone are drawn with those that came, also to and from steps that are gone', () => {
  const { drawing, edgeDifferences } = comparisonOf(before, after)
  expect(Object.fromEntries(edgeDifferences)).toEqual({
    'a:next:gone': 'removed',
    'gone:next:each': 'removed',
    'a:next:each': 'added',
  })
  const { edges } = diagramOf(drawing)
  expect(edges.map(({ id }) => id)).toEqual(expect.arrayContaining(['a:next:gone', 'a:next:each', 'gone:next:each']))
  expect(edges.find(({ id }) => id === 'a:next:gone')).toMatchObject({ scope: '', port: 'next', isBack: false })
  expect(comparisonOf(before, before).drawing).toBe(before)
})

test('what is laid out by itself stands in the row where it stood, in a scope too', () => {
  const chain = (ids: readonly string[]) =>
    body(
      Object.fromEntries(
        ids.map((id, index) => [id, { type: 'timer', ...(ids[index + 1] && { next: ids[index + 1] }) }]),
      ) as JsonObject,
    )
  const within = (ids: readonly string[]) => of(body({ s: { type: 'scope', body: chain(ids) } }))
  const { drawing } = comparisonOf(within(['a', 'b', 'c']), within(['a', 'c']))
  const rows = (one: Drawing) => {
    const { places } = new ScopeMeasure(one).scope('s')
    return ['s/a', 's/b', 's/c'].map((path) => places.get(path)?.y ?? Number.NaN)
  }
  const [a = 0, b = 0, c = 0] = rows(drawing)
  expect([a < b, b < c]).toEqual([true, true])
  const { lost: _lost, ...without } = drawing
  expect(rows(without)[1]).toBeLessThan(b)
})

test('a choice that only stands elsewhere is the same edge; one without its port leaves by another', () => {
  const choice = (targets: readonly string[], more: JsonObject = {}) => ({
    type: 'choice',
    choices: targets.map((next) => ({ when: `{% $${next} %}`, next })),
    ...more,
  })
  const ends = { x: { type: 'end' }, y: { type: 'end' }, z: { type: 'end' } }
  const old = of(body({ pick: choice(['x', 'y'], { otherwise: 'z' }), act: { type: 'timer', next: 'x' }, ...ends }))
  const turned = of(body({ pick: choice(['y', 'x'], { otherwise: 'z' }), act: { type: 'timer', next: 'x' }, ...ends }))
  expect([...comparisonOf(old, turned).edgeDifferences]).toEqual([])
  const fewer = of(body({ pick: choice([], { otherwise: 'z' }), act: { type: 'end' }, ...ends }))
  const { drawing } = comparisonOf(old, fewer)
  expect(drawing.lost?.map(({ id, port, label }) => [id, port, label])).toEqual([
    ['pick:choice/0:x', 'otherwise', '$x'],
    ['pick:choice/1:y', 'otherwise', '$y'],
  ])
  const caught = { type: 'timer', next: 'x', catch: [{ errors: ['*'], next: 'y' }] }
  const odd: JsonObject = { type: 'tomorrow', catch: [{ errors: ['*'], next: 'y' }] }
  const first = of(body({ pick: choice(['x']), ...ends, act: caught, text: 'no step' as never }))
  expect(comparisonOf(first, of(body({ pick: odd, ...ends, act: odd }))).drawing.lost?.map(({ port }) => port)).toEqual(
    ['catch/0', 'catch/0'],
  )
})

test('where the flow begins may have moved; what leads from or to no step is not drawn', () => {
  const old = of({ start: 'a', steps: { a: { type: 'timer', next: 'ghost' }, b: { type: 'end' } } })
  const now = of({ start: 'b', steps: { a: { type: 'timer' }, b: { type: 'end' } } })
  expect(Object.fromEntries(comparisonOf(old, now).edgeDifferences)).toEqual({
    '@start:start:a': 'removed',
    '@start:start:b': 'added',
  })
  const none = of({ steps: { b: { type: 'end' }, a: 'no step' } })
  expect([...comparisonOf(old, none).edgeDifferences]).toEqual([])
})

test('a scope that is laid out by itself stays so, and one that lost all its steps has them again', () => {
  const empty = of(body({ a: { type: 'activity' }, each: { type: 'forEach', items: [], body: { start: '' } } }))
  const { drawing } = comparisonOf(before, empty)
  expect(drawing.layout.positions).toEqual({})
  expect(drawing.definition).toMatchObject({ steps: { each: { body: { steps: { x: {}, y: {} } } } } })
})

test('places inside of a step that is gone come back with it', () => {
  const { drawing } = comparisonOf(before, of(body({ a: { type: 'activity' } })))
  expect(drawing.layout.positions).toEqual({ 'each/y': { x: 1, y: 1 } })
})

test('a step that has become another type has changed, whatever it held; what was no step is not drawn', () => {
  const now = of(body({ a: { type: 'activity', next: 'gone' }, each: { type: 'end' }, body: { type: 'end' } }))
  const old = of({ ...before.definition, steps: { ...(before.definition.steps as JsonObject), text: 'no step' } })
  const { differences, drawing } = comparisonOf(old, now)
  expect(Object.fromEntries(differences)).toEqual({
    each: 'changed',
    gone: 'removed',
    fork: 'removed',
    text: 'removed',
    body: 'added',
  })
  expect(drawing.definition.steps).not.toHaveProperty('text')
})

test('what is half finished or of another kind is compared, too', () => {
  const odd: JsonObject = {
    steps: {
      text: 'no step',
      bare: { type: 'forEach', body: 'none' },
      fork: { type: 'parallel', branches: { left: 5 } },
      none: { type: 'parallel', branches: [] },
    },
  }
  expect(changesBetween({}, odd).map(({ type, step }) => `${type} ${step}`)).toEqual([
    'added text',
    'added bare',
    'added fork',
    'added none',
  ])
  expect(changesBetween(odd, { ...odd, steps: 'none' }).map(({ field }) => field)).toContain('steps, unreadable')
  expect(changesBetween(odd, odd)).toEqual([])
  const mended = {
    steps: {
      ...(odd.steps as JsonObject),
      text: { type: 'end' },
      bare: { type: 'forEach', body: body({ x: { type: 'end' } }) },
    },
  }
  expect(changesBetween(odd, mended).map(({ step, field }) => `${step} ${field}`)).toEqual([
    'text type',
    'text unreadable',
    'bare body, unreadable',
    'bare undefined',
  ])
})

test('what differs beside the definition is told in words', () => {
  expect(layoutDifferences(before.layout, before.layout)).toEqual([])
  expect(
    layoutDifferences(
      { positions: {}, mocks: { a: { result: 1 } }, tests: [{ name: 'old', expect: {} }] },
      {
        positions: { a: { x: 1, y: 1 } },
        mocks: { b: { silent: true } },
        tests: [{ name: 'new', expect: {} }, { expect: {} } as never],
        notes: [],
        groups: [],
      },
    ),
  ).toEqual(['answer of b', 'answer of a', 'test new', 'test ', 'test old', 'notes', 'groups', 'places on the canvas'])
})
