import { type Clip, copySteps, placeClip } from '../clip.ts'
import { placeMarks } from '../clip-marks.ts'
import type { Drawing, Position } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import { attach } from '../retarget.ts'
import { card } from '../scope-measure.ts'
import { idOf, movedPath, scopeOf } from '../static-path.ts'
import { scopeAt } from '../tree.ts'
import type { EdgeEnd } from './insert-on-edge.ts'

export interface Paste {
  readonly clip: Clip
  readonly scope: string
  /** The upper left corner of what is pasted, in a scope whose boxes have places. */
  readonly at?: Position
  /** The edge that the first step hangs on, if it leads nowhere yet. */
  readonly after?: EdgeEnd
}

export function paste(drawing: Drawing, { clip, scope, at, after }: Paste): Edit {
  if (scopeAt(drawing.definition, scope) === undefined || isEmpty(clip)) {
    return edit(drawing, drawing, 'Paste')
  }
  const { definition: placed, paths } = placeClip(drawing.definition, clip, scope)
  const first = paths[0]
  const hangs = after !== undefined && scopeOf(after.from) === scope && first !== undefined
  const definition = hangs ? attach(placed, after.from, after.port, idOf(first[1])) : placed
  const positions = at === undefined ? {} : shifted(clip, paths, at)
  const inner = Object.fromEntries(
    Object.entries(clip.inner).flatMap(([path, place]) => {
      const to = paths.flatMap(([before, after]) => movedPath(path, before, after) ?? [])[0]
      return to === undefined ? [] : [[to, place]]
    }),
  )
  const layout = { ...drawing.layout, positions: { ...drawing.layout.positions, ...inner, ...positions } }
  const marks = placeMarks({ definition, layout }, clip, scope, new Map(paths), shiftOf(clip, at))
  const label = paths.length === 1 && first ? `Paste ${idOf(first[1])}` : `Paste ${counted(paths.length)}`
  return edit(drawing, marks.drawing, label, [...paths.map(([, to]) => to), ...marks.paths])
}

const isEmpty = ({ steps, notes = [], groups = [] }: Clip) =>
  Object.keys(steps).length + notes.length + groups.length === 0

const counted = (steps: number) => (steps === 0 ? 'notes and groups' : `${steps} steps`)

const rowGap = 60

/** So far beside the original a copy is seen. */
const beside = 24

/** How far what stands free is from where it was copied: as far as the steps that it was copied with. */
function shiftOf({ positions, notes = [], groups = [] }: Clip, at: Position | undefined): Position {
  if (at === undefined) return { x: beside, y: beside }
  const placed = Object.values(positions)
  const from = placed.length > 0 ? placed : [...notes, ...groups]
  return { x: at.x - Math.min(...from.map(({ x }) => x)), y: at.y - Math.min(...from.map(({ y }) => y)) }
}

/** Copies in the same scope, beside the originals. */
export function duplicate(drawing: Drawing, paths: readonly string[], at?: Position): Edit {
  const clip = copySteps(drawing, paths)
  return paste(drawing, { clip, scope: scopeOf(paths[0] ?? ''), ...(at && { at }) })
}

function shifted(clip: Clip, paths: readonly (readonly [string, string])[], at: Position) {
  // Steps out of somebody's code never stood anywhere: they stand below each other.
  const below = (index: number) => ({ x: 0, y: index * (card.height + rowGap) })
  const places = paths.map(([before, after], index) => [after, clip.positions[before] ?? below(index)] as const)
  const left = Math.min(...places.map(([, place]) => place.x))
  const top = Math.min(...places.map(([, place]) => place.y))
  return Object.fromEntries(places.map(([path, { x, y }]) => [path, { x: x - left + at.x, y: y - top + at.y }]))
}
