// Two drawings that began as the same one, made one again. The units are the steps and the fields of the document: what
// only one side changed is taken from that side, what both changed is a conflict that the author decides.
import type { Json } from '@durable-canvas/schema'
import type { Drawing } from './drawing.ts'
import { fromEntries, isObject, type JsonObject } from './json.ts'
import { branchScope, rootScope, stepPath } from './static-path.ts'

export type Side = 'mine' | 'theirs'

export interface Merged {
  readonly drawing: Drawing
  /** Steps by their path, fields of the document by their name, that both changed to something different. */
  readonly conflicts: readonly string[]
}

type Three = { readonly base: Json | undefined; readonly mine: Json | undefined; readonly theirs: Json | undefined }

const text = (value: Json | undefined) => JSON.stringify(value)
const same = (a: Json | undefined, b: Json | undefined) => a === b || text(a) === text(b)
const fields = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

export function mergeDrawings(base: Drawing, mine: Drawing, theirs: Drawing, sideOf: (unit: string) => Side): Merged {
  const conflicts: string[] = []
  const decide = (unit: string, { base: old, mine: ours, theirs: other }: Three): Json | undefined => {
    if (same(ours, other) || same(ours, old)) return other
    if (same(other, old)) return ours
    conflicts.push(unit)
    return sideOf(unit) === 'mine' ? ours : other
  }
  const scope = (path: string, three: Three, unit: (key: string) => string): Json => {
    const keys = keysOf(three).filter((key) => key !== 'steps')
    const own = keys.flatMap((key) => entry(key, decide(unit(key), at(three, key))))
    return fromEntries([...own, ['steps', steps(path, at(three, 'steps'))]])
  }
  const steps = (path: string, three: Three): Json =>
    fromEntries(keysOf(three).flatMap((id) => entry(id, step(stepPath(path, id), at(three, id)))))
  const step = (path: string, three: Three): Json | undefined => {
    const isEverywhere = isObject(three.base) && isObject(three.mine) && isObject(three.theirs)
    const inner = isEverywhere
      ? ['body', 'branches'].filter((key) => Object.values(three).every((side) => isObject(fields(side)[key])))
      : []
    if (inner.length === 0) return decide(path, three)
    const bare = decide(path, { base: without(three.base), mine: without(three.mine), theirs: without(three.theirs) })
    const held = inner.map(
      (key) => [key, key === 'body' ? body(path, at(three, key)) : branches(path, at(three, key))] as const,
    )
    return fromEntries([...Object.entries(fields(bare)), ...held])
  }
  const body = (path: string, three: Three) => scope(path, three, (key) => `${path} ${key}`)
  const branches = (path: string, three: Three): Json =>
    fromEntries(
      keysOf(three).flatMap((name) => {
        const held = branchScope(path, name)
        const one = at(three, name)
        const isEverywhere = Object.values(one).every((side) => isObject(side))
        return entry(name, isEverywhere ? body(held, one) : decide(held, one))
      }),
    )
  const definition = scope(
    rootScope,
    { base: base.definition, mine: mine.definition, theirs: theirs.definition },
    (key) => key,
  )
  const layout = decide('layout', {
    base: base.layout as unknown as Json,
    mine: mine.layout as unknown as Json,
    theirs: theirs.layout as unknown as Json,
  })
  const places = { ...theirs.layout.positions, ...mine.layout.positions }
  const isBoth = conflicts.includes('layout')
  const merged = layout as unknown as Drawing['layout']
  return {
    drawing: { definition: fields(definition), layout: isBoth ? { ...merged, positions: places } : merged },
    conflicts: conflicts.filter((unit) => unit !== 'layout'),
  }
}

/** Theirs in their order, then what only mine has. */
function keysOf({ mine, theirs }: Three): string[] {
  return [...new Set([...Object.keys(fields(theirs)), ...Object.keys(fields(mine))])]
}

const at = ({ base, mine, theirs }: Three, key: string): Three => ({
  base: fields(base)[key],
  mine: fields(mine)[key],
  theirs: fields(theirs)[key],
})

const without = (step: Json | undefined): Json =>
  fromEntries(Object.entries(fields(step)).filter(([key]) => key !== 'body' && key !== 'branches'))

const entry = (key: string, value: Json | undefined): [string, Json][] => (value === undefined ? [] : [[key, value]])
