import { expect, test } from 'vitest'
import { comparisonOf } from './comparison.ts'
import type { Drawing } from './drawing.ts'
import { emptyLayout } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { layoutDifferences } from './layout-differences.ts'
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
