// Notes and groups: where they stand, what goes with them, and what becomes of them when the boxes around them change.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diagramOf } from './diagram.ts'
import type { Drawing, Layout } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { boundsOf, clearWay, liesIn } from './mark-places.ts'
import { colourOf, groupAt, groupsOf, isMarkPath, isMarkThere, markOf, markPath, noteAt, notesOf } from './marks.ts'
import { addStep } from './operations/add-step.ts'
import { renameBranch } from './operations/branches.ts'
import { changeType } from './operations/change-type.ts'
import { addGroup, resizeGroup, titleGroup } from './operations/groups.ts'
import { moveOntoEdge } from './operations/insert-on-edge.ts'
import { colourMarks, removeMarks } from './operations/marks.ts'
import { moveBoxes } from './operations/move-boxes.ts'
import { moveToScope } from './operations/move-to-scope.ts'
import { moveTogether } from './operations/move-together.ts'
import { addNote, moveNoteToScope, rectOfNote, resizeNote, writeNote } from './operations/notes.ts'
import { removeSteps } from './operations/remove-steps.ts'
import { renameStep } from './operations/rename-step.ts'
import { tidy, turn } from './operations/tidy.ts'
import { randomDrawing } from './random-drawings.ts'
import { ScopeMeasure } from './scope-measure.ts'

const definition: JsonObject = {
  dsl: '1',
  name: 'p',
  start: 'a',
  steps: {
    a: { type: 'activity', activity: 'A', next: 'b' },
    b: { type: 'activity', activity: 'B', next: 'each' },
    each: { type: 'forEach', items: [], body: { start: 'x', steps: { x: { type: 'end' } } }, next: 'fork' },
    fork: { type: 'parallel', branches: { left: { start: 'l', steps: { l: { type: 'end' } } } } },
  },
}
const drawing: Drawing = { definition, layout: { positions: {} } }

const boxOf = (one: Drawing, path: string, scope = '') => {
  const found = new ScopeMeasure(one).scope(scope).places.get(path)
  if (found === undefined) throw new Error(`no box ${path}`)
  return found
}
const frameOf = (one: Drawing, path: string) => {
  const found = diagramOf(one).groups.find((group) => group.path === path)
  if (found === undefined) throw new Error(`no group ${path}`)
  const { x, y, width, height } = found
  return { x, y, width, height }
}
const noteRect = (one: Drawing, path: string) => {
  const rect = rectOfNote(one, path)
  if (rect === undefined) throw new Error(`no note ${path}`)
  return rect
}

test('a note or group is named by its scope and itself, and no step is called like that', () => {
  expect(markPath('note', { scope: '', id: 'note' })).toBe('@note:note')
  const odd = markPath('group', { scope: 'each', id: 'a/b[c]@:' })
  expect(odd.startsWith('each/@group:')).toBe(true)
  expect(markOf(odd)).toEqual({ kind: 'group', scope: 'each', id: 'a/b[c]@:' })
  expect(markOf(markPath('note', { scope: 'fork[left]', id: '' }))).toEqual({
    kind: 'note',
    scope: 'fork[left]',
    id: '',
  })
  expect(['a', '@start', 'each/x', 'each/@start'].map((path) => [markOf(path), isMarkPath(path)])).toEqual(
    Array(4).fill([undefined, false]),
  )
})

test('what cannot be read is passed over, and stays where it is when others are edited', () => {
  const strange = { mood: 'strange' }
  const layout = {
    positions: {},
    notes: [strange, { id: 'n', text: 'first', x: 0, y: 0, width: 1 }, { id: 'n', text: 'second', x: 1, y: 1 }],
    groups: [{ id: 'old', title: 'Old', members: ['each/x', 'a', 3] }, { id: 'lost', members: [] }, 4],
  } as unknown as Layout
  const one: Drawing = { definition, layout }
  expect(notesOf(layout)).toEqual([{ id: 'n', scope: '', text: 'first', x: 0, y: 0, width: 72, height: 72 }])
  expect(notesOf(layout)).toBe(notesOf(layout))
  expect(groupsOf(layout)[0]).toMatchObject({ id: 'old', scope: 'each', members: ['each/x'] })
  expect(diagramOf(one).groups.map(({ path, parent }) => [path, parent])).toEqual([['each/@group:old', 'each']])
  const { layout: written } = writeNote(one, '@note:n', 'other').drawing
  expect(written.notes).toEqual([strange, { id: 'n', text: 'other', x: 0, y: 0, width: 1 }, layout.notes?.[2]])
  const { layout: emptied } = removeMarks(one, ['each/@group:old', '@group:lost']).drawing
  expect(emptied.groups).toEqual([4])
  expect(notesOf({ notes: 'none' } as unknown as Layout)).toEqual([])
  expect(colourOf('mauve', 'blue')).toBe('blue')
  expect(colourOf('red', 'blue')).toBe('red')
})

