// Two drawings that began as the same one, made one again. The units are the steps and the fields of the document: what
// only one side changed is taken from that side, what both changed is a conflict that the author decides.
import type { Json } from '@durable-canvas/schema'
import type { Drawing } from './drawing.ts'
import { fromEntries, isArray, isObject, type JsonObject, textAt } from './json.ts'
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
    const held = at(three, 'steps')
    const areSteps = Object.values(held).every((side) => isObject(side))
    return fromEntries(
      keysOf(three).flatMap((key) =>
        entry(key, key === 'steps' && areSteps ? steps(path, held) : decide(unit(key), at(three, key))),
      ),
    )
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
  const layout = mergeLayouts(asJson(base.layout), asJson(mine.layout), asJson(theirs.layout), decide)
  return { drawing: { definition: fields(definition), layout: layout as unknown as Drawing['layout'] }, conflicts }
}

const asJson = (layout: Drawing['layout']) => layout as unknown as Json

type Decide = (unit: string, three: Three) => Json | undefined

/** How the picture looks is no work: of what both changed there, mine holds. */
const looks = new Set(['direction', 'collapsed'])

/** Answers by their steps; tests, notes and groups by their names. */
function mergeLayouts(base: Json, mine: Json, theirs: Json, decide: Decide): Json {
  const whole = { base, mine, theirs }
  return fromEntries(
    keysOf(whole).flatMap((key) => {
      const three = at(whole, key)
      if (key === 'positions') return entry(key, fields(withEntries(three, (_, one) => mineFirst(one))))
      if (looks.has(key)) return entry(key, mineFirst(three))
      if (key === 'mocks')
        return entry(
          key,
          withEntries(three, (step, one) => decide(`answer of ${step}`, one)),
        )
      const named = threeLists(key, three)
      if (named === undefined) return entry(key, decide(`layout ${key}`, three))
      const kept = withEntries(named, (name, one) => decide(`${listed[key]?.unit} ${name}`, one))
      return entry(key, kept && Object.values(kept))
    }),
  )
}

const mineFirst = ({ base, mine, theirs }: Three): Json | undefined => (same(mine, base) ? theirs : mine)

/** Undefined where no entry is left. */
function withEntries(three: Three, decide: (key: string, one: Three) => Json | undefined): JsonObject | undefined {
  const entries = keysOf(three).flatMap((key) => entry(key, decide(key, at(three, key))))
  return entries.length === 0 ? undefined : fromEntries(entries)
}

const listed: { readonly [key: string]: { readonly by: string; readonly unit: string } } = {
  tests: { by: 'name', unit: 'test' },
  notes: { by: 'id', unit: 'note' },
  groups: { by: 'id', unit: 'group' },
}

/** Lists of things with names, as objects; undefined where they are none, or where names do not tell them apart. */
function threeLists(key: string, { base, mine, theirs }: Three): Three | undefined {
  const kind = listed[key]
  if (kind === undefined) return undefined
  const [old, ours, others] = [base, mine, theirs].map((side) => byName(side, kind.by))
  return old && ours && others ? { base: old, mine: ours, theirs: others } : undefined
}

function byName(list: Json | undefined, by: string): JsonObject | undefined {
  if (list === undefined) return {}
  if (!isArray(list)) return undefined
  const named = list.map((item): [string, Json] => [textAt(item, by) ?? '', item])
  const names = new Set(named.map(([name]) => name))
  return names.size === named.length && !names.has('') ? fromEntries(named) : undefined
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
