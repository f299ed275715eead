// The laws of the drawing, on random documents and random sequences of edits: every operation followed by its inverse
// gives the same document to the letter, undo and redo walk back and forth, and taking a definition apart and putting
// it together again changes nothing.
import type { Json } from '@durable-canvas/schema'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { copySteps } from './clip.ts'
import { type DiagramBox, diagramOf, pinsOf } from './diagram.ts'
import type { Drawing, Note } from './drawing.ts'
import type { Rect } from './edge-route.ts'
import { type Edit, patched } from './edit.ts'
import { planExtraction } from './extract/plan.ts'
import { isRefusal } from './extract/region.ts'
import { beginGesture, commitGesture, emptyHistory, record, redo, undo } from './history.ts'
import type { JsonObject } from './json.ts'
import { groupsOf, markColours, markPath, notesOf } from './marks.ts'
import { addStep } from './operations/add-step.ts'
import { addBranch, removeBranch, renameBranch } from './operations/branches.ts'
import { changeType } from './operations/change-type.ts'
import { addRule, moveRule, removeRule } from './operations/choices.ts'
import { connect, disconnect, reconnect } from './operations/connect.ts'
import { extractSteps } from './operations/extract-steps.ts'
import { addGroup, resizeGroup, titleGroup } from './operations/groups.ts'
import { insertOnEdge, moveOntoEdge } from './operations/insert-on-edge.ts'
import { colourMarks, removeMarks } from './operations/marks.ts'
import { moveBoxes } from './operations/move-boxes.ts'
import { moveToScope } from './operations/move-to-scope.ts'
import { moveTogether } from './operations/move-together.ts'
import { addNote, moveNoteToScope, resizeNote, writeNote } from './operations/notes.ts'
import { duplicate, paste } from './operations/paste.ts'
import { removeSteps } from './operations/remove-steps.ts'
import { renameStep } from './operations/rename-step.ts'
import { replaceDefinition } from './operations/replace-definition.ts'
import { clearField, setField } from './operations/set-field.ts'
import { setStart } from './operations/set-start.ts'
import { tidy, toggleCollapsed, turn } from './operations/tidy.ts'
import { tidySelection } from './operations/tidy-selection.ts'
import { type OpenPort, type Port, portsOf } from './ports.ts'
import { compile, decompile } from './projection.ts'
import { randomDefinition, randomDrawing } from './random-drawings.ts'
import { ScopeMeasure } from './scope-measure.ts'
import { scopeOf, startPath } from './static-path.ts'
import { allSteps, scopesIn } from './tree.ts'

// A loaded machine is no broken law.
vi.setConfig({ testTimeout: 60_000 })

const text = (value: unknown) => JSON.stringify(value)

/** A number picks one of the list, so that shrinking keeps its meaning. */
const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]

const scopesOf = (definition: JsonObject) => [
  '',
  ...allSteps(definition).flatMap(({ path, step }) => scopesIn(path, step).map(({ scope }) => scope)),
]

const portsAt = (definition: JsonObject) => [
  ...scopesOf(definition).map((scope) => ({ from: startPath(scope), port: 'start' as Port })),
  ...allSteps(definition).flatMap(({ path, step }) => portsOf(step).map((port) => ({ from: path, port }))),
]

const fresh: readonly JsonObject[] = [
  { type: 'activity', activity: 'A' },
  { type: 'choice', choices: [{ when: '{%  %}' }] },
  { type: 'parallel', branches: { left: { start: '', steps: {} }, right: { start: '', steps: {} } } },
  { type: 'forEach', items: [], body: { start: '', steps: {} } },
  { type: 'end' },
  { type: 'later', next: 'x', body: { start: 'a', steps: { a: { type: 'end' } } } },
]

const values: readonly (Json | undefined)[] = [
  undefined,
  null,
  1,
  'text',
  '{% $steps.a.output %}',
  { a: [1, { b: 2 }] },
  [],
]

type Move = readonly [kind: number, a: number, b: number, c: number]