test('a note near a box stands beside it and goes where it goes; one that is taken away from it stays', () => {
  const a = boxOf(drawing, 'a')
  const added = addNote(drawing, { scope: '', x: a.x + a.width + 20, y: a.y, text: 'Look' })
  expect(added.select).toEqual(['@note:note'])
  expect(added.drawing.layout.positions).toEqual({})
  expect(noteAt(added.drawing.layout, '@note:note')?.beside).toEqual({ step: 'a', x: a.width + 20, y: 0 })
  const moved = moveBoxes(added.drawing, { a: { x: 500, y: 40 } }).drawing
  expect(noteRect(moved, '@note:note')).toMatchObject({ x: 500 + a.width + 20, y: 40 })
  const free = moveTogether(moved, { '@note:note': { x: 2000, y: 0 } })
  expect(free.label).toBe('Move a note')
  expect(noteAt(free.drawing.layout, '@note:note')).not.toHaveProperty('beside')
  const back = moveBoxes(free.drawing, { a: { x: 0, y: 0 } }).drawing
  expect(noteRect(back, '@note:note')).toMatchObject({ x: 2000, y: 0 })
})

test('a note on which a box comes to stand goes aside, past other notes, and back once the place is free', () => {
  const size = { width: 100, height: 40 }
  const first = addNote(drawing, { scope: '', x: 3000, y: 0, size }).drawing
  const both = addNote(first, { scope: '', x: 3000, y: 60, size }).drawing
  const covered = moveBoxes(both, { a: { x: 2990, y: -10 } }).drawing
  expect(noteRect(covered, '@note:note')).toEqual({ x: 3000, y: -62, ...size })
  expect(noteRect(covered, '@note:note-2')).toEqual({ x: 3000, y: 60, ...size })
  expect(covered.layout.notes).toBe(both.layout.notes)
  const wide = moveBoxes(both, { a: { x: 3005, y: 30 } }).drawing
  expect(noteRect(wide, '@note:note')).toEqual({ x: 3000, y: -22, ...size })
  expect(noteRect(wide, '@note:note-2')).toEqual({ x: 3000, y: 98, ...size })
  expect(noteRect(moveBoxes(covered, { a: { x: 0, y: 0 } }).drawing, '@note:note')).toEqual({ x: 3000, y: 0, ...size })
  expect(rectOfNote(both, '@note:nobody')).toBeUndefined()
})

test('a note between two boxes stands beside the one that it is about', () => {
  const [a, b] = [boxOf(drawing, 'a'), boxOf(drawing, 'b')]
  const between = { scope: '', x: a.x + a.width + 10, y: a.y + a.height + 30 - 16, size: { width: 72, height: 32 } }
  for (const about of ['a', 'b']) {
    expect(noteAt(addNote(drawing, { ...between, about }).drawing.layout, '@note:note')?.beside?.step).toBe(about)
  }
  const far = addNote(drawing, { ...between, y: b.y, about: 'each' }).drawing
  expect(noteAt(far.layout, '@note:note')?.beside?.step).toBe('b')
})

