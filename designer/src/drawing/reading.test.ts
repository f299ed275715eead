import { expect, test } from 'vitest'
import type { Drawing } from './drawing.ts'
import { renameStepInExpression, renameStepReferences } from './expression-references.ts'
import { beginGesture, commitGesture, emptyHistory, record, redo, redoLabel, seal, undo, undoLabel } from './history.ts'
import { fromPointer, getAt, type JsonObject, setAt, textAt, toPointer } from './json.ts'
import { namesInReach, sampleInReach } from './names-in-reach.ts'
import { renameStep } from './operations/rename-step.ts'
import { setField } from './operations/set-field.ts'
import { readLayout } from './read-layout.ts'
import { sampleOf, schemaOf } from './sample.ts'
import {
  branchOf,
  branchScope,
  enclosingScopes,
  idOf,
  isStartPath,
  isWithin,
  movedPath,
  ownerOf,
  scopeOf,
  scopePointer,
  startPath,
  stepOfPointer,
  stepPath,
  stepPointer,
} from './static-path.ts'
import { svgPicture } from './svg-picture.ts'
import { freeId } from './tree.ts'
import { differencesOf } from './version-differences.ts'

test('a static path leads to its place in the document and back', () => {
  for (const path of ['charge', 'each/charge', 'fork[left]/wait', 'a/b[c]/d/e']) {
    expect(stepOfPointer(stepPointer(path).map(String))).toEqual({ path, rest: [] })
    expect(stepPath(scopeOf(path), idOf(path))).toBe(path)
  }
  expect(stepPointer('fork[left]/wait')).toEqual(['steps', 'fork', 'branches', 'left', 'steps', 'wait'])
  expect(stepOfPointer(['steps', 'a', 'retry', 'jitter'])).toEqual({ path: 'a', rest: ['retry', 'jitter'] })
  expect(stepOfPointer(['title'])).toBeUndefined()
  expect(scopePointer('')).toEqual([])
})

test('ids that look like the grammar of paths are kept apart from it', () => {
  for (const id of ['a/b', '[x]', '@start', '', '100%']) {
    const path = stepPath('', id)
    expect(idOf(path)).toBe(id)
    expect(scopeOf(path)).toBe('')
    expect(isStartPath(path)).toBe(false)
    expect(branchOf(branchScope('p', id))).toBe(id)
  }
  expect(isStartPath(startPath('each'))).toBe(true)
})

test('paths know what they stand in', () => {
  expect(enclosingScopes('a/b[c]/d')).toEqual(['', 'a', 'a/b[c]'])
  expect([ownerOf(''), ownerOf('a'), ownerOf('a/b[c]')]).toEqual([undefined, 'a', 'a/b'])
  expect([isWithin('a/b', 'a'), isWithin('a[x]/b', 'a'), isWithin('ab', 'a')]).toEqual([true, true, false])
  expect([movedPath('a/b', 'a', 'z'), movedPath('a', 'a', 'z'), movedPath('b', 'a', 'z')]).toEqual([
    'z/b',
    'z',
    undefined,
  ])
})

test('JSON is read and set at a path, and what does not change is the same object', () => {
  const value = { a: [{ b: 1 }], c: 'x' }
  expect(getAt(value, ['a', 0, 'b'])).toBe(1)
  expect(getAt(value, ['a', 'b'])).toBeUndefined()
  expect(getAt(value, ['c', 'd'])).toBeUndefined()
  expect(setAt(value, ['a', 0, 'b'], 1)).toBe(value)
  expect(setAt(value, ['a', 0], undefined)).toEqual({ a: [], c: 'x' })
  expect(setAt(value, ['a', 5], 2)).toEqual({ a: [{ b: 1 }, 2], c: 'x' })
  expect(setAt(undefined, ['new', 0], 1)).toEqual({ new: [1] })
  expect(setAt('text', ['deep'], undefined)).toBe('text')
  expect(Object.keys(setAt({ a: 1, b: 2 }, ['a'], 3) as object)).toEqual(['a', 'b'])
  expect(textAt({ a: 1, b: 'x' }, 'a')).toBeUndefined()
  expect(fromPointer(toPointer(['a/b', 'c~d', 0]))).toEqual(['a/b', 'c~d', '0'])
})

test('an own property called __proto__ is a property like any other', () => {
  const value = JSON.parse('{"__proto__":{"x":1}}') as JsonObject
  const set = setAt(value, ['__proto__', 'x'], 2)
  expect(JSON.stringify(set)).toBe('{"__proto__":{"x":2}}')
})

