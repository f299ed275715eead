// Every action of the designer: on a key, in the command palette, and in the list on `?`.
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { edit } from '../drawing/edit.ts'
import { textAt } from '../drawing/json.ts'
import { colourOf, groupAt, isMarkPath, markColours, markPath, noteAt, notesOf } from '../drawing/marks.ts'
import { colourMarks, removeMarks } from '../drawing/operations/marks.ts'
import { removeSteps } from '../drawing/operations/remove-steps.ts'
import { setStart } from '../drawing/operations/set-start.ts'
import { tidy, toggleCollapsed, turn } from '../drawing/operations/tidy.ts'
import { edgeId, leadsOf } from '../drawing/ports.ts'
import { detach } from '../drawing/retarget.ts'
import { isStartPath, scopeOf, stepPath } from '../drawing/static-path.ts'
import { allSteps, scopesIn, stepAt, stepsIn } from '../drawing/tree.ts'
import { duplicateHere } from '../store/drawing-insert.ts'
import {
  addNoteHere,
  editSelectedMark,
  groupSelection,
  nextMark,
  selectedMarks,
  tidySelected,
  useFrameDrawing,
} from '../store/drawing-marks.ts'
import {
  asOneGesture,
  drillOut,
  drillTo,
  perform,
  redoEdit,
  select,
  undoEdit,
  useDrawing,
} from '../store/drawing-store.ts'
import { type Shortcut, useShortcut } from '../ui/shortcuts.ts'
import type { Mode } from './designer-bar.tsx'
import { nextProblem } from './problems-panel.tsx'
import { useArrangeCommands } from './use-arrange-commands.ts'
import { pasteFromClipboard } from './use-clipboard.ts'

export interface DesignerActions {
  readonly setMode: (mode: Mode) => void
  readonly deploy: () => void
  readonly run: () => void
  readonly save: () => void
  readonly togglePalette: () => void
  readonly toggleProperties: () => void
  readonly toggleDrawer: () => void
  readonly editProperties: () => void
  readonly openDefinition: (name: string) => void
}

const steps = () => useDrawing.getState().selection.filter((path) => !isStartPath(path) && !isMarkPath(path))

/** Steps, edges, notes and groups that are selected go; chains close behind steps, what stands in a group stays. */
export function deleteSelection(): void {
  const { selectedEdges } = useDrawing.getState()
  const paths = steps()
  const marks = selectedMarks()
  if (paths.length + marks.length === 0 && selectedEdges.length === 0) return
  if (paths.length === 0 && selectedEdges.length === 0) {
    perform((before) => removeMarks(before, marks))
    return
  }
  asOneGesture(paths.length > 0 ? 'Delete' : 'Delete an edge', () => {
    if (marks.length > 0) perform((before) => removeMarks(before, marks))
    for (const { from, port, to } of edgesOf(new Set(selectedEdges))) {
      // A frame selects the edges among its steps too: with their steps they go anyway, and the chain has to close.
      if (paths.includes(from) || paths.includes(to)) continue
      perform((before) =>
        edit(before, { ...before, definition: detach(before.definition, from, port) }, 'Delete an edge'),
      )
    }
    if (paths.length > 0) perform((before) => removeSteps(before, paths))
  })
  select([])
}

/** Later ones of a step first, so that the numbers of its other catches stay true. */
function edgesOf(ids: ReadonlySet<string>) {
  const { definition } = useDrawing.getState().drawing
  return allSteps(definition).flatMap(({ path, scope, step }) =>
    leadsOf(step)
      .map(({ port, to }) => ({ from: path, port, to: stepPath(scope, to) }))
      .filter(({ from, port, to }) => ids.has(edgeId(from, port, to)))
      .toReversed(),
  )
}

/** Out of the form or the palette, back to the step that is selected. Says whether there was something to leave. */
function leaveField(): boolean {
  const field = document.activeElement
  if (!(field instanceof HTMLElement) || field.closest('aside') === null) return false
  field.blur()
  canvasCommands()?.focus()
  return true
}

function backOut(): void {
  if (leaveField()) return
  if (useDrawing.getState().selection.length > 0) select([])
  else drillOut()
}

function selectSiblings(): void {
  const { drawing, root, selection } = useDrawing.getState()
  const scope = selection[0] === undefined ? root : scopeOf(selection[0])
  const notes = notesOf(drawing.layout).filter((note) => note.scope === scope)
  // Groups go with their steps anyway.
  select([
    ...notes.map((note) => markPath('note', note)),
    ...stepsIn(drawing.definition, scope).map(({ path }) => path),
  ])
}

