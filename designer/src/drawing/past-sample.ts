// What the expressions of a step saw in a run of the past: input, variables, outputs and items as they were when the step
// began, with what it gave and how it failed. What could not be seen is named, each with the reason.
import { staticPath } from '@durable-canvas/interpreter/core'
import { type Json, parseInstant } from '@durable-canvas/schema'
import { isObject, type JsonObject, textAt } from './json.ts'
import type { Sample } from './names-in-reach.ts'
import type { Brought, PastRun, PastScope, PastVisit } from './past-run.ts'
import { enclosingScopes, ownerOf, rootScope } from './static-path.ts'
import { stepAt, stepsIn } from './tree.ts'

export interface PastSample extends Sample {
  /** The execution that was looked at; undefined where the run never came to the step, and its end is shown. */
  readonly visit: PastVisit | undefined
}

/** All executions of the step, the latest first. */
export function visitsOf(run: PastRun, path: string | undefined): readonly PastVisit[] {
  return path === undefined ? [] : [...(run.visits.get(path) ?? [])].reverse()
}

/** As the draft names things today. `visitPath` says which execution; else it is the latest. */
export function pastSample(
  run: PastRun,
  definition: JsonObject,
  path: string | undefined,
  visitPath?: string,
): PastSample {
  const visits = visitsOf(run, path)
  const visit = visits.find((one) => one.path === visitPath) ?? visits[0]
  const seq = visit?.from ?? (path === undefined ? run.started.seq : Number.POSITIVE_INFINITY)
  const scope = visit?.scope ?? nearestScope(run, path)
  const unknown: { [name: string]: string } = {}
  const bindings = {
    ...variablesAt(run, definition, seq, unknown),
    ...itemsIn(definition, path, scope, unknown),
    input: run.started.input,
    steps: outputsAt(definition, path, scope, seq, unknown),
    context: contextOf(run),
    ...ownOutcome(path, visit, scope, seq, unknown),
  }
  const at = parseInstant(visit?.at ?? run.lastAt) ?? 0
  return { input: scope?.input ?? run.started.input, bindings, unknown, visit, source: run.started.instanceId, at }
}

/** Where the step would have stood: the latest opening of its scope, else of the scopes around it. */
function nearestScope(run: PastRun, path: string | undefined): PastScope | undefined {
  const places = path === undefined ? [rootScope] : enclosingScopes(path)
  for (const place of places.reverse()) {
    const opened = run.scopes.get(place)?.at(-1)
    if (opened) return opened
  }
  return undefined
}

function* outward(scope: PastScope | undefined): Generator<PastScope> {
  for (let one = scope; one; one = one.outer) yield one
}

const before = <T>(all: readonly Brought<T>[] | undefined, seq: number): Brought<T> | undefined =>
  all?.findLast((one) => one.seq < seq)

function variablesAt(
  run: PastRun,
  definition: JsonObject,
  seq: number,
  unknown: { [name: string]: string },
): JsonObject {
  const variables: { [name: string]: Json } = { ...run.started.variables }
  for (const { seq: at, value } of run.assigned) if (at < seq) Object.assign(variables, value)
  const declared = isObject(definition.variables) ? Object.keys(definition.variables) : []
  for (const name of declared) if (!Object.hasOwn(variables, name)) unknown[`$${name}`] = 'the run had no such variable'
  return variables
}

function itemsIn(
  definition: JsonObject,
  path: string | undefined,
  scope: PastScope | undefined,
  unknown: { [name: string]: string },
): JsonObject {
  const found: { [name: string]: Json } = {}
  const items = [...outward(scope)].filter(({ item }) => item !== undefined)
  const holders = (path === undefined ? [] : enclosingScopes(path)).reverse().flatMap((place) => {
    const owner = ownerOf(place)
    const holder = owner === undefined ? undefined : stepAt(definition, owner)
    return holder?.type === 'forEach' ? [{ owner, name: textAt(holder, 'item') ?? 'item' }] : []
  })
  for (const [depth, { owner, name }] of holders.entries()) {
    if (name in found) continue
    const item = items.find(({ path: opened }) => staticPath(opened) === owner)?.item
    if (item !== undefined) found[name] = item.value
    else unknown[`$${name}`] = 'the run entered no item here'
    if (depth === 0 && item !== undefined) found.index = item.index
    else if (depth === 0) unknown.$index = 'the run entered no item here'
  }
  return found
}

function outputsAt(
  definition: JsonObject,
  path: string | undefined,
  scope: PastScope | undefined,
  seq: number,
  unknown: { [name: string]: string },
): Json {
  const steps: { [id: string]: Json } = {}
  const places = path === undefined ? [rootScope] : enclosingScopes(path)
  const ids = new Set(places.flatMap((place) => stepsIn(definition, place).map(({ id }) => id)))
  for (const opened of outward(scope)) for (const id of opened.outputs.keys()) ids.add(id)
  for (const id of ids) {
    for (const opened of outward(scope)) {
      const brought = before(opened.outputs.get(id), seq)
      if (brought === undefined) continue
      steps[id] = { output: brought.value }
      break
    }
    if (!(id in steps)) {
      const isLater = [...outward(scope)].some(({ outputs }) => outputs.has(id))
      unknown[`$steps.${id}`] = isLater ? 'it completed only later' : 'it had not completed'
    }
  }
  return steps
}

function ownOutcome(
  path: string | undefined,
  visit: PastVisit | undefined,
  scope: PastScope | undefined,
  seq: number,
  unknown: { [name: string]: string },
): JsonObject {
  if (path === undefined) return {}
  const outcome: { [name: string]: Json } = {}
  if (visit?.result !== undefined) outcome.result = visit.result
  else unknown.$result = visit === undefined ? 'the run did not come here' : 'the step gave none'
  const caught = [...outward(scope)].flatMap(({ errors }) => before(errors, seq) ?? [])[0]
  const error = visit?.error ?? caught?.value
  if (error !== undefined) outcome.error = error
  else unknown.$error = visit === undefined ? 'the run did not come here' : 'the step did not fail'
  return outcome
}

function contextOf({ started }: PastRun): Json {
  return {
    instanceId: started.instanceId,
    executionId: started.executionId,
    name: started.definition,
    version: started.version,
    startedAt: started.at,
    parentInstanceId: started.parent?.instanceId ?? null,
    isReplaying: false,
  }
}
