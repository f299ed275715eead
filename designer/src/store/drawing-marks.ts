// Notes and groups put into the open drawing, and what is done with those that are selected.
import { create } from 'zustand'
import { diagramOf } from '../drawing/diagram.ts'
import type { Position } from '../drawing/drawing.ts'
import type { Rect } from '../drawing/edge-route.ts'
import { clearWay } from '../drawing/mark-places.ts'
import { isMarkPath, markOf, newGroup, newNote } from '../drawing/marks.ts'
import { addGroup } from '../drawing/operations/groups.ts'
import { addNote } from '../drawing/operations/notes.ts'
import { tidySelection } from '../drawing/operations/tidy-selection.ts'
import { ScopeMeasure } from '../drawing/scope-measure.ts'
import { scopeOf } from '../drawing/static-path.ts'
import { perform, select, useDrawing } from './drawing-store.ts'
import { editMark } from './mark-editing.ts'

/** The next rectangle on the canvas becomes a group. */
export const useFrameDrawing = create<{ readonly isDrawing: boolean }>()(() => ({ isDrawing: false }))

export const selectedBoxes = (): readonly string[] =>
  useDrawing.getState().selection.filter((path) => !isMarkPath(path))
export const selectedMarks = (): readonly string[] => useDrawing.getState().selection.filter(isMarkPath)

const gap = 24

/** Beside the selected step; without one, where the middle of what is seen is. */
export function addNoteHere(middle: Position | undefined): void {
  const { drawing, root } = useDrawing.getState()
  const about = selectedBoxes().at(-1)
  const scope = about === undefined ? root : scopeOf(about)
  const { places, notes } = new ScopeMeasure(drawing).scope(scope)
  const others = [...places.values(), ...notes.map(({ rect }) => rect)]
  const box = about === undefined ? undefined : places.get(about)
  const isTurned = drawing.layout.direction === 'LR'
  const { x, y } = box ? besideBox(box, others, isTurned) : clear(around(middle ?? { x: 0, y: 0 }, newNote), others)
  writeIn(perform((before) => addNote(before, { scope, x, y, about })).select)
}

/** On the side of the flow that is free; where both are taken, as near as there is room. */
function besideBox(box: Rect, others: readonly Rect[], isTurned: boolean): Position {
  const after = isTurned ? { x: box.x, y: box.y + box.height + gap } : { x: box.x + box.width + gap, y: box.y }
  const before = isTurned ? { x: box.x, y: box.y - newNote.height - gap } : { x: box.x - newNote.width - gap, y: box.y }
  const sides = [after, before].map((at) => clear({ ...at, ...newNote }, others))
  return isSameCorner(sides[0], after) || !isSameCorner(sides[1], before) ? (sides[0] ?? after) : before
}

const isSameCorner = (a: Position | undefined, b: Position) => a?.x === b.x && a.y === b.y

/** Around the selected steps of one scope; without any, an empty one where the middle of what is seen is. */
export function groupSelection(middle: Position | undefined): void {
  const { drawing, root } = useDrawing.getState()
  const boxes = selectedBoxes()
  const lead = boxes.at(-1)
  if (lead !== undefined) {
    const scope = scopeOf(lead)
    writeIn(perform((before) => addGroup(before, { scope, members: boxes })).select)
    return
  }
  const { places } = new ScopeMeasure(drawing).scope(root)
  const rect = clear(around(middle ?? { x: 0, y: 0 }, newGroup), [...places.values()])
  writeIn(perform((before) => addGroup(before, { scope: root, rect })).select)
}

export function drawGroup(scope: string, rect: Rect): void {
  writeIn(perform((before) => addGroup(before, { scope, rect })).select)
}

function around({ x, y }: Position, { width, height }: { readonly width: number; readonly height: number }): Rect {
  return { x: x - width / 2, y: y - height / 2, width, height }
}

function clear(rect: Rect, others: readonly Rect[]): Rect {
  const { x, y } = clearWay([rect], others, gap)
  return { ...rect, x: rect.x + x, y: rect.y + y }
}

function writeIn(selected: readonly string[] | undefined): void {
  const path = selected?.[0]
  if (path !== undefined) editMark(path)
}

export function tidySelected(): void {
  const boxes = selectedBoxes()
  if (boxes.length > 0) perform((before) => tidySelection(before, boxes))
}

/** The note or group after the selected one, of what is drawn. */
export function nextMark(): string | undefined {
  const { drawing, root, selection } = useDrawing.getState()
  const { notes, groups } = diagramOf(drawing, root)
  const paths = [...notes, ...groups].map(({ path }) => path)
  const next = paths[(paths.indexOf(selection.at(-1) ?? '') + 1) % Math.max(1, paths.length)]
  if (next !== undefined) select([next])
  return next
}

/** Starts writing in the note or group that leads the selection; false where it is none. */
export function editSelectedMark(): boolean {
  const path = useDrawing.getState().selection.at(-1)
  if (path === undefined || markOf(path) === undefined) return false
  editMark(path)
  return true
}
