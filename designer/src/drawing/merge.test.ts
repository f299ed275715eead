import { expect, test } from 'vitest'
import type { Drawing } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { mergeDrawings } from './merge.ts'

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
