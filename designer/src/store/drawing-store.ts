// The drawing that is open, and how it came to be so. Every change goes through `perform`; nothing else writes to it.
import type { Problem } from '@durable-canvas/schema'
import { create } from 'zustand'
import type { Drawing } from '../drawing/drawing.ts'
import { newDrawing } from '../drawing/drawing.ts'
import type { Edit } from '../drawing/edit.ts'
import {
  beginGesture,
  commitGesture,
  emptyHistory,
  type History,
  record,
  redo,
  type Step,
  seal,
  undo,
} from '../drawing/history.ts'
import { isMarkPath, isMarkThere } from '../drawing/marks.ts'
import { isStartPath, ownerOf, rootScope } from '../drawing/static-path.ts'
import { scopeAt, stepAt } from '../drawing/tree.ts'

export interface DrawingState {
  readonly name: string
  readonly drawing: Drawing
  readonly history: History
  /** Static paths of boxes, the one that leads last. */
  readonly selection: readonly string[]
  readonly selectedEdges: readonly string[]
  /** The scope that fills the canvas. */
  readonly root: string
  readonly problems: readonly Problem[]
  /** Where a problem was gone to: the field to show. JSON Pointer inside of the step. */
  readonly focusedField: string | undefined
  /** Breakpoint-free view state: the text in the code view does not parse. */
  readonly codeError: string | undefined
}

export const useDrawing = create<DrawingState>()(() => ({
  name: '',
  drawing: newDrawing(''),
  history: emptyHistory,
  selection: [],
  selectedEdges: [],
  root: rootScope,
  problems: [],
  focusedField: undefined,
  codeError: undefined,
}))

const set = useDrawing.setState
const get = useDrawing.getState

export function openDrawing(name: string, drawing: Drawing): void {
  set({
    name,
    drawing,
    history: emptyHistory,
    selection: [],
    selectedEdges: [],
    root: rootScope,
    problems: [],
    focusedField: undefined,
    codeError: undefined,
  })
}

/** `key` joins what is typed in one field to one entry. */
export function perform(operation: (drawing: Drawing) => Edit, key?: string): Edit {
  const { drawing, history } = get()
  const edit = operation(drawing)
  if (edit.inverse.length > 0) {
    const { select: selection } = edit
    set((state) => ({
      drawing: edit.drawing,
      history: record(history, drawing, edit, key),
      ...(selection && { selectedEdges: [], focusedField: undefined }),
      ...kept(selection ? { ...state, selection } : state, edit.drawing),
    }))
  }
  return edit
}

/** Everything that `run` performs is one entry. */
export function asOneGesture(label: string, run: () => void): void {
  set(({ history }) => ({ history: beginGesture(history, label) }))
  try {
    run()
  } finally {
    set(({ history }) => ({ history: commitGesture(history) }))
  }
}

/** What is typed next in the same field is an entry of its own. */
export const sealTyping = (): void => set(({ history }) => ({ history: seal(history) }))

export const undoEdit = (): void => go(undo)
export const redoEdit = (): void => go(redo)

function go(move: (drawing: Drawing, history: History) => Step | undefined): void {
  const state = get()
  const step = move(state.drawing, state.history)
  if (step !== undefined) set({ ...step, ...kept(state, step.drawing) })
}

export function select(selection: readonly string[], selectedEdges: readonly string[] = []): void {
  const before = get()
  if (isSame(before.selection, selection) && isSame(before.selectedEdges, selectedEdges)) return
  set(({ history }) => ({ selection, selectedEdges, focusedField: undefined, history: seal(history) }))
}

/** Shows a step, and a field of it; what hides it is opened by who draws it. */
export function goToField(step: string | undefined, field: string | undefined): void {
  const { drawing } = get()
  const isThere = step !== undefined && stepAt(drawing.definition, step) !== undefined
  set({ selection: isThere ? [step] : [], selectedEdges: [], focusedField: field })
}

export function drillTo(root: string): void {
  if (scopeAt(get().drawing.definition, root) !== undefined) set({ root, selection: [], selectedEdges: [] })
}

export function drillOut(): void {
  const owner = ownerOf(get().root)
  if (owner === undefined) return
  const cut = owner.lastIndexOf('/')
  set({ root: cut < 0 ? rootScope : owner.slice(0, cut), selection: [owner], selectedEdges: [] })
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item, index) => item === b[index])

/** Selection and view without what is no longer there. */
function kept(state: Pick<DrawingState, 'selection' | 'root'>, drawing: Drawing) {
  const { definition } = drawing
  const isThere = (path: string) =>
    isMarkPath(path) ? isMarkThere(drawing.layout, path) : isStartPath(path) || stepAt(definition, path) !== undefined
  const selection = state.selection.every(isThere) ? state.selection : state.selection.filter(isThere)
  const root = scopeAt(definition, state.root) === undefined ? rootScope : state.root
  return { selection, root }
}
