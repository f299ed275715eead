import { expect, test } from 'vitest'
import { copySteps, parseClip } from './clip.ts'
import { withContents } from './clip-marks.ts'
import type { Drawing } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { groupsOf, notesOf } from './marks.ts'
import { addGroup } from './operations/groups.ts'
import { addNote } from './operations/notes.ts'
import { duplicate, paste } from './operations/paste.ts'
import { ScopeMeasure } from './scope-measure.ts'

const definition: JsonObject = {
  dsl: '1',
  name: 'c',
  start: 'a',
  steps: {
    a: { type: 'activity', activity: 'A', next: 'b' },
    b: { type: 'activity', activity: 'B', next: 'c' },
    c: { type: 'end' },
  },
}
const bare: Drawing = { definition, layout: { positions: {} } }
const a = new ScopeMeasure(bare).scope('').places.get('a') ?? { x: 0, y: 0, width: 0, height: 0 }
const noted = addNote(bare, { scope: '', x: a.x + a.width + 20, y: a.y, text: 'beside a', colour: 'teal' }).drawing
const free = addNote(noted, { scope: '', x: 2000, y: 100, text: 'free' }).drawing
const drawing = addGroup(free, { scope: '', members: ['a', 'b'], title: 'Pair' }).drawing

test('notes that are selected and groups whose steps are all copied come along, and come out of the text again', () => {
  const clip = copySteps(drawing, ['a', 'b', '@note:note'])
  expect(clip.notes?.map(({ text }) => text)).toEqual(['beside a'])
  expect(clip.groups?.map(({ title }) => title)).toEqual(['Pair'])
  expect(parseClip(JSON.stringify(clip))).toEqual(clip)
  expect(copySteps(drawing, ['a', 'c']).groups).toBeUndefined()
  expect(copySteps(bare, ['a'])).not.toHaveProperty('notes')
})

test('a pasted note stands beside the pasted step, a pasted group is around the pasted steps', () => {
  const { drawing: after, select } = duplicate(drawing, ['a', 'b', '@note:note'])
  expect(select).toEqual(['a-2', 'b-2', '@note:note-3', '@group:group-2'])
  expect(notesOf(after.layout).at(-1)).toMatchObject({ text: 'beside a', colour: 'teal', beside: { step: 'a-2' } })
  expect(groupsOf(after.layout).at(-1)).toMatchObject({ title: 'Pair', members: ['a-2', 'b-2'] })
})

test('a group that is copied takes along what lies in it', () => {
  expect(withContents(drawing, ['c'])).toEqual(['c'])
  const inside = addNote(drawing, {
    scope: '',
    x: a.x + 10,
    y: a.y + a.height + 8,
    size: { width: 100, height: 40 },
  }).drawing
  expect(withContents(inside, ['@group:group'])).toEqual(['@group:group', 'a', 'b', '@note:note-3'])
  const { drawing: after, select, label } = duplicate(inside, ['@group:group'])
  expect(label).toBe('Paste 2 steps')
  expect(select).toEqual(['a-2', 'b-2', '@note:note-4', '@group:group-2'])
  expect(groupsOf(after.layout)).toHaveLength(2)
})

test('what stands free is pasted where it is wanted, or beside the original', () => {
  const clip = copySteps(drawing, ['@note:note-2'])
  const there = paste(drawing, { clip, scope: '', at: { x: 50, y: 60 } })
  expect(there.label).toBe('Paste notes and groups')
  expect(notesOf(there.drawing.layout).at(-1)).toMatchObject({ x: 50, y: 60, text: 'free' })
  expect(notesOf(paste(drawing, { clip, scope: '' }).drawing.layout).at(-1)).toMatchObject({ x: 2024, y: 124 })
  const alone = copySteps(drawing, ['@note:note'])
  expect(notesOf(paste(drawing, { clip: alone, scope: '' }).drawing.layout).at(-1)).not.toHaveProperty('beside')
  const placed: Drawing = { ...drawing, layout: { ...drawing.layout, positions: { a: { x: 500, y: 0 } } } }
  const mixed = paste(placed, { clip: copySteps(placed, ['a', '@note:note-2']), scope: '', at: { x: 0, y: 0 } })
  expect(notesOf(mixed.drawing.layout).at(-1)).toMatchObject({ x: 1500, y: 100 })
  const drawn = addGroup(bare, { scope: '', rect: { x: 900, y: 0, width: 200, height: 100 } }).drawing
  const copied = duplicate(drawn, ['@group:group']).drawing
  expect(groupsOf(copied.layout).at(-1)).toMatchObject({ x: 924, y: 24, members: [] })
  expect(paste(drawing, { clip: copySteps(drawing, []), scope: '' }).inverse).toEqual([])
})