/** The next one of the theme's colours, for all that is selected. */
function recolour(): void {
  const paths = selectedMarks()
  const { layout } = useDrawing.getState().drawing
  const last = paths.at(-1)
  if (last === undefined) return
  const note = noteAt(layout, last)
  const colour = note ? colourOf(note.colour, 'amber') : colourOf(groupAt(layout, last)?.colour, 'blue')
  const next = markColours[(markColours.indexOf(colour) + 1) % markColours.length] ?? 'amber'
  perform((before) => colourMarks(before, paths, next))
}

function showNextMark(): void {
  const path = nextMark()
  if (path === undefined) return
  canvasCommands()?.show(path)
  const node = `.react-flow__node[data-id="${CSS.escape(path)}"]`
  canvasCommands()?.element()?.querySelector<HTMLElement>(node)?.focus({ preventScroll: true })
}

function drillIn(openDefinition: (name: string) => void): void {
  const path = steps().at(-1)
  const step = path === undefined ? undefined : stepAt(useDrawing.getState().drawing.definition, path)
  const called = textAt(step, 'definition')
  if (called) return openDefinition(called)
  const inner = path === undefined || step === undefined ? undefined : scopesIn(path, step)[0]
  if (inner) drillTo(inner.scope)
}

function goToStart(): void {
  const { drawing, root } = useDrawing.getState()
  const start = drawing.definition.start
  if (typeof start !== 'string') return
  const path = stepPath(root, root === '' ? start : String(stepsIn(drawing.definition, root)[0]?.id ?? ''))
  if (stepAt(drawing.definition, path) === undefined) return
  select([path])
  canvasCommands()?.show(path)
}