test('a step is renamed in expressions, and not in texts, comments or other steps', () => {
  expect(renameStepInExpression('$steps.a.output & "$steps.a" & $steps . a', 'a', 'b')).toBe(
    '$steps.b.output & "$steps.a" & $steps . b',
  )
  expect(renameStepInExpression("/* $steps.a */ $steps.ab + '$steps.a'", 'a', 'b')).toBe(
    "/* $steps.a */ $steps.ab + '$steps.a'",
  )
  expect(renameStepInExpression('$steps.`a-b`.output', 'a-b', 'c')).toBe('$steps.c.output')
  const value = { list: ['{% $steps.a %}', 1], text: '$steps.a' }
  expect(renameStepReferences(value, 'a', 'b')).toEqual({ list: ['{% $steps.b %}', 1], text: '$steps.a' })
  expect(renameStepReferences(value, 'x', 'b')).toBe(value)
})

test('a scope inside with a step of the same id speaks of its own, and compensations follow the name', () => {
  const definition: JsonObject = {
    start: 'a',
    variables: { v: '{% $steps.a %}' },
    steps: {
      a: { type: 'scope', body: { start: 'x', steps: { x: { type: 'end' } } } },
      each: {
        type: 'forEach',
        items: '{% $steps.a %}',
        body: { start: 'a', steps: { a: { type: 'end', output: '{% $steps.a %}' } } },
      },
      other: { type: 'scope', body: { start: 'y', steps: { y: { type: 'end', output: '{% $steps.x %}' } } } },
      undo: { type: 'compensate', scope: 'other' },
    },
  }
  const drawing: Drawing = { definition, layout: { positions: {} } }
  const { definition: after } = renameStep(drawing, 'a', 'b').drawing
  expect(getAt(after, ['steps', 'each', 'items'])).toBe('{% $steps.b %}')
  expect(getAt(after, ['steps', 'each', 'body', 'steps', 'a', 'output'])).toBe('{% $steps.a %}')
  expect(getAt(after, ['variables', 'v'])).toBe('{% $steps.b %}')
  expect(getAt(renameStep(drawing, 'other', 'renamed').drawing.definition, ['steps', 'undo', 'scope'])).toBe('renamed')
})

test('typing in one field is one entry, a gesture is one entry, selection is none', () => {
  let drawing: Drawing = { definition: { steps: { a: { type: 'end' } } }, layout: { positions: {} } }
  let history = emptyHistory
  const type = (text: string) => {
    const edit = setField(drawing, 'a', ['title'], text)
    history = record(history, drawing, edit, 'a#/title')
    drawing = edit.drawing
  }
  for (const text of ['h', 'he', 'hey']) type(text)
  expect(undoLabel(history)).toBe('Change title of a')
  history = seal(history)
  type('hey you')
  const first = undo(drawing, history)
  expect(getAt(first?.drawing.definition, ['steps', 'a', 'title'])).toBe('hey')
  expect(redoLabel(first?.history ?? emptyHistory)).toBe('Change title of a')
  history = beginGesture(history, 'Both')
  expect(beginGesture(history, 'Inner')).toBe(history)
  type('x')
  history = record(history, drawing, setField(drawing, 'a', ['note'], undefined))
  history = commitGesture(history)
  expect(undoLabel(history)).toBe('Both')
  expect(commitGesture(commitGesture(beginGesture(history, 'Nothing')))).toMatchObject({ past: history.past })
  expect(undo(drawing, emptyHistory)).toBeUndefined()
  expect(redo(drawing, emptyHistory)).toBeUndefined()
  expect(seal(emptyHistory)).toBe(emptyHistory)
})

test('a layout of another hand is read as far as it can be understood', () => {
  expect(readLayout(null)).toBeUndefined()
  expect(
    readLayout({ positions: { a: { x: 1, y: 2, z: 3 }, b: 'x' }, direction: 'LR', collapsed: ['a', 1], later: true }),
  ).toEqual({
    positions: { a: { x: 1, y: 2 } },
    direction: 'LR',
    collapsed: ['a'],
    later: true,
  })
  expect(readLayout({ direction: 'up', collapsed: 'a' })).toEqual({ positions: {} })
})

test('a sample is what the author gave, else something of the right kind', () => {
  expect(sampleOf({ examples: [7], default: 1 })).toBe(7)
  expect(sampleOf({ enum: ['a', 'b'] })).toBe('a')
  expect(sampleOf({ oneOf: [{ const: 3 }] })).toBe(3)
  expect(
    sampleOf({
      properties: {
        n: { type: 'integer', minimum: 5 },
        f: { type: 'number' },
        b: { type: 'boolean' },
        t: { type: 'string', title: 'T' },
        s: { type: ['string', 'null'] },
        l: { type: 'array', items: { type: 'string' } },
        e: { type: 'array' },
        x: {},
      },
    }),
  ).toEqual({ n: 5, f: 1, b: true, t: 'T', s: 'text', l: ['text'], e: [], x: null })
  expect(sampleOf({ type: 'object' })).toEqual({})
  expect(sampleOf(true)).toBeNull()
  expect(schemaOf({ a: [1.5], b: 'x', c: null, d: [], e: true, f: 2 })).toEqual({
    type: 'object',
    properties: {
      a: { type: 'array', items: { type: 'number' } },
      b: { type: 'string' },
      c: {},
      d: { type: 'array' },
      e: { type: 'boolean' },
      f: { type: 'integer' },
    },
    required: ['a', 'b', 'c', 'd', 'e', 'f'],
  })
})

