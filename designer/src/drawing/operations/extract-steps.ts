// Steps become a definition of their own, and one sub-orchestration step stands where they stood. The parent changes by
// one edit; the child is a drawing that has yet to be saved.
import type { Json } from '@durable-canvas/schema'
import type { Drawing, Layout, Note, Position, Positions } from '../drawing.ts'
import { type Edit, edit, setInDefinition } from '../edit.ts'
import { written } from '../extract/expression-reads.ts'
import { fieldReference } from '../extract/input-fields.ts'
import type { Plan, Rewritten } from '../extract/plan.ts'
import { isInRegion, type Region } from '../extract/region.ts'
import { fromEntries, isObject, type JsonObject, textAt } from '../json.ts'
import { groupsOf, notesOf, rawMarks, withMarks } from '../marks.ts'
import { leadsOf, withTarget } from '../ports.ts'
import { relabelLayout, retarget } from '../retarget.ts'
import { card, startPill } from '../scope-measure.ts'
import { rootScope, scopePointer, startPath, stepPath, stepPointer } from '../static-path.ts'
import { allSteps, freeId, scopeAt, stepAt } from '../tree.ts'

export interface Extraction {
  readonly edit: Edit
  readonly child: Drawing
  /** The path of the step that calls the child. */
  readonly call: string
}

export function extractSteps(drawing: Drawing, plan: Plan, name: string, title = ''): Extraction {
  const child = childOf(drawing, plan, name, title)
  const id = callId(drawing.definition, name)
  const { scope } = plan.region
  const path = stepPath(scope, id)
  const definition = parentOf(drawing.definition, plan, id, callStep(plan, name, title))
  const after: Drawing = { definition, layout: parentLayout(drawing, plan.region, path) }
  return { edit: edit(drawing, after, `Extract ${name}`, [path]), child, call: path }
}

/** Unlike every other id, so that no expression takes it for another step. */
function callId(definition: JsonObject, name: string): string {
  const words = name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return freeId(new Set(allSteps(definition).map(({ id }) => id)), words.replaceAll('-', ''))
}

function callStep({ region, inputs, handedBack }: Plan, name: string, title: string): JsonObject {
  // A list that is the input would make the expression one of many.
  const input = inputs.value('$context.')
  return {
    type: 'subOrchestration',
    ...(title !== '' && { title }),
    definition: name,
    ...(input !== undefined && { input }),
    ...(handedBack.length > 0 && {
      assign: fromEntries(handedBack.map(({ name, field }) => [name, `{% $result.${written(field)} %}`])),
    }),
    ...(region.exit !== undefined && { next: region.exit }),
  }
}

function parentOf(before: JsonObject, plan: Plan, id: string, call: JsonObject): JsonObject {
  const { scope, ids, entry } = plan.region
  const rewritten = withTexts(before, plan.outside(id))
  const led = retarget(rewritten, scope, entry, id)
  const steps = scopeAt(led, scope)?.steps
  if (!isObject(steps)) return before
  const kept = Object.entries(steps).flatMap(([key, step]): [string, Json][] => {
    if (key === entry) return [[id, call]]
    return ids.includes(key) ? [] : [[key, step]]
  })
  return setInDefinition(led, [...scopePointer(scope), 'steps'], fromEntries(kept))
}

function withTexts(definition: JsonObject, texts: readonly Rewritten[]): JsonObject {
  return texts.reduce(
    (changed, { place, text }) => setInDefinition(changed, [...stepPointer(place.step.path), ...place.at], text),
    definition,
  )
}

function childOf({ definition, layout }: Drawing, plan: Plan, name: string, title: string): Drawing {
  const { region, inputs, carried } = plan
  const rewritten = withTexts(definition, plan.inside)
  const own = region.ids.map((id) => [id, stepAt(rewritten, stepPath(region.scope, id)) ?? {}] as const)
  const steps = fromEntries(ended(own, plan))
  const schema = inputSchema(definition, plan)
  const child: JsonObject = {
    dsl: textAt(definition, 'dsl') ?? '1',
    name,
    ...(title !== '' && { title }),
    ...(inputs.all.length > 0 && { input: schema }),
    ...(carried.length > 0 && {
      variables: fromEntries(carried.map(({ name, field }) => [name, `{% ${fieldReference(field)} %}`])),
    }),
    start: region.entry,
    steps,
  }
  return { definition: child, layout: childLayout({ definition, layout }, plan, Object.keys(steps)) }
}

/** What led out of the selection ends the child, with what steps outside want of it. */
function ended(own: readonly (readonly [string, JsonObject])[], { region, outputs }: Plan): [string, Json][] {
  const leavers = own.flatMap(([id, step]) =>
    leadsOf(step).flatMap(({ port, to }) => (region.ids.includes(to) ? [] : [{ id, port }])),
  )
  const output = outputs.value()
  const needsEnd = leavers.length > 0 && (output !== undefined || leavers.some(({ port }) => port !== 'next'))
  const end = freeId(new Set(region.ids), 'done')
  const steps = own.map(([id, step]): [string, Json] => [
    id,
    leavers
      .filter((one) => one.id === id)
      .reduce((led, { port }) => withTarget(led, port, needsEnd ? end : undefined), step),
  ])
  if (!needsEnd) return steps
  return [...steps, [end, { type: 'end', title: 'Done', ...(output !== undefined && { output }) }]]
}

