import { copySteps, placeClip } from '../clip.ts'
import type { Drawing, Positions } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import { relabelLayout, takeOut } from '../retarget.ts'
import { idOf, isWithin, movedPath, scopeOf, startPath } from '../static-path.ts'
import { scopeAt, stepAt } from '../tree.ts'

export interface ScopeMove {
  readonly paths: readonly string[]
  readonly scope: string
  readonly positions?: Positions
}

/** Takes steps of one scope into another. Edges among them come along, the others cannot: the chain closes behind. */
export function moveToScope(drawing: Drawing, { paths, scope, positions = {} }: ScopeMove): Edit {
  const label = paths.length === 1 && paths[0] !== undefined ? `Move ${idOf(paths[0])}` : `Move ${paths.length} steps`
  const from = scopeOf(paths[0] ?? startPath(''))
  const movable = paths.filter((path) => scopeOf(path) === from && stepAt(drawing.definition, path) !== undefined)
  const intoItself = movable.some((path) => scope === path || isWithin(scope, path) || isWithin(`${scope}/x`, path))
  if (movable.length === 0 || from === scope || intoItself || scopeAt(drawing.definition, scope) === undefined) {
    return edit(drawing, drawing, label)
  }
  const clip = copySteps(drawing, movable)
  const without = takeOut(drawing.definition, from, movable.map(idOf))
  const placed = placeClip(without, clip, scope)
  const moved = relabelLayout({ ...drawing, definition: placed.definition }, (path) => {
    for (const [before, after] of placed.paths) {
      const to = movedPath(path, before, after)
      if (to !== undefined) return path === before ? undefined : to
    }
    return path
  })
  const own = Object.fromEntries(
    placed.paths.flatMap(([before, after]) => (positions[before] ? [[after, positions[before]]] : [])),
  )
  const layout = { ...moved.layout, positions: { ...moved.layout.positions, ...own } }
  return edit(
    drawing,
    { ...moved, layout },
    label,
    placed.paths.map(([, to]) => to),
  )
}