test('a note at the side of the flow is at the side of it again when the flow is turned', () => {
  const a = boxOf(drawing, 'a')
  const at: readonly (readonly [number, number, number, number])[] = [
    [a.width + 24, 0, 0, a.height + 24],
    [-124, 6, 6, -64],
    [10, a.height + 20, a.width + 20, 10],
    [10, -60, -120, 10],
    [20, 20, 20, 20],
  ]
  for (const [x, y, turnedX, turnedY] of at) {
    const one = addNote(drawing, { scope: '', x: a.x + x, y: a.y + y, size: { width: 100, height: 40 }, about: 'a' })
    const turned = turn(one.drawing, 'LR').drawing
    expect(noteAt(turned.layout, '@note:note')?.beside).toEqual({ step: 'a', x: turnedX, y: turnedY })
    expect(noteAt(turn(turned, 'TB').drawing.layout, '@note:note')?.beside).toEqual({ step: 'a', x, y })
  }
  const free = addNote(drawing, { scope: '', x: 3000, y: 0 }).drawing
  expect(notesOf(turn(free, 'LR').drawing.layout)).toBe(notesOf(free.layout))
})

test('a note whose step is gone stays where it was put; one in a scope that is gone goes with it', () => {
  const a = boxOf(drawing, 'a')
  const beside = addNote(drawing, { scope: '', x: a.x + a.width + 20, y: a.y }).drawing
  const inside = addNote(beside, { scope: 'each', x: 0, y: 90 })
  expect(inside.select).toEqual(['each/@note:note-2'])
  const without = removeSteps(inside.drawing, ['a']).drawing
  expect(noteRect(without, '@note:note')).toMatchObject({ x: a.x + a.width + 20, y: a.y })
  expect(notesOf(removeSteps(inside.drawing, ['each']).drawing.layout).map(({ id }) => id)).toEqual(['note'])
  expect(addNote(drawing, { scope: 'nowhere', x: 0, y: 0 }).inverse).toEqual([])
})

test('notes and groups follow a renamed step, branch and scope', () => {
  const note = addNote(drawing, { scope: 'fork[left]', x: 0, y: 60, text: 'in the branch' }).drawing
  const both = addGroup(note, { scope: 'each', members: ['each/x', 'a'] }).drawing
  const renamed = renameStep(renameBranch(both, 'fork', 'left', 'first').drawing, 'fork', 'split').drawing
  expect(notesOf(renamed.layout).map(({ scope, beside }) => [scope, beside?.step])).toEqual([
    ['split[first]', 'split[first]/l'],
  ])
  const inner = renameStep(renameStep(renamed, 'each', 'loop').drawing, 'loop/x', 'y').drawing
  expect(groupsOf(inner.layout)).toMatchObject([{ scope: 'loop', members: ['loop/y'] }])
  const typed = changeType(addGroup(inner, { scope: '', members: ['loop'] }).drawing, 'loop', { type: 'end' }).drawing
  expect(groupsOf(typed.layout).map(({ scope, members }) => [scope, members])).toEqual([['', ['loop']]])
})

test('a note grows for its text, is made larger and smaller, and is taken into another scope', () => {
  const one = addNote(drawing, { scope: '', x: 900, y: 900 }).drawing
  expect(noteAt(writeNote(one, '@note:note', 'long', 140.2).drawing.layout, '@note:note')).toMatchObject({
    height: 141,
  })
  expect(noteAt(writeNote(one, '@note:note', 'short', 10).drawing.layout, '@note:note')).toMatchObject({ height: 72 })
  const small = resizeNote(one, '@note:note', { x: 1, y: 2, width: 3, height: 4 }).drawing
  expect(noteAt(small.layout, '@note:note')).toMatchObject({ x: 1, y: 2, width: 72, height: 32 })
  const moved = moveNoteToScope(one, '@note:note', 'each', { x: 400, y: 5.4 })
  expect(moved.select).toEqual(['each/@note:note'])
  expect(noteAt(moved.drawing.layout, 'each/@note:note')).toMatchObject({ scope: 'each', x: 400, y: 5 })
  for (const nothing of [
    writeNote(one, '@note:gone', ''),
    resizeNote(one, '@group:note', { x: 0, y: 0, width: 9, height: 9 }),
    moveNoteToScope(one, '@note:note', 'nowhere', { x: 0, y: 0 }),
    moveNoteToScope(one, '@note:gone', '', { x: 0, y: 0 }),
  ])
    expect(nothing.inverse).toEqual([])
})