/** What the parent's schema says of the fields that are certain to be there; of the others, that they exist. */
function inputSchema({ input }: JsonObject, { inputs }: Plan): JsonObject {
  const known = isObject(input) && isObject(input.properties) ? input.properties : {}
  const properties = inputs.all.map(({ name, source, isSure }): [string, Json] => {
    const field = /^\$input\.`?([^`]*)`?$/.exec(source)?.[1]
    const schema = source === '$input' ? input : field === undefined ? undefined : known[field]
    return [name, isSure && schema !== undefined && isSelfContained(schema) ? schema : {}]
  })
  const required = inputs.all.filter(({ isSure }) => isSure).map(({ name }) => name)
  return { type: 'object', properties: fromEntries(properties), ...(required.length > 0 && { required }) }
}

/** A reference would lead to nothing in another document. */
const isSelfContained = (schema: Json): boolean => !/"\$(ref|dynamicRef|anchor|id)"/.test(JSON.stringify(schema))

/** The step that stands for the others has the place of the first one; its answer is another one. */
function parentLayout(drawing: Drawing, region: Region, call: string): Layout {
  const entry = stepPath(region.scope, region.entry)
  const without = relabelLayout(drawing, (path) => (isInRegion(region, path) ? undefined : path)).layout
  const { layout } = relabelLayout(drawing, (path) => {
    if (path === entry) return call
    return isInRegion(region, path) ? undefined : path
  })
  const { collapsed, mocks, tests } = without
  const gone = ids(notesOf(drawing.layout), (note) => note.beside !== undefined && isInRegion(region, note.beside.step))
  return {
    ...layout,
    ...(collapsed && { collapsed }),
    ...(mocks && { mocks }),
    ...(tests && { tests }),
    ...(layout.notes && { notes: rawMarks(layout, 'note').filter(isAmong(gone, false)) as unknown as readonly Note[] }),
  }
}

/** What belongs to the steps: their places and answers, notes beside them, and groups that are around them alone. */
function childLayout(drawing: Drawing, { region }: Plan, steps: readonly string[]): Layout {
  const { scope } = region
  const strip = scope === rootScope ? 0 : scope.length + 1
  const inside = (path: string) => isInRegion(region, path)
  const { layout } = relabelLayout(drawing, (path) =>
    inside(path) || path === startPath(scope) ? path.slice(strip) : undefined,
  )
  const { tests: _tests, notes: _notes, groups: _groups, ...others } = layout
  const isWithinSteps = (mark: { readonly scope: string }) => inside(`${mark.scope}/`)
  const notes = ids(
    notesOf(drawing.layout),
    (note) => isWithinSteps(note) || (note.beside !== undefined && inside(note.beside.step)),
  )
  const groups = ids(
    groupsOf(drawing.layout),
    (group) => isWithinSteps(group) || (group.members.length > 0 && group.members.every(inside)),
  )
  const kept = withMarks(
    { ...drawing, layout: others },
    {
      notes: rawMarks(layout, 'note').filter(isAmong(notes, true)),
      groups: rawMarks(layout, 'group').filter(isAmong(groups, true)),
    },
  ).layout
  return { ...kept, positions: placed(kept.positions, region.entry, steps) }
}

const ids = <T extends { readonly id: string }>(marks: readonly T[], isMeant: (mark: T) => boolean) =>
  new Set(marks.filter(isMeant).map(({ id }) => id))

const isAmong = (set: ReadonlySet<string>, isKept: boolean) => (mark: Json) =>
  isObject(mark) && typeof mark.id === 'string' ? set.has(mark.id) === isKept : !isKept

const gap = 60

/** Where boxes have places, the start and the end get some too. */
function placed(positions: Positions, entry: string, ids: readonly string[]): Positions {
  const own = ids.map((id) => stepPath(rootScope, id)).filter((path) => positions[path] !== undefined)
  const first = positions[stepPath(rootScope, entry)]
  if (own.length === 0 || first === undefined) return positions
  const bottom = Math.max(...own.map((path) => positions[path]?.y ?? 0))
  const last = own.find((path) => positions[path]?.y === bottom)
  const start: Position = { x: first.x + (card.width - startPill.width) / 2, y: first.y - startPill.height - gap }
  const lost = ids.filter((id) => positions[stepPath(rootScope, id)] === undefined)
  const ends = lost.map((id, index): [string, Position] => [
    stepPath(rootScope, id),
    { x: positions[last ?? '']?.x ?? first.x, y: bottom + (card.height + gap) * (index + 1) },
  ])
  return { ...positions, [startPath(rootScope)]: start, ...Object.fromEntries(ends) }
}

/** What an author reads before it is done: the child's fields, and what comes back. */
export function contentOf({ inputs, outputs, region }: Plan): {
  readonly steps: number
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
} {
  return {
    steps: region.ids.length,
    inputs: inputs.all.map(({ name }) => name),
    outputs: outputs.all.map(({ name }) => name),
  }
}
