import type { Json } from '@durable-canvas/schema'
import type { Drawing } from './drawing.ts'
import { framed, liesIn, placedGroup } from './mark-places.ts'
import { changedMarks, groupsOf, withMarks } from './marks.ts'
import { ScopeMeasure } from './scope-measure.ts'
import { scopeOf } from './static-path.ts'

/**
 * Boxes of one scope that have come to stand elsewhere belong to the groups whose frames they stand in now, and to no
 * other. A frame whose members have all gone elsewhere has gone there with them.
 */
export function regrouped(drawing: Drawing, paths: readonly string[]): Drawing {
  const scope = scopeOf(paths[0] ?? '')
  const groups = groupsOf(drawing.layout).filter((group) => group.scope === scope)
  if (groups.length === 0 || paths.length === 0) return drawing
  const { places } = new ScopeMeasure(drawing).scope(scope)
  const changes = new Map<string, { readonly [field: string]: Json | undefined }>()
  for (const group of groups) {
    const others = group.members.filter((path) => !paths.includes(path))
    if (others.length === 0 && group.members.length > 0) continue
    const frame = placedGroup({ ...group, members: others }, places)?.rect
    if (frame === undefined) continue
    const inside = paths.filter((path) => {
      const box = places.get(path)
      return box !== undefined && liesIn(box, frame)
    })
    const isSame = inside.every((path) => group.members.includes(path))
    if (isSame && others.length + inside.length === group.members.length) continue
    changes.set(group.id, framed(frame, [...others, ...inside], places))
  }
  if (changes.size === 0) return drawing
  return withMarks(drawing, { groups: changedMarks(drawing.layout, 'group', (id) => changes.get(id)) })
}
