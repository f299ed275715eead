import type { Diagram } from './diagram.ts'
import type { Position } from './drawing.ts'
import { liesIn } from './mark-places.ts'

export interface Followers {
  /** Where everything is while some things are dragged there: they themselves and what they take along. */
  readonly along: (dragged: ReadonlyMap<string, Position>) => ReadonlyMap<string, Position>
}

/** What a group and a box take along while they are dragged; moving them means the same when they are let go. */
export function followersOf(diagram: Diagram): Followers {
  const { boxes, notes, groups } = diagram
  if (notes.length + groups.length === 0) return { along: (dragged) => dragged }
  const places = new Map<string, Position>([...boxes, ...notes, ...groups].map((one) => [one.path, one]))
  const beside = new Map<string, string[]>()
  for (const { path, note } of notes) {
    if (note.beside) beside.set(note.beside.step, [...(beside.get(note.beside.step) ?? []), path])
  }
  const within = new Map(
    groups.map((group) => {
      const isIn = (one: Parameters<typeof liesIn>[0] & { readonly parent: string | undefined }) =>
        one.parent === group.parent && liesIn(one, group)
      const inner = groups.filter((one) => one.width * one.height < group.width * group.height && isIn(one))
      return [group.path, [...group.holds, ...[...notes.filter(isIn), ...inner].map(({ path }) => path)]]
    }),
  )
  const along = (dragged: ReadonlyMap<string, Position>) => {
    const all = new Map(dragged)
    for (const [path, at] of dragged) {
      const from = places.get(path)
      if (from === undefined) continue
      const inside = within.get(path) ?? []
      for (const other of [...inside, ...[path, ...inside].flatMap((one) => beside.get(one) ?? [])]) {
        const was = places.get(other)
        if (was !== undefined && !all.has(other)) all.set(other, { x: was.x + at.x - from.x, y: was.y + at.y - from.y })
      }
    }
    return all
  }
  return { along }
}