test('a container has room for the notes inside of it', () => {
  const width = boxOf(drawing, 'each').width
  const one = addNote(drawing, { scope: 'each', x: 400, y: 0 }).drawing
  expect(boxOf(one, 'each').width).toBeGreaterThan(width)
  const { boxes, notes } = diagramOf(one)
  const outer = boxes.find(({ path }) => path === 'each')
  expect((notes[0]?.x ?? 0) + (notes[0]?.width ?? 0)).toBeLessThanOrEqual(outer?.width ?? 0)
})

test('a group is around its steps, wherever the layout or a hand puts them', () => {
  const one = addGroup(drawing, { scope: '', members: ['a', 'b'], title: 'Pair' })
  expect(one.select).toEqual(['@group:group'])
  const around = (some: Drawing) => {
    const frame = frameOf(some, '@group:group')
    return ['a', 'b'].every((path) => {
      const box = boxOf(some, path)
      return (
        box.x >= frame.x + 8 &&
        box.y >= frame.y + 28 &&
        box.x + box.width <= frame.x + frame.width - 8 &&
        box.y + box.height <= frame.y + frame.height - 8
      )
    })
  }
  expect(around(one.drawing)).toBe(true)
  const turned = turn(one.drawing, 'LR').drawing
  expect(around(turned)).toBe(true)
  const far = moveBoxes(one.drawing, { a: { x: 900, y: 900 }, b: { x: 0, y: 0 } }).drawing
  expect(around(far)).toBe(true)
  const tidied = tidy(far).drawing
  expect(frameOf(tidied, '@group:group')).toEqual(frameOf(one.drawing, '@group:group'))
})

test('a group takes along what lies in it, and the frame moves with it', () => {
  const grouped = addGroup(drawing, { scope: '', members: ['a', 'b'] }).drawing
  const before = frameOf(grouped, '@group:group')
  const noted = addNote(grouped, {
    scope: '',
    x: before.x + 20,
    y: before.y + 2,
    size: { width: 80, height: 32 },
  }).drawing
  const edit = moveTogether(noted, { '@group:group': { x: before.x + 300, y: before.y + 40 } })
  expect(edit.label).toBe('Move a group')
  for (const path of ['a', 'b']) {
    const old = boxOf(noted, path)
    expect(boxOf(edit.drawing, path)).toEqual({ ...old, x: old.x + 300, y: old.y + 40 })
  }
  expect(boxOf(edit.drawing, 'each')).toEqual(boxOf(noted, 'each'))
  expect(frameOf(edit.drawing, '@group:group')).toEqual({ ...before, x: before.x + 300, y: before.y + 40 })
  expect(noteRect(edit.drawing, '@note:note')).toMatchObject({ x: before.x + 320, y: before.y + 42 })
})

test('a step dragged out of a group leaves it, one dragged in joins it, and the frame stays', () => {
  const grouped = addGroup(drawing, { scope: '', members: ['a', 'b'] }).drawing
  const frame = frameOf(grouped, '@group:group')
  const out = moveTogether(grouped, { a: { x: frame.x + frame.width + 400, y: 0 } }).drawing
  expect(groupsOf(out.layout)[0]?.members).toEqual(['b'])
  expect(frameOf(out, '@group:group')).toEqual(frame)
  const within = moveTogether(out, { b: { x: frame.x + 10, y: frame.y + 50 } }).drawing
  expect(frameOf(within, '@group:group')).toEqual(frame)
  const joined = moveTogether(within, { a: { x: frame.x + 20, y: frame.y + frame.height - 70 } }).drawing
  expect(groupsOf(joined.layout)[0]?.members).toEqual(['b', 'a'])
  const none = moveTogether(out, { b: { x: frame.x + 900, y: 0 } }).drawing
  expect(groupsOf(none.layout)[0]).toMatchObject({ members: [], ...frame })
  expect(frameOf(none, '@group:group')).toEqual(frame)
})

test('a group goes with the last of its steps, and is left by those that go into another scope', () => {
  const grouped = addGroup(drawing, { scope: '', members: ['a', 'b'] }).drawing
  expect(groupsOf(removeSteps(grouped, ['a']).drawing.layout)[0]?.members).toEqual(['b'])
  expect(removeSteps(grouped, ['a', 'b']).drawing.layout.groups).toEqual([])
  expect(groupsOf(moveToScope(grouped, { paths: ['a'], scope: 'each' }).drawing.layout)[0]?.members).toEqual(['b'])
  const drawn = addGroup(drawing, { scope: '', rect: { x: 900, y: 0, width: 200, height: 100 } }).drawing
  expect(groupsOf(removeSteps(drawn, ['a', 'b']).drawing.layout)).toHaveLength(1)
})