function perform(drawing: Drawing, [kind, a, b, c]: Move): Edit {
  const { definition } = drawing
  const paths = allSteps(definition).map(({ path }) => path)
  const path = pick(paths, a) ?? 'nobody'
  const other = pick(paths, b) ?? 'nobody'
  const ports = portsAt(definition)
  const edge = pick(ports, b) ?? { from: startPath(''), port: 'start' as Port }
  const open = pick<OpenPort>([edge.port, 'choice/new', 'catch/new'], c) ?? 'next'
  const scope = pick(scopesOf(definition), c) ?? ''
  const step = pick(fresh, a) ?? { type: 'end' }
  const value = pick(values, c)
  const marks = [
    ...notesOf(drawing.layout).map((note) => markPath('note', note)),
    ...groupsOf(drawing.layout).map((group) => markPath('group', group)),
  ]
  const mark = pick(marks, a) ?? '@note:nobody'
  const operations: readonly (() => Edit)[] = [
    () => addStep(drawing, { step, id: 'added', scope, ...(c % 2 === 0 && { position: { x: a, y: b } }) }),
    () => addStep(drawing, { step, id: 'a', scope, after: { from: edge.from, port: open } }),
    () => removeSteps(drawing, [path, other]),
    () => connect(drawing, edge.from, open, path),
    () => disconnect(drawing, edge.from, edge.port),
    () => reconnect(drawing, { ...edge, newFrom: path, newPort: open, to: other }),
    () => insertOnEdge(drawing, edge, 'put', step),
    () => moveOntoEdge(drawing, path, edge),
    () => renameStep(drawing, path, pick(['renamed', 'a', 'b-2', 'not valid!'], c) ?? 'x'),
    () => setField(drawing, path, pick([['title'], ['input', 'deep', 0], ['choices', 0, 'when'], []], b) ?? [], value),
    () => setField(drawing, undefined, pick([['title'], ['variables', 'v'], ['steps'], []], b) ?? [], value),
    () => clearField(drawing, path, pick([['retry', 'jitter'], ['title'], ['compensate', 'activity']], b) ?? ['title']),
    () => changeType(drawing, path, step),
    () =>
      moveToScope(drawing, {
        paths: [path, other],
        scope,
        ...(a % 2 === 0 && { positions: { [path]: { x: 1, y: 2 } } }),
      }),
    () => addBranch(drawing, path),
    () => removeBranch(drawing, path, pick(['left', 'right', 'branch'], b) ?? 'left'),
    () => renameBranch(drawing, path, pick(['left', 'right'], b) ?? 'left', pick(['left', 'middle', ''], c) ?? 'x'),
    () => addRule(drawing, path, pick(['choices', 'catch'] as const, b) ?? 'catch', { errors: ['*'], next: 'a' }),
    () => removeRule(drawing, path, pick(['choices', 'catch'] as const, b) ?? 'catch', c % 3),
    () => moveRule(drawing, path, pick(['choices', 'catch'] as const, b) ?? 'catch', c % 3, a % 3),
    () => setStart(drawing, path),
    () => moveBoxes(drawing, { [path]: { x: b, y: c }, ...(c % 2 === 0 ? pinsOf(diagramOf(drawing), scope) : {}) }),
    () =>
      paste(drawing, {
        clip: copySteps(drawing, [path, other]),
        scope,
        after: edge,
        ...(a % 2 === 0 && { at: { x: 5, y: 5 } }),
      }),
    () => duplicate(drawing, [path, other]),
    () => tidy(drawing, scope),
    () => turn(drawing, c % 2 === 0 ? 'LR' : 'TB'),
    () => toggleCollapsed(drawing, path),
    () => addNote(drawing, { scope, x: a, y: b, ...(c % 2 === 0 && { text: 'new', colour: 'red' }) }),
    () => writeNote(drawing, mark, `text ${b}`, ...(c % 2 === 0 ? [c] : [])),
    () => resizeNote(drawing, mark, { x: a, y: b, width: c, height: c }),
    () => moveNoteToScope(drawing, mark, scope, { x: b, y: c }),
    () => addGroup(drawing, { scope, members: [path, other] }),
    () => addGroup(drawing, { scope, rect: { x: a, y: b, width: c, height: c }, title: 'Drawn', colour: 'blue' }),
    () => titleGroup(drawing, mark, `Title ${b}`),
    () => resizeGroup(drawing, mark, { x: a, y: b, width: c, height: c }),
    () => colourMarks(drawing, [mark, path], pick(markColours, c) ?? 'grey'),
    () => removeMarks(drawing, [mark, pick(marks, b) ?? 'nobody']),
    () => moveTogether(drawing, { [mark]: { x: b, y: c }, ...(b % 2 === 0 && { [path]: { x: c, y: b } }) }),
    () => moveTogether(drawing, { [path]: { x: b, y: c }, [other]: { x: c, y: b } }),
    () => tidySelection(drawing, [other, ...paths.filter((_, index) => (a + index) % 3 > 0), path]),
    () => {
      const plan = planExtraction(definition, [path, other])
      return isRefusal(plan) ? tidy(drawing, scope) : extractSteps(drawing, plan, 'taken-out').edit
    },
    () => replaceDefinition(drawing, { ...definition, title: `T${c}` }),
  ]
  return (operations[kind % operations.length] ?? (() => tidy(drawing)))()
}

