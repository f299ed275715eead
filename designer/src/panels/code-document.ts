// The text of the code view as a value, however much of it is missing: what the parser could make out.
import type { EditorState } from '@codemirror/state'
import type { Json } from '@durable-canvas/schema'
import type { SyntaxNode } from '@lezer/common'
import { fromEntries } from '../drawing/json.ts'
import { treeOf } from './code-tree.ts'

export function looseDocument(state: EditorState): Json {
  const top = treeOf(state).topNode.firstChild
  return top ? looseValue(state, top) : null
}

function looseValue(state: EditorState, node: SyntaxNode): Json {
  switch (node.name) {
    case 'Object':
      return fromEntries(
        node.getChildren('Property').flatMap((property) => {
          const name = property.getChild('PropertyName')
          const value = property.lastChild
          if (!name) return []
          const isValue = value && value.from > name.to && value.name !== '⚠' && value.name !== ':'
          return [[textOf(state, name), isValue ? looseValue(state, value) : null] as const]
        }),
      )
    case 'Array': {
      const items: Json[] = []
      for (let item = node.firstChild; item; item = item.nextSibling)
        if (!/^[[\],⚠]$/.test(item.name)) items.push(looseValue(state, item))
      return items
    }
    case 'String':
      return textOf(state, node)
    case 'Number':
      return Number(state.sliceDoc(node.from, node.to))
    case 'True':
      return true
    case 'False':
      return false
    default:
      return null
  }
}

/** What a quoted text says; one that is not closed yet, as far as it goes. */
export function textOf(state: EditorState, node: SyntaxNode): string {
  const quoted = state.sliceDoc(node.from, node.to)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.replace(/^"|"$/g, '')
  }
}
