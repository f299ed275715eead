import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diagramOf } from './diagram.ts'
import type { Drawing } from './drawing.ts'
import type { Rect } from './edge-route.ts'
import type { JsonObject } from './json.ts'
import { addNote } from './operations/notes.ts'
import { tidySelection } from './operations/tidy-selection.ts'
import { randomDrawing } from './random-drawings.ts'
import { ScopeMeasure } from './scope-measure.ts'
import { isWithin, scopeOf } from './static-path.ts'

const definition: JsonObject = {
  dsl: '1',
  name: 't',
  start: 'a',
  steps: {
    a: { type: 'activity', activity: 'A', next: 'b' },
    b: { type: 'activity', activity: 'B', next: 'c' },
    c: { type: 'activity', activity: 'C', next: 'each' },
    each: { type: 'scope', body: { start: 'x', steps: { x: { type: 'end' }, y: { type: 'end' } } } },
  },
}
const positions = {
  '@start': { x: 0, y: -100 },
  a: { x: 0, y: 0 },
  b: { x: 700, y: 30 },
  c: { x: 300, y: 10 },
  each: { x: 0, y: 260 },
  'each/x': { x: 0, y: 100 },
  'each/y': { x: 900, y: 0 },
}
const drawing: Drawing = { definition, layout: { positions } }

test('the selected steps stand in the order of the flow, around where they were; the others stay', () => {
  const { drawing: after, label, inverse } = tidySelection(drawing, ['c', 'b'])
  expect(label).toBe('Tidy the selection')
  expect(inverse).not.toEqual([])
  const { b, c, ...others } = after.layout.positions
  expect(b).toEqual({ x: 500, y: 10 })
  expect(c).toEqual({ x: 500, y: 126 })
  expect(others).toEqual({ ...positions, b: undefined, c: undefined })
  const again = tidySelection(after, ['b', 'c'])
  expect(again.inverse).toEqual([])
})

test('from left to right the block begins where it began', () => {
  const turned: Drawing = { definition, layout: { positions, direction: 'LR' } }
  const { b, c } = tidySelection(turned, ['b', 'c']).drawing.layout.positions
  expect(b?.x).toBe(300)
  expect(c?.x).toBeGreaterThan((b?.x ?? 0) + 220)
  expect(b?.y).toBe(c?.y)
})

test('a container is tidied inside too, alone as well; without a selection nothing happens', () => {
  const { drawing: alone } = tidySelection(drawing, ['each'])
  const { each, ...others } = alone.layout.positions
  expect(others).toEqual({
    ...positions,
    each: undefined,
    'each/x': undefined,
    'each/y': undefined,
    'each/@start': undefined,
  })
  expect(each?.y).toBe(260)
  const { drawing: both } = tidySelection(drawing, ['each', 'c'])
  expect(both.layout.positions).not.toHaveProperty('each/x')
  expect(tidySelection(drawing, ['a']).inverse).toEqual([])
  expect(tidySelection(drawing, []).inverse).toEqual([])
  expect(tidySelection(drawing, ['nobody', '@note:n']).inverse).toEqual([])
})

test('the block makes way for a note that stands free', () => {
  const noted = addNote(drawing, { scope: '', x: 560, y: 130, size: { width: 60, height: 32 } })
  const free = {
    ...noted.drawing.layout,
    notes: noted.drawing.layout.notes?.map(({ beside: _, ...note }) => note) ?? [],
  }
  const after = tidySelection({ definition, layout: free }, ['b', 'c']).drawing
  const { places, notes } = new ScopeMeasure(after).scope('')
  for (const path of ['b', 'c']) expect(apart(places.get(path), notes[0]?.rect)).toBe(true)
})

const apart = (a: Rect | undefined, b: Rect | undefined) =>
  a === undefined ||
  b === undefined ||
  a.x + a.width <= b.x ||
  b.x + b.width <= a.x ||
  a.y + a.height <= b.y ||
  b.y + b.height <= a.y

test('whatever is selected, nothing else moves, and the block overlaps neither itself nor the others', () => {
  fc.assert(
    fc.property(randomDrawing, fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }), (start, numbers) => {
      const boxes = diagramOf(start).boxes.filter(({ kind }) => kind !== 'lane')
      const paths = numbers.flatMap((number) => boxes[number % boxes.length]?.path ?? [])
      const scope = scopeOf(paths.at(-1) ?? '')
      const chosen = new Set(paths.filter((path) => scopeOf(path) === scope))
      const before = new ScopeMeasure(start).scope(scope).places
      const after = tidySelection(start, paths).drawing
      const { places } = new ScopeMeasure(after).scope(scope)
      for (const [path, box] of before) {
        if (!chosen.has(path)) expect(places.get(path)).toMatchObject({ x: box.x, y: box.y })
      }
      for (const [path, at] of Object.entries(start.layout.positions)) {
        if (chosen.has(path) || [...chosen].some((outer) => isWithin(path, outer))) continue
        expect(after.layout.positions[path]).toEqual(at)
      }
      if (chosen.size < 2) return
      for (const one of chosen) {
        for (const [other, box] of places) {
          if (one !== other) expect(apart(places.get(one), box), `${one} and ${other}`).toBe(true)
        }
      }
    }),
    { numRuns: 120 },
  )
})