const moves = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000)) as fc.Arbitrary<Move>, {
  minLength: 1,
  maxLength: 12,
})

test('every operation followed by its inverse gives the same document, key for key', () => {
  fc.assert(
    fc.property(randomDrawing, moves, (start, sequence) => {
      let drawing = start
      for (const move of sequence) {
        const edit = perform(drawing, move)
        expect(text(patched(edit.drawing, edit.inverse))).toBe(text(drawing))
        drawing = edit.drawing
      }
    }),
    { numRuns: 150 },
  )
})

test('an operation leaves the drawing that it was given untouched', () => {
  fc.assert(
    fc.property(randomDrawing, moves, (start, sequence) => {
      const before = text(start)
      let drawing = start
      for (const move of sequence) drawing = perform(drawing, move).drawing
      expect(text(start)).toBe(before)
    }),
    { numRuns: 40 },
  )
})

test('undoing everything gives the first document, redoing everything the last one', () => {
  fc.assert(
    fc.property(randomDrawing, moves, fc.nat(4), (start, sequence, grouped) => {
      let drawing = start
      let history = emptyHistory
      for (const [index, move] of sequence.entries()) {
        if (index === grouped) history = beginGesture(history, 'Together')
        const edit = perform(drawing, move)
        history = record(history, drawing, edit, move[0] % 3 === 0 ? 'field' : undefined)
        drawing = edit.drawing
        if (index === grouped + 2) history = commitGesture(history)
      }
      const last = text(drawing)
      let back: { drawing: Drawing; history: typeof history } = { drawing, history }
      for (let step = undo(back.drawing, back.history); step; step = undo(back.drawing, back.history)) back = step
      expect(text(back.drawing)).toBe(text(start))
      let forth = back
      for (let step = redo(forth.drawing, forth.history); step; step = redo(forth.drawing, forth.history)) forth = step
      expect(text(forth.drawing)).toBe(last)
    }),
    { numRuns: 80 },
  )
})

test('compile(decompile(d)) is d, whatever is wrong with d', () => {
  fc.assert(
    fc.property(randomDefinition, (definition) => {
      expect(text(compile(decompile(definition)))).toBe(text(definition))
    }),
    { numRuns: 200 },
  )
})