test('a step put into a chain between two members joins their group; one moved onto an edge elsewhere leaves it', () => {
  const grouped = addGroup(drawing, { scope: '', members: ['a', 'b'] }).drawing
  const step = { type: 'activity', activity: 'C' }
  const put = (from: string) => addStep(grouped, { step, id: 'c', scope: '', after: { from, port: 'next' } }).drawing
  expect(groupsOf(put('a').layout)[0]?.members).toEqual(['a', 'b', 'c'])
  expect(groupsOf(put('each').layout)[0]?.members).toEqual(['a', 'b'])
  const away = moveOntoEdge(grouped, 'b', { from: 'each', port: 'next' }).drawing
  expect(groupsOf(away.layout)[0]?.members).toEqual(['a'])
  const stays = moveOntoEdge(put('a'), 'c', { from: 'b', port: 'next' }).drawing
  expect(groupsOf(stays.layout)[0]?.members).toEqual(['a', 'b'])
  const pair = addGroup(drawing, { scope: '', members: ['b'] }).drawing
  expect(groupsOf(moveOntoEdge(pair, 'b', { from: 'each', port: 'next' }).drawing.layout)[0]?.members).toEqual(['b'])
})

test('a note beside steps that go into another scope goes along, and so does a group around all of them', () => {
  const { x, y, width } = boxOf(drawing, 'a')
  const noted = addNote(drawing, { scope: '', x: x + width + 20, y, text: 'mine' }).drawing
  const grouped = addGroup(noted, { scope: '', members: ['a', 'b'], title: 'Pair' }).drawing
  const moved = moveToScope(grouped, { paths: ['a', 'b'], scope: 'each' }).drawing
  expect(notesOf(moved.layout)).toMatchObject([{ scope: 'each', text: 'mine', beside: { step: 'each/a' } }])
  expect(groupsOf(moved.layout)).toMatchObject([{ scope: 'each', title: 'Pair', members: ['each/a', 'each/b'] }])
  const one = moveToScope(grouped, { paths: ['b'], scope: 'each' }).drawing
  expect(notesOf(one.layout)).toMatchObject([{ scope: '', beside: { step: 'a' } }])
  expect(groupsOf(one.layout)).toMatchObject([{ scope: '', members: ['a'] }])
  const around = addGroup(drawing, { scope: 'each', rect: { x: -400, y: -400, width: 2000, height: 2000 } }).drawing
  const joined = moveToScope(around, { paths: ['a'], scope: 'each' }).drawing
  expect(groupsOf(joined.layout)[0]?.members).toContain('each/a')
})

test('a frame drawn or made larger around steps takes them in, and never cuts through one', () => {
  const b = boxOf(drawing, 'b')
  const drawn = addGroup(drawing, { scope: '', rect: { x: b.x + 5, y: b.y + 5, width: b.width, height: 64 } }).drawing
  expect(groupsOf(drawn.layout)[0]?.members).toEqual(['b'])
  expect(frameOf(drawn, '@group:group')).toMatchObject({ x: b.x - 8, y: b.y - 28 })
  const a = boxOf(drawing, 'a')
  const rect = { x: a.x - 50, y: a.y - 50, width: a.width + 100, height: b.y + b.height + 100 - a.y }
  const larger = resizeGroup(drawn, '@group:group', rect).drawing
  expect(groupsOf(larger.layout)[0]?.members).toEqual(['a', 'b'])
  expect(frameOf(larger, '@group:group')).toEqual(rect)
  expect(resizeGroup(drawn, '@group:gone', rect).inverse).toEqual([])
  expect(addGroup(drawing, { scope: '', members: ['gone'] }).inverse).toEqual([])
  expect(addGroup(drawing, { scope: 'nowhere', rect }).inverse).toEqual([])
})

