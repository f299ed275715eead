import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Drawing } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { mergeDrawings } from './merge.ts'
import { randomDrawing } from './random-drawings.ts'

const of = (steps: JsonObject, more: JsonObject = {}): Drawing => ({
  definition: { dsl: '1', name: 'm', start: 'a', ...more, steps },
  layout: { positions: {} },
})
const base = of({
  a: { type: 'activity', next: 'b' },
  b: { type: 'end' },
  each: { type: 'forEach', items: [], body: { start: 'x', steps: { x: { type: 'end' } } } },
})

test('steps that only one side changed are taken from that side', () => {
  const mine = of({ ...(base.definition.steps as JsonObject), a: { type: 'activity', next: 'b', title: 'Mine' } })
  const theirs = of(
    { ...(base.definition.steps as JsonObject), b: { type: 'end', title: 'Theirs' }, c: { type: 'end' } },
    { title: 'T' },
  )
  const { drawing, conflicts } = mergeDrawings(base, mine, theirs, () => 'mine')
  expect(conflicts).toEqual([])
  expect(drawing.definition).toMatchObject({
    title: 'T',
    steps: { a: { title: 'Mine' }, b: { title: 'Theirs' }, c: { type: 'end' } },
  })
})

test('a step that both changed is a conflict, decided by the author', () => {
  const mine = of({ ...(base.definition.steps as JsonObject), a: { type: 'activity', title: 'Mine' } })
  const theirs = of({ ...(base.definition.steps as JsonObject), a: { type: 'activity', title: 'Theirs' } })
  expect(mergeDrawings(base, mine, theirs, () => 'mine')).toMatchObject({
    conflicts: ['a'],
    drawing: { definition: { steps: { a: { title: 'Mine' } } } },
  })
  expect(mergeDrawings(base, mine, theirs, () => 'theirs').drawing.definition).toMatchObject({
    steps: { a: { title: 'Theirs' } },
  })
})

test('inside of containers the steps are merged one by one, and what one side deleted is gone', () => {
  const mine = of({
    ...(base.definition.steps as JsonObject),
    each: { type: 'forEach', items: [], maxConcurrency: 2, body: { start: 'x', steps: { x: { type: 'end' } } } },
  })
  const theirs = of({
    a: { type: 'activity', next: 'b' },
    each: { type: 'forEach', items: [], body: { start: 'y', steps: { x: { type: 'end' }, y: { type: 'timer' } } } },
  })
  const { drawing, conflicts } = mergeDrawings(base, mine, theirs, () => 'mine')
  expect(conflicts).toEqual([])
  expect(drawing.definition.steps).toEqual({
    a: { type: 'activity', next: 'b' },
    each: {
      type: 'forEach',
      items: [],
      maxConcurrency: 2,
      body: { start: 'y', steps: { x: { type: 'end' }, y: { type: 'timer' } } },
    },
  })
})

test('what stands beside the definition is merged thing by thing: answers, tests, notes, places', () => {
  const laid = (layout: Partial<Drawing['layout']>): Drawing => ({
    definition: base.definition,
    layout: { positions: {}, ...layout },
  })
  const one = { name: 'one', expect: {} }
  const two = { name: 'two', expect: {} }
  const old = laid({ positions: { a: { x: 0, y: 0 } }, mocks: { a: { result: 1 } }, tests: [one] })
  const mine = laid({
    positions: { a: { x: 1, y: 0 } },
    mocks: { a: { result: 1 }, b: { silent: true } },
    tests: [one, two],
    direction: 'LR',
  })
  const theirs = laid({
    positions: { a: { x: 2, y: 0 }, b: { x: 3, y: 3 } },
    mocks: { a: { result: 2 } },
    collapsed: ['each'],
  })
  expect(mergeDrawings(old, mine, theirs, () => 'theirs')).toEqual({
    conflicts: [],
    drawing: {
      definition: base.definition,
      layout: {
        positions: { a: { x: 1, y: 0 }, b: { x: 3, y: 3 } },
        mocks: { a: { result: 2 }, b: { silent: true } },
        tests: [two],
        collapsed: ['each'],
        direction: 'LR',
      },
    },
  })
  const also = laid({ mocks: { a: { result: 3 } }, tests: [{ name: 'one', expect: { output: 1 } }] })
  const other = laid({ mocks: { a: { result: 4 } }, tests: [{ name: 'one', expect: { output: 2 } }] })
  expect(mergeDrawings(old, also, other, () => 'theirs')).toMatchObject({
    conflicts: ['answer of a', 'test one'],
    drawing: { layout: { mocks: { a: { result: 4 } }, tests: [{ expect: { output: 2 } }] } },
  })
})

test('the last answer and the last test that one side took away are gone; nothing empty stays', () => {
  const laid = (layout: object) => ({ definition: base.definition, layout: { positions: {}, ...layout } })
  const old = laid({ mocks: { a: { result: 1 } }, tests: [{ name: 'one', expect: {} }] })
  expect(mergeDrawings(old, laid({}), old, () => 'theirs').drawing.layout).toEqual({ positions: {} })
  expect(mergeDrawings(old, old, laid({}), () => 'mine').drawing.layout).toEqual({ positions: {} })
})

test('lists whose things have no names of their own, and what is unknown here, are merged as wholes', () => {
  const laid = (layout: object) => ({ definition: base.definition, layout: { positions: {}, ...layout } as never })
  const old = laid({ tests: [{}, {}], later: 1 })
  const mine = laid({ tests: [{}, {}, {}], later: 2 })
  const theirs = laid({ tests: 'odd', later: 3 })
  expect(mergeDrawings(old, mine, theirs, (unit) => (unit === 'layout later' ? 'theirs' : 'mine'))).toMatchObject({
    conflicts: ['layout tests', 'layout later'],
    drawing: { layout: { tests: [{}, {}, {}], later: 3 } },
  })
})

test('branches are merged one by one, and so are the steps in them', () => {
  const end = { type: 'end' }
  const forked = (branches: JsonObject) => of({ fork: { type: 'parallel', branches } })
  const branch = (steps: JsonObject) => ({ start: 'l', steps })
  const old = forked({ left: branch({ l: end }), right: branch({ l: end }) })
  const mine = forked({ left: branch({ l: { ...end, title: 'Mine' } }), right: branch({ l: end }) })
  const theirs = forked({ left: branch({ l: end, m: end }), more: branch({ l: end }) })
  expect(mergeDrawings(old, mine, theirs, () => 'mine')).toMatchObject({
    conflicts: [],
    drawing: {
      definition: {
        steps: {
          fork: {
            branches: { left: branch({ l: { title: 'Mine' }, m: end }), more: branch({ l: end }) },
          },
        },
      },
    },
  })
})

test('where only one side drew, its drawing is what comes of it, to the last field', () => {
  const whole = (drawing: Drawing) => JSON.parse(JSON.stringify(drawing))
  fc.assert(
    fc.property(randomDrawing, randomDrawing, (old, drawn) => {
      const mine = mergeDrawings(old, drawn, old, () => 'theirs')
      const theirs = mergeDrawings(old, old, drawn, () => 'mine')
      const both = mergeDrawings(old, drawn, drawn, () => 'mine')
      for (const { drawing, conflicts } of [mine, theirs, both]) {
        expect(conflicts).toEqual([])
        expect(whole(drawing)).toEqual(whole(drawn))
      }
    }),
    { numRuns: 50 },
  )
})