export function useDesignerShortcuts(actions: DesignerActions): void {
  const one = (
    id: string,
    title: string,
    keys: string | readonly string[] | undefined,
    run: () => void,
    more: Partial<Shortcut> = {},
  ) =>
    // biome-ignore lint/correctness/useHookAtTopLevel: the list is the same at every render
    useShortcut({
      id: `designer.${id}`,
      title,
      group: 'Designer',
      run,
      ...(keys === undefined ? {} : { keys }),
      ...more,
    })

  one('undo', 'Undo', 'mod+z', undoEdit)
  one('redo', 'Redo', ['mod+shift+z', 'mod+y'], redoEdit)
  one('save', 'Save the draft now', 'mod+s', actions.save, { inFields: true })
  one('deploy', 'Deploy…', 'mod+shift+d', actions.deploy)
  one('run', 'Run…', 'mod+shift+e', actions.run)
  one('design', 'Show the canvas', 'alt+1', () => actions.setMode('design'), { inFields: true })
  one('split', 'Show canvas and code', 'alt+2', () => actions.setMode('split'), { inFields: true })
  one('code', 'Show the code', 'alt+3', () => actions.setMode('code'), { inFields: true })
  one('palette', 'Show or hide the palette', 'mod+b', actions.togglePalette)
  one('properties', 'Show or hide the properties', 'mod+alt+b', actions.toggleProperties)
  one('drawer', 'Show or hide the drawer', 'mod+j', actions.toggleDrawer)

  one('insert', 'Insert a step after the selection', ['a', 'Insert'], () => canvasCommands()?.quickAdd(), {
    group: 'Steps',
  })
  one('edit', 'Edit the properties of the step', 'Enter', () => editSelectedMark() || actions.editProperties(), {
    group: 'Steps',
  })
  one(
    'rename',
    'Rename the step',
    'F2',
    () => {
      if (editSelectedMark()) return
      actions.editProperties()
      document.querySelector<HTMLInputElement>('[aria-label="Properties"] [data-field="/title"] input')?.select()
    },
    { group: 'Steps' },
  )
  one('delete', 'Delete what is selected', ['Delete', 'Backspace'], deleteSelection, { group: 'Steps' })
  one('copy', 'Copy', 'mod+c', () => void document.execCommand('copy'), { group: 'Steps' })
  one('cut', 'Cut', 'mod+x', () => void document.execCommand('cut'), { group: 'Steps' })
  one('paste', 'Paste', 'mod+v', () => void pasteFromClipboard(), { group: 'Steps', isNative: true })
  one('duplicate', 'Duplicate', 'mod+d', () => duplicateHere([...steps(), ...selectedMarks()]), { group: 'Steps' })
  one(
    'start',
    'Start at the selected step',
    's',
    () => {
      const path = steps().at(-1)
      if (path !== undefined) perform((before) => setStart(before, path))
    },
    { group: 'Steps' },
  )
  one('all', 'Select all steps and notes of the scope', 'mod+a', selectSiblings, { group: 'Steps' })
  // Before the next one, which is for the canvas.
  one('leaveField', 'Back to the canvas', 'Escape', () => void leaveField(), {
    group: 'Steps',
    inFields: true,
    isHidden: true,
  })
  one('none', 'Select nothing', 'Escape', backOut, { group: 'Steps' })

  const marks = { group: 'Notes and groups' }
  const middle = () => canvasCommands()?.middle()
  one('note', 'Add a note', 'n', () => addNoteHere(middle()), marks)
  one('group', 'Group the selection', 'mod+g', () => groupSelection(middle()), marks)
  one('drawGroup', 'Draw a group', 'shift+g', () => useFrameDrawing.setState({ isDrawing: true }), marks)
  one('nextMark', 'Go to the next note or group', 'shift+n', showNextMark, marks)
  one('colour', 'Another colour for the note or group', 'shift+c', recolour, marks)

  one('up', 'Go up', 'ArrowUp', () => canvasCommands()?.walk('up'), { group: 'Canvas' })
  one('down', 'Go down', 'ArrowDown', () => canvasCommands()?.walk('down'), { group: 'Canvas' })
  one('left', 'Go left', 'ArrowLeft', () => canvasCommands()?.walk('left'), { group: 'Canvas' })
  one('right', 'Go right', 'ArrowRight', () => canvasCommands()?.walk('right'), { group: 'Canvas' })
  one('moveUp', 'Move the step up', 'shift+ArrowUp', () => canvasCommands()?.nudge('up', 20), { group: 'Canvas' })
  one('moveDown', 'Move the step down', 'shift+ArrowDown', () => canvasCommands()?.nudge('down', 20), {
    group: 'Canvas',
  })
  one('moveLeft', 'Move the step left', 'shift+ArrowLeft', () => canvasCommands()?.nudge('left', 20), {
    group: 'Canvas',
  })
  one('moveRight', 'Move the step right', 'shift+ArrowRight', () => canvasCommands()?.nudge('right', 20), {
    group: 'Canvas',
  })
  one('home', 'Go to the first step', 'Home', goToStart, { group: 'Canvas' })
  one('fit', 'Show everything', ['f', 'shift+1'], () => canvasCommands()?.fit(), { group: 'Canvas' })
  one('fitSelection', 'Show the selection', ['shift+f', 'shift+2'], () => canvasCommands()?.fitSelection(), {
    group: 'Canvas',
  })
  one('actual', 'Actual size', '0', () => canvasCommands()?.actualSize(), { group: 'Canvas' })
  one('zoomIn', 'Zoom in', ['+', '='], () => canvasCommands()?.zoomIn(), { group: 'Canvas' })
  one('zoomOut', 'Zoom out', '-', () => canvasCommands()?.zoomOut(), { group: 'Canvas' })
  one('tidy', 'Tidy up the layout', 't', () => void perform((before) => tidy(before)), { group: 'Canvas' })
  one('tidySelection', 'Tidy the selection', 'l', tidySelected, { group: 'Canvas' })
  one(
    'turn',
    'Turn the flow',
    'shift+t',
    () => void perform((before) => turn(before, before.layout.direction === 'LR' ? 'TB' : 'LR')),
    { group: 'Canvas' },
  )
  one(
    'fold',
    'Collapse or expand the step',
    'c',
    () => {
      const path = steps().at(-1)
      const step = path === undefined ? undefined : stepAt(useDrawing.getState().drawing.definition, path)
      if (path !== undefined && step !== undefined && scopesIn(path, step).length > 0)
        perform((before) => toggleCollapsed(before, path))
    },
    { group: 'Canvas' },
  )
  one('drillIn', 'Into the scope or the definition of the step', 'i', () => drillIn(actions.openDefinition), {
    group: 'Canvas',
  })
  one('drillOut', 'Out of the scope', 'o', drillOut, { group: 'Canvas' })
  useArrangeCommands()
  one('nextProblem', 'Next problem', 'F8', () => nextProblem(1), { group: 'Problems', inFields: true })
  one('previousProblem', 'Previous problem', 'shift+F8', () => nextProblem(-1), { group: 'Problems', inFields: true })
}
