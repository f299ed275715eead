import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { Tree } from '@lezer/common'

const mostMs = 500

/** The tree of the whole text. The editor parses when it is idle, and may be behind what was just typed. */
export const treeOf = (state: EditorState): Tree =>
  ensureSyntaxTree(state, state.doc.length, mostMs) ?? syntaxTree(state)
