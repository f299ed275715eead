import type { Direction, Drawing } from '../drawing.ts'
import { type Edit, edit, withLayout } from '../edit.ts'
import { isWithin, ownerOf, scopeOf } from '../static-path.ts'

/** Takes the pins out: of everything, or of a scope and what is inside of it. Then the layout is automatic again. */
export function tidy(drawing: Drawing, scope = ''): Edit {
  const owner = ownerOf(scope)
  const inside = (path: string) => scopeOf(path) === scope || (owner === undefined ? true : isWithin(path, scope))
  const kept = Object.entries(drawing.layout.positions).filter(([path]) => !inside(path))
  if (kept.length === Object.keys(drawing.layout.positions).length) return edit(drawing, drawing, 'Tidy up')
  return edit(drawing, withLayout(drawing, { positions: Object.fromEntries(kept) }), 'Tidy up')
}

/** Boxes placed for one direction make no sense in the other one, so turning tidies too. */
export function turn(drawing: Drawing, direction: Direction): Edit {
  const label = direction === 'LR' ? 'Flow left to right' : 'Flow top to bottom'
  if ((drawing.layout.direction ?? 'TB') === direction) return edit(drawing, drawing, label)
  return edit(drawing, withLayout(drawing, { positions: {}, direction }), label)
}

export function toggleCollapsed(drawing: Drawing, path: string): Edit {
  const collapsed = drawing.layout.collapsed ?? []
  const isCollapsed = collapsed.includes(path)
  const next = isCollapsed ? collapsed.filter((other) => other !== path) : [...collapsed, path]
  return edit(drawing, withLayout(drawing, { collapsed: next }), isCollapsed ? 'Expand' : 'Collapse')
}
