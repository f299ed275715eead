import { copySteps, placeClip } from '../clip.ts'
import { copyMarks, placeMarks } from '../clip-marks.ts'
import type { Drawing, Positions } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import { markPath, notesOf } from '../marks.ts'
import { regrouped } from '../regroup.ts'
import { relabelLayout, takeOut } from '../retarget.ts'
import { idOf, isWithin, movedPath, scopeOf, startPath } from '../static-path.ts'
import { scopeAt, stepAt } from '../tree.ts'
import { removeMarks } from './marks.ts'

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
  const there = placed.paths.map(([, to]) => to)
  const marked = withMarksAlong(drawing, { ...moved, layout }, { from, scope, paths: placed.paths })
  return edit(drawing, regrouped(marked, there), label, there)
}

interface Way {
  readonly from: string
  readonly scope: string
  readonly paths: readonly (readonly [string, string])[]
}

/** Notes beside the steps go along, and groups all of whose members do. */
function withMarksAlong(before: Drawing, moved: Drawing, { from, scope, paths }: Way): Drawing {
  const gone = new Set(paths.map(([path]) => path))
  const notes = notesOf(before.layout)
    .filter((note) => note.scope === from && note.beside !== undefined && gone.has(note.beside.step))
    .map((note) => markPath('note', note))
  const marks = copyMarks(before, from, [...gone, ...notes])
  const without = notes.length === 0 ? moved : removeMarks(moved, notes).drawing
  return placeMarks(without, marks, scope, new Map(paths), { x: 0, y: 0 }).drawing
}