test('no box lies on another one, in either direction, and the same drawing gives the same picture', () => {
  fc.assert(
    fc.property(randomDefinition, fc.constantFrom('TB' as const, 'LR' as const), (definition, direction) => {
      const drawing: Drawing = { definition, layout: { positions: {}, direction } }
      const { boxes } = diagramOf(drawing)
      for (const [index, box] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          if (box.parent !== other.parent) continue
          const apart =
            box.x + box.width <= other.x ||
            other.x + other.width <= box.x ||
            box.y + box.height <= other.y ||
            other.y + other.height <= box.y
          expect(apart, `${box.path} and ${other.path}`).toBe(true)
        }
        const parent = boxes.find(({ path, kind }) => path === box.parent && kind !== 'start')
        if (parent) {
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.y).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(parent.width)
          expect(box.y + box.height).toBeLessThanOrEqual(parent.height)
        }
      }
      expect(text(diagramOf(drawing))).toBe(text(diagramOf({ ...drawing })))
    }),
    { numRuns: 200 },
  )
})

const someNotes = fc.array(
  fc.record({
    at: fc.nat(50),
    x: fc.integer({ min: -300, max: 500 }),
    y: fc.integer({ min: -100, max: 900 }),
    isBeside: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
)

test('no note lies on a box; one that does not is where it was put, and so it is when the drawing is read again', () => {
  fc.assert(
    fc.property(
      randomDefinition,
      someNotes,
      fc.constantFrom('TB' as const, 'LR' as const),
      (definition, places, direction) => {
        const scopes = scopesOf(definition)
        const paths = allSteps(definition).map(({ path }) => path)
        const notes = places.map(({ at, x, y, isBeside }, index): Note => {
          const step = isBeside ? pick(paths, at) : undefined
          const scope = step === undefined ? (pick(scopes, at) ?? '') : scopeOf(step)
          const own = { id: `n${index}`, scope, text: '', x, y, width: 120, height: 60 }
          return step === undefined ? own : { ...own, beside: { step, x: x / 4, y: y / 4 } }
        })
        const drawing: Drawing = { definition, layout: { positions: {}, direction, notes } }
        for (const scope of scopes) {
          const { places: boxes, notes: drawn } = new ScopeMeasure(drawing).scope(scope)
          const isFree = (rect: Rect) => ![...boxes.values()].some((box) => isOver(rect, box))
          const moved = drawn.filter(({ note, rect }) => {
            const box = note.beside && boxes.get(note.beside.step)
            const x = note.beside && box ? box.x + note.beside.x : note.x
            const y = note.beside && box ? box.y + note.beside.y : note.y
            if (isFree({ ...rect, x, y })) expect([rect.x, rect.y], note.id).toEqual([x, y])
            return rect.x !== x || rect.y !== y
          })
          for (const one of drawn) expect(isFree(one.rect), one.note.id).toBe(true)
          for (const one of moved)
            for (const other of drawn) if (other !== one) expect(isOver(one.rect, other.rect)).toBe(false)
        }
        expect(text(diagramOf(drawing))).toBe(text(diagramOf(structuredClone(drawing))))
      },
    ),
    { numRuns: 150 },
  )
})

const isOver = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

test('a diagram drawn after another one is the one that is drawn from nothing, and shares what did not change', () => {
  fc.assert(
    fc.property(randomDrawing, moves, (start, sequence) => {
      let drawing = start
      let diagram = diagramOf(start)
      for (const move of sequence) {
        drawing = perform(drawing, move).drawing
        const next = diagramOf(drawing, '', diagram)
        expect(text(next)).toBe(text(diagramOf(structuredClone(drawing))))
        const before = new Map<string, unknown>(diagram.boxes.map((box) => [box.path, box]))
        for (const box of next.boxes)
          if (text(box) === text(before.get(box.path))) expectSame(box, before.get(box.path))
        if (text(next.edges) === text(diagram.edges)) expect(next.edges).toBe(diagram.edges)
        expect(diagramOf(drawing, '', next)).toBe(next)
        diagram = next
      }
    }),
    { numRuns: 50 },
  )
})

/** A step that was replaced by an equal one is another step to who compares objects. */
function expectSame(box: DiagramBox, before: unknown): void {
  if (box.step === (before as DiagramBox).step) expect(box).toBe(before)
}