test('an expression can speak of the input, variables, outputs in reach, items, the result, the error and the context', () => {
  const definition: JsonObject = {
    name: 'n',
    input: {
      properties: {
        order: { type: 'object', properties: { 'the-id': { type: ['string', 'null'], title: 'Id' }, any: true } },
      },
    },
    variables: { count: 0, long: 'a text that is rather longer than fits' },
    start: 'call',
    steps: {
      call: { type: 'activity', activity: 'A' },
      'do-it': { type: 'activity', title: 'Do it' },
      each: { type: 'forEach', item: 'row', items: [], body: { start: 'x', steps: { x: { type: 'end' } } } },
      bare: { type: 'forEach', items: [], body: { start: 'y', steps: { y: { type: 'end' } } } },
    },
  }
  const outputOf = (step: JsonObject) =>
    step.activity === 'A' ? { items: { properties: { id: { description: 'its id' } } } } : undefined
  const texts = namesInReach(definition, 'each/x', outputOf).map(({ text }) => text)
  for (const text of [
    '$input.order.`the-id`',
    '$count',
    '$row',
    '$index',
    '$steps.call.output.id',
    '$steps.`do-it`.output',
    '$result',
    '$error.type',
    '$context.name',
  ]) {
    expect(texts).toContain(text)
  }
  expect(namesInReach(definition, 'bare/y', outputOf).map(({ text }) => text)).toContain('$item')
  expect(namesInReach(definition, 'call', outputOf).map(({ text }) => text)).toContain('$result.id')
  expect(namesInReach({}, undefined, outputOf).map(({ text }) => text)).not.toContain('$row')
  const sample = sampleInReach(definition, 'each/x', outputOf, { call: { id: 9 }, 'each/x': 'mine' })
  expect(sample.bindings).toMatchObject({
    count: 0,
    row: null,
    index: 0,
    result: 'mine',
    steps: { call: { output: { id: 9 } } },
  })
  expect(sampleInReach({}, undefined, outputOf).bindings.context).toMatchObject({ name: '' })
  expect(sampleInReach(definition, 'bare/y', outputOf).bindings).toMatchObject({ item: null })
})

test('a free id is the wanted one made fit, with a number if it is taken', () => {
  expect(freeId(new Set(), 'Do it!')).toBe('Do-it-')
  expect(freeId(new Set(), '123')).toBe('step')
  expect(freeId(new Set(['a', 'a-2']), 'a')).toBe('a-3')
  expect(freeId(new Set(['a-2']), 'a-2')).toBe('a-3')
})

test('a diff says of each step whether it came or changed, also where a branch did', () => {
  const differences = differencesOf([
    { type: 'changed', pointer: '/title', field: 'title' },
    { type: 'added', step: 'new', pointer: '/steps/new' },
    { type: 'changed', step: 'old', field: 'title', pointer: '' },
    { type: 'changed', step: 'old', field: 'note', pointer: '' },
    { type: 'added', step: 'fork[third]', pointer: '/steps/fork/branches/third' },
  ])
  expect([...differences]).toEqual([
    ['new', 'added'],
    ['old', 'changed'],
    ['fork', 'changed'],
  ])
})

test('the picture stands alone, in both directions, with what markup means escaped', () => {
  const definition: JsonObject = {
    name: 'n',
    start: 'a',
    steps: {
      a: {
        type: 'waitForEvent',
        title: '<b> & "c"',
        event: 'e',
        onTimeout: 'c',
        next: 'b',
        catch: [{ errors: ['*'], next: 'c' }],
      },
      b: { type: 'parallel', branches: { left: { start: 'x', steps: { x: { type: 'end' } } } }, next: 'c' },
      c: { type: 'choice', choices: [{ when: true, next: 'a' }] },
    },
  }
  const colours = {
    background: '#fff',
    surface: '#fff',
    text: '#000',
    muted: '#666',
    border: '#ccc',
    line: '#999',
    error: '#c00',
    band: () => '#00f',
    marks: { text: '#000', line: () => '#00f', ground: () => '#eef' },
  }
  for (const direction of ['TB', 'LR'] as const) {
    const { svg, width, height } = svgPicture(
      { definition, layout: { positions: {}, direction } },
      colours,
      () => 'a line that is quite long, longer than a card',
    )
    expect(svg).toContain('&lt;b&gt; &amp; &quot;c&quot;')
    expect(svg).toContain('stroke-dasharray')
    expect(svg.match(/<path d="[^"]+" fill="none"/g)).toHaveLength(7)
    expect(direction === 'TB' ? height > width / 2 : width > height).toBe(true)
  }
})
