import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Diagram, type DiagramNote, diagramOf } from './diagram.ts'
import type { Drawing } from './drawing.ts'
import type { Rect } from './edge-route.ts'
import { followersOf } from './followers.ts'
import { addGroup } from './operations/groups.ts'
import { moveTogether } from './operations/move-together.ts'
import { addNote } from './operations/notes.ts'
import { randomDrawing } from './random-drawings.ts'

const bare: Drawing = {
  definition: { dsl: '1', name: 'f', start: 'a', steps: { a: { type: 'activity', next: 'b' }, b: { type: 'end' } } },
  layout: { positions: { '@start': { x: 0, y: -90 }, a: { x: 0, y: 0 }, b: { x: 0, y: 120 } } },
}

test('a note goes along with its step, a group with all that lies in it, and nothing else does', () => {
  const noted = addNote(bare, { scope: '', x: 240, y: 0 }).drawing
  const free = addNote(noted, { scope: '', x: 900, y: 900 }).drawing
  const { along } = followersOf(diagramOf(addGroup(free, { scope: '', members: ['a', 'b'] }).drawing))
  expect([...along(new Map([['a', { x: 10, y: 5 }]]))]).toEqual([
    ['a', { x: 10, y: 5 }],
    ['@note:note', { x: 250, y: 5 }],
  ])
  const grouped = along(new Map([['@group:group', { x: -6, y: -36 }]]))
  expect([...grouped.keys()]).toEqual(['@group:group', 'a', 'b', '@note:note'])
  expect(grouped.get('b')).toEqual({ x: 10, y: 120 })
  const dragged = new Map([['gone', { x: 0, y: 0 }]])
  expect(along(dragged)).toEqual(dragged)
  expect(followersOf(diagramOf(bare)).along(dragged)).toBe(dragged)
})

const isOver = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function isAside({ note, x, y, origin }: DiagramNote, { boxes }: Diagram): boolean {
  const box = boxes.find(({ path }) => path === note.beside?.step)
  const wanted =
    box && note.beside
      ? { x: box.x + note.beside.x, y: box.y + note.beside.y }
      : { x: note.x + origin.x, y: note.y + origin.y }
  return x !== wanted.x || y !== wanted.y
}

test('what is seen while something is dragged is there when it is let go', () => {
  fc.assert(
    fc.property(randomDrawing, fc.nat(), fc.integer({ min: -300, max: 300 }), (start, index, by) => {
      const diagram = diagramOf(start)
      const own = [...diagram.groups, ...diagram.notes, ...diagram.boxes].filter(
        (one) => one.scope === '' && one.parent === undefined,
      )
      const one = own[index % own.length]
      if (one === undefined) return
      const corner = { x: one.x + by, y: one.y + by }
      const seen = followersOf(diagram).along(new Map([[one.path, corner]]))
      const after = diagramOf(moveTogether(start, { [one.path]: corner }).drawing)
      for (const { path, x, y } of after.boxes) {
        const at = seen.get(path)
        if (at !== undefined) expect({ path, x, y }).toEqual({ path, ...at })
      }
      // Notes keep clear of the boxes, so that one that stands aside may go back, and one that would lie on a box goes aside.
      const aside = new Set(diagram.notes.filter((note) => isAside(note, diagram)).map(({ path }) => path))
      const boxes = after.boxes.filter(({ parent }) => parent === undefined)
      for (const { path, x, y, width, height } of after.notes) {
        const at = seen.get(path)
        const isKept = at && (path === one.path || !aside.has(path))
        if (isKept && !boxes.some((box) => isOver({ ...at, width, height }, box)))
          expect({ path, x, y }).toEqual({ path, ...at })
      }
    }),
    { numRuns: 80 },
  )
})
