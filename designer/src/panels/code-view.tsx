// The definition as JSON, edited both ways. Text that does not parse stays as it was typed and the drawing keeps its
// last good state; the cursor selects the step that it stands in, and a selection on the canvas is shown here.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json, jsonLanguage } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { locate } from '@durable-canvas/schema'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useActivities, useDefinitions } from '../api/definitions.ts'
import { isObject, type JsonObject, toPointer } from '../drawing/json.ts'
import { replaceDefinition } from '../drawing/operations/replace-definition.ts'
import { stepOfPointer, stepPointer } from '../drawing/static-path.ts'
import { perform, sealTyping, select, useDrawing } from '../store/drawing-store.ts'
import type { CodeCatalogue } from './code-catalogue.ts'
import { codeCompletion } from './code-completion.ts'
import { diagnosticsOf } from './code-diagnostics.ts'
import { codeHover } from './code-hover.ts'
import { codeLook } from './code-look.ts'
import { pointerAt, rangeOf } from './code-pointer.ts'
import { markSelected, selectedSteps } from './code-selection.ts'
import styles from './code-view.module.css'
import { useCalledDefinitions } from './use-called-definitions.ts'

const textOf = (definition: JsonObject) => JSON.stringify(definition, null, 2)

export function CodeView() {
  const frame = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  /** The definition that the text says; what comes from anywhere else is written into the text. */
  const said = useRef<JsonObject>(undefined)
  const isOurs = useRef(false)
  const fault = useDrawing((state) => state.codeError)
  const definition = useDrawing((state) => state.drawing.definition)
  const problems = useDrawing((state) => state.problems)
  const selection = useDrawing((state) => state.selection)
  const path = selection.at(-1)
  const { data: activities } = useActivities()
  const { data: definitions } = useDefinitions()
  const called = useCalledDefinitions()
  const catalogue = useRef<CodeCatalogue>({ activities: [], definitions: [], called })
  useEffect(() => {
    catalogue.current = { activities: activities ?? [], definitions: definitions ?? [], called }
  }, [activities, definitions, called])
  const [isReady, setReady] = useState(false)

  const read = useCallback((text: string) => {
    try {
      const value: unknown = JSON.parse(text)
      if (!isObject(value)) throw new SyntaxError('A definition is a JSON object.')
      useDrawing.setState({ codeError: undefined })
      said.current = value
      perform((before) => replaceDefinition(before, value), 'code')
    } catch (wrong) {
      if (!(wrong instanceof SyntaxError)) throw wrong
      useDrawing.setState({ codeError: wrong.message })
    }
  }, [])

  const write = useCallback((next: JsonObject) => {
    const editor = view.current
    if (editor === undefined) return
    said.current = next
    isOurs.current = true
    const text = textOf(next)
    editor.dispatch({ changes: minimalChange(editor.state.doc.toString(), text) })
    isOurs.current = false
    useDrawing.setState({ codeError: undefined })
  }, [])

  useEffect(() => {
    if (frame.current === null) return undefined
    const first = useDrawing.getState().drawing.definition
    said.current = first
    const editor = new EditorView({
      parent: frame.current,
      state: EditorState.create({
        doc: textOf(first),
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          bracketMatching(),
          closeBrackets(),
          indentUnit.of('  '),
          json(),
          jsonLanguage.data.of({ autocomplete: codeCompletion(() => catalogue.current) }),
          autocompletion({ icons: false }),
          codeHover(() => catalogue.current),
          selectedSteps,
          codeLook,
          EditorView.contentAttributes.of({ 'aria-label': 'Definition as JSON', tabindex: '0' }),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...foldKeymap,
            ...historyKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          EditorView.domEventHandlers({ blur: () => sealTyping() }),
          EditorView.updateListener.of((update) => {
            if (isOurs.current) return
            if (update.docChanged) read(update.state.doc.toString())
            else if (update.selectionSet && update.view.hasFocus) {
              const found = stepOfPointer(pointerAt(update.state, update.state.selection.main.head))
              if (found) select([found.path])
            }
          }),
        ],
      }),
    })
    view.current = editor
    setReady(true)
    return () => {
      editor.destroy()
      view.current = undefined
      useDrawing.setState({ codeError: undefined })
    }
  }, [read])

  useEffect(() => {
    // Text that does not parse is somebody's work: it stays until it is mended or given up.
    if (definition !== said.current && useDrawing.getState().codeError === undefined) write(definition)
  }, [definition, write])

  useEffect(() => {
    const editor = view.current
    if (editor === undefined || path === undefined || editor.hasFocus || !isReady) return
    const found = locate(editor.state.doc.toString(), toPointer(stepPointer(path)), 'key')
    if (found) {
      isOurs.current = true
      editor.dispatch({
        selection: { anchor: found.offset },
        effects: EditorView.scrollIntoView(found.offset, { y: 'center' }),
      })
      isOurs.current = false
    }
  }, [path, isReady])

  // biome-ignore lint/correctness/useExhaustiveDependencies: places move when the definition changes
  useEffect(() => {
    const editor = view.current
    if (editor === undefined || !isReady) return
    const ranges = selection.flatMap((one) => rangeOf(editor.state, stepPointer(one)) ?? [])
    editor.dispatch({ effects: markSelected.of(ranges) })
  }, [selection, definition, isReady])

  useEffect(() => {
    const editor = view.current
    if (editor !== undefined)
      editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc.toString(), problems, fault)))
  }, [problems, fault])

  return (
    <div className={styles.code}>
      <div ref={frame} className={styles.editor} data-testid="code" />
      {fault !== undefined && (
        <div className={styles.fault} role="alert">
          <span>The drawing shows the last text that could be read. {fault}</span>
          <button type="button" onClick={() => write(useDrawing.getState().drawing.definition)}>
            Give up this text
          </button>
        </div>
      )}
    </div>
  )
}

/** Only what differs between the ends, so that cursor and folds outside of it stay. */
function minimalChange(before: string, after: string) {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let end = 0
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) }
}
