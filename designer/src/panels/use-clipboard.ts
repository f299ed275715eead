// Copy, cut and paste as JSON on the clipboard of the system: across tabs and definitions, and into an editor.
import { useEffect } from 'react'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { copySteps, parseClip } from '../drawing/clip.ts'
import { withContents } from '../drawing/clip-marks.ts'
import { drawingInText } from '../drawing/drawing-in-text.ts'
import { isMarkPath } from '../drawing/marks.ts'
import { removeMarks } from '../drawing/operations/marks.ts'
import { paste } from '../drawing/operations/paste.ts'
import { removeSteps } from '../drawing/operations/remove-steps.ts'
import { takeDrawing } from '../drawing/operations/take-drawing.ts'
import { outletAfter } from '../drawing/outlet.ts'
import { portTarget } from '../drawing/ports.ts'
import { isPinned } from '../drawing/retarget.ts'
import { isStartPath, scopeOf } from '../drawing/static-path.ts'
import { scopeAt, stepAt, stepsIn } from '../drawing/tree.ts'
import { pinScope } from '../store/drawing-insert.ts'
import { asOneGesture, perform, useDrawing } from '../store/drawing-store.ts'
import { notifyDone, notifyFailed } from '../ui/notify.ts'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))

export function useClipboard(): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const clip = selectedClip(event)
      if (clip === undefined) return
      event.clipboardData?.setData('text/plain', JSON.stringify(clip, null, 2))
      event.preventDefault()
      if (event.type === 'cut') cutSelection()
    }
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (pasteText(text)) event.preventDefault()
      else if (text.trim() !== '') refuse()
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
}

const refuse = () =>
  notifyFailed('Nothing was pasted', new Error('The clipboard holds neither a definition nor steps, as JSON.'))

/** Where no key was pressed the browser asks for leave to read the clipboard. */
export async function pasteFromClipboard(): Promise<void> {
  try {
    if (!pasteText(await navigator.clipboard.readText())) refuse()
  } catch (error) {
    notifyFailed('The clipboard could not be read', error)
  }
}

/** All that was copied goes, in one entry. */
function cutSelection(): void {
  const { drawing, selection } = useDrawing.getState()
  const paths = withContents(drawing, selection)
  const marks = paths.filter(isMarkPath)
  if (marks.length === 0) {
    perform((before) => removeSteps(before, paths))
    return
  }
  asOneGesture('Cut', () => {
    perform((before) => removeMarks(before, marks))
    perform((before) => removeSteps(before, paths))
  })
}

function selectedClip(event: ClipboardEvent) {
  if (isTyping(event.target) || window.getSelection()?.isCollapsed === false) return undefined
  const { selection, drawing } = useDrawing.getState()
  const paths = selection.filter((path) => !isStartPath(path))
  return paths.length === 0 ? undefined : copySteps(drawing, paths)
}

/** Steps are added; a whole definition replaces the one that is open (one undo brings it back). */
export function pasteText(text: string): boolean {
  const whole = drawingInText(text)
  if (whole !== undefined) {
    const { name } = useDrawing.getState()
    const definition = { ...whole.definition, name }
    perform((before) => {
      const layout = whole.layout ?? { ...before.layout, positions: {} }
      return takeDrawing(before, { definition, layout }, 'Replace the definition')
    })
    notifyDone('The definition was replaced. Undo brings the old one back.')
    return true
  }
  const clip = parseClip(text)
  if (clip === undefined) return false
  const { drawing, selection, root } = useDrawing.getState()
  const last = selection.at(-1)
  const scope = last === undefined ? root : scopeOf(last)
  const outlet = outletAfter(drawing.definition, last, root)
  const source =
    outlet && (isStartPath(outlet.from) ? scopeAt(drawing.definition, scope) : stepAt(drawing.definition, outlet.from))
  const isOpen = outlet !== undefined && !portTarget(source, outlet.port) && scopeOf(outlet.from) === scope
  const pinned = isPinned(drawing.layout.positions, scope)
  const middle = scope === root ? canvasCommands()?.middle() : undefined
  const isEmpty = stepsIn(drawing.definition, scope).length === 0
  // The layout finds a place for what hangs on a chain, and for the first steps; the rest stands where one looks.
  const isPlaced = pinned || Object.keys(clip.steps).length === 0 || (!isOpen && !isEmpty)
  const at = isPlaced && middle ? { x: Math.round(middle.x), y: Math.round(middle.y) } : undefined
  asOneGesture('Paste', () => {
    if (at && !isEmpty) pinScope(scope)
    perform((before) => paste(before, { clip, scope, ...(isOpen && { after: outlet }), ...(at && { at }) }))
  })
  return true
}
