// Putting something new into the open drawing: where it hangs, and where its box goes if boxes have places there.
import { withContents } from '../drawing/clip-marks.ts'
import { diagramOf, pinsOf } from '../drawing/diagram.ts'
import type { Position } from '../drawing/drawing.ts'
import { makeRoom, placeBeside } from '../drawing/make-room.ts'
import type { NewItem } from '../drawing/new-item.ts'
import { addStep } from '../drawing/operations/add-step.ts'
import { moveBoxes } from '../drawing/operations/move-boxes.ts'
import { duplicate } from '../drawing/operations/paste.ts'
import { outletAfter } from '../drawing/outlet.ts'
import { type OpenPort, type Port, portTarget } from '../drawing/ports.ts'
import { isPinned } from '../drawing/retarget.ts'
import { isStartPath, scopeOf, stepPath } from '../drawing/static-path.ts'
import { scopeAt, stepAt } from '../drawing/tree.ts'
import { asOneGesture, perform, useDrawing } from './drawing-store.ts'

/** After the selected step, or at the end. */
export function insertAfterSelection(item: NewItem): void {
  const { drawing, selection, root } = useDrawing.getState()
  const outlet = outletAfter(drawing.definition, selection.at(-1), root)
  if (outlet === undefined) insertInto(item, root)
  else insertAtPort(item, outlet.from, outlet.port)
}

/** On the edge that leaves the port; what it led to follows. */
export function insertAtPort(item: NewItem, from: string, port: OpenPort): void {
  const { drawing } = useDrawing.getState()
  const scope = scopeOf(from)
  const after = { from, port }
  if (!isPinned(drawing.layout.positions, scope)) {
    perform((before) => addStep(before, { step: item.step, id: item.id, scope, after }))
    return
  }
  const source = isStartPath(from) ? scopeAt(drawing.definition, scope) : stepAt(drawing.definition, from)
  const isNew = port === 'choice/new' || port === 'catch/new'
  const id = isNew ? undefined : portTarget(source, port as Port)
  const room = makeRoom(diagramOf(drawing), scope, from, id ? stepPath(scope, id) : undefined)
  asOneGesture(`Add ${item.title}`, () => {
    perform((before) => moveBoxes(before, room.moved))
    perform((before) => addStep(before, { step: item.step, id: item.id, scope, after, position: room.at }))
  })
}

/** Copies stand beside the originals, clear of all that is there; nothing else moves. */
export function duplicateHere(paths: readonly string[]): void {
  const { drawing } = useDrawing.getState()
  const scope = scopeOf(paths[0] ?? '')
  const at = placeBeside(diagramOf(drawing), scope, withContents(drawing, paths))
  asOneGesture('Duplicate', () => {
    if (at !== undefined) pinScope(scope)
    perform((before) => duplicate(before, paths, at))
  })
}

/** From here on every box of the scope keeps its place. */
export function pinScope(scope: string): void {
  if (!isPinned(useDrawing.getState().drawing.layout.positions, scope))
    perform((before) => moveBoxes(before, pinsOf(diagramOf(before), scope)))
}

/** Without an edge; at a place of its own, if one is given (then every box of the scope keeps its place). */
export function insertInto(item: NewItem, scope: string, at?: Position): void {
  const { drawing } = useDrawing.getState()
  const isEmpty = Object.keys(scopeAt(drawing.definition, scope)?.steps ?? {}).length === 0
  if (at === undefined || isEmpty) {
    perform((before) => addStep(before, { step: item.step, id: item.id, scope }))
    return
  }
  asOneGesture(`Add ${item.title}`, () => {
    pinScope(scope)
    perform((before) => addStep(before, { step: item.step, id: item.id, scope, position: at }))
  })
}
