import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'
import type { JsonPath } from '../drawing/json.ts'
import { treeOf } from './code-tree.ts'

/** The JSON Pointer, in segments, of the value or property at the offset. */
export function pointerAt(state: EditorState, offset: number): string[] {
  const path: string[] = []
  for (let node: SyntaxNode | null = treeOf(state).resolveInner(offset, -1); node; node = node.parent) {
    if (node.name === 'Property') {
      const name = node.getChild('PropertyName')
      if (name) path.unshift(nameOf(state.sliceDoc(name.from, name.to)))
    } else if (node.parent?.name === 'Array') {
      let index = 0
      for (let before = node.prevSibling; before; before = before.prevSibling)
        if (!/^[[,\]]$/.test(before.name)) index += 1
      path.unshift(String(index))
    }
  }
  return path
}

/** From the name of the property to the end of its value. */
export function rangeOf(state: EditorState, path: JsonPath): { from: number; to: number } | undefined {
  let node = treeOf(state).topNode.firstChild
  let found: SyntaxNode | undefined
  for (const key of path) {
    found = node?.getChildren('Property').find((property) => {
      const name = property.getChild('PropertyName')
      return name !== null && nameOf(state.sliceDoc(name.from, name.to)) === String(key)
    })
    if (found === undefined) return undefined
    node = found.lastChild
  }
  return found === undefined ? undefined : { from: found.from, to: found.to }
}

function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.replace(/^"|"$/g, '')
  }
}