test('a smaller group inside of a larger one goes along with it', () => {
  const outer = addGroup(drawing, { scope: '', members: ['a', 'b', 'each'] }).drawing
  const b = boxOf(drawing, 'b')
  const place = { x: b.x - 12, y: b.y + b.height + 4, width: 96, height: 64 }
  const both = addGroup(outer, { scope: '', rect: place, title: 'Inner' }).drawing
  const before = frameOf(both, '@group:group-2')
  const { x, y } = frameOf(both, '@group:group')
  const moved = moveTogether(both, { '@group:group': { x: x + 100, y } }).drawing
  expect(frameOf(moved, '@group:group-2')).toEqual({ ...before, x: before.x + 100 })
})

test('notes and groups are coloured, named and taken away', () => {
  const one = addGroup(addNote(drawing, { scope: '', x: 0, y: 0 }).drawing, { scope: '', members: ['a'] }).drawing
  const paths = ['@note:note', '@group:group', 'a']
  const red = colourMarks(one, paths, 'red').drawing.layout
  expect([notesOf(red)[0]?.colour, groupsOf(red)[0]?.colour]).toEqual(['red', 'red'])
  expect(groupAt(titleGroup(one, '@group:group', 'Payment').drawing.layout, '@group:group')?.title).toBe('Payment')
  expect(titleGroup(one, '@note:note', 'Payment').inverse).toEqual([])
  const gone = removeMarks(one, paths)
  expect(gone.label).toBe('Delete a note and a group')
  expect(gone.drawing.layout).toEqual({ positions: {} })
  expect(paths.map((path) => isMarkThere(one.layout, path))).toEqual([true, true, false])
  const more = addNote(addGroup(one, { scope: '', members: ['b'] }).drawing, { scope: '', x: 9, y: 9 }).drawing
  expect(removeMarks(more, ['@group:group', '@group:group-2', '@note:note', '@note:note-2']).label).toBe(
    'Delete 2 notes and 2 groups',
  )
  expect(removeMarks(one, ['a']).inverse).toEqual([])
  expect(colourMarks(one, ['a'], 'red').inverse).toEqual([])
})

test('whatever is moved, what lies in a group keeps its place in it, and the others keep theirs', () => {
  fc.assert(
    fc.property(randomDrawing, fc.nat(), fc.integer({ min: -500, max: 500 }), (start, index, by) => {
      const { groups, boxes } = diagramOf(start)
      const group = groups[index % Math.max(1, groups.length)]
      if (group === undefined) return
      const corner = { x: group.x - group.origin.x + by, y: group.y - group.origin.y - by }
      const after = moveTogether(start, { [group.path]: corner }).drawing
      const old = new ScopeMeasure(start).scope(group.scope).places
      const now = new ScopeMeasure(after).scope(group.scope).places
      for (const { path, kind, scope } of boxes) {
        const was = old.get(path)
        if (kind === 'lane' || scope !== group.scope || was === undefined) continue
        const isIn = group.holds.includes(path)
        expect(now.get(path)).toEqual(isIn ? { ...was, x: was.x + by, y: was.y - by } : was)
      }
    }),
    { numRuns: 80 },
  )
})

test('the way to a free place is straight and the shortest', () => {
  const block = [{ x: 0, y: 0, width: 100, height: 100 }]
  expect(clearWay(block, [], 10)).toEqual({ x: 0, y: 0 })
  expect(clearWay(block, [{ x: 90, y: 0, width: 100, height: 100 }], 10)).toEqual({ x: -20, y: 0 })
  expect(clearWay(block, [{ x: -50, y: 60.5, width: 300, height: 100 }], 10)).toEqual({ x: 0, y: -50 })
  expect(clearWay(block, [{ x: -50, y: -60, width: 300, height: 100 }], 10)).toEqual({ x: 0, y: 50 })
  const walls = [
    { x: -20, y: 0, width: 60, height: 500 },
    { x: -500, y: -30, width: 1000, height: 40 },
  ]
  const way = clearWay(block, walls, 0)
  expect(way).toEqual({ x: 0, y: -130 })
  expect(boundsOf([])).toBeUndefined()
  expect(liesIn({ x: 0, y: 0, width: 10, height: 10 }, { x: 5, y: 5, width: 1, height: 1 })).toBe(true)
})
