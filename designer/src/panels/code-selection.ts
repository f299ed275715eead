// The lines of the steps that are selected on the canvas.
import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

export interface TextRange {
  readonly from: number
  readonly to: number
}

export const markSelected = StateEffect.define<readonly TextRange[]>()

const line = Decoration.line({ class: 'cm-selectedStep' })

export const selectedSteps: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { state, changes, effects }) {
    const told = effects.find((effect) => effect.is(markSelected))
    if (told === undefined) return marks.map(changes)
    const lines = new Set<number>()
    for (const { from, to } of told.value as readonly TextRange[])
      for (let at = from; at <= Math.min(to, state.doc.length); at = state.doc.lineAt(at).to + 1)
        lines.add(state.doc.lineAt(at).from)
    const builder = new RangeSetBuilder<Decoration>()
    for (const from of [...lines].sort((a, b) => a - b)) builder.add(from, from, line)
    return builder.finish()
  },
  provide: (field) => EditorView.decorations.from(field),
})
