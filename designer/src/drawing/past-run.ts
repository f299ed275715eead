// A run of the past, read from its history for looking back: which scopes it opened, which steps it came to and when,
// what each of them gave, and how the variables changed. Like the engine's own fold it evaluates nothing; unlike it,
// nothing is forgotten at the end, and the definition may have changed since.
import { framePathOf, localStep, splitKey, staticPath } from '@durable-canvas/interpreter/core'
import type { ExecutionStarted, Failure, HistoryEvent, Json, ScopeEntered } from '@durable-canvas/schema'
import { fromEntries, type JsonObject } from './json.ts'
import { stepAt } from './tree.ts'

/** What an event brought, to be seen by everything after it. */
export interface Brought<T> {
  readonly seq: number
  readonly value: T
}

/** One opening of a scope: the whole run, a branch, an item, the body of a scope step. */
export interface PastScope {
  readonly path: string
  readonly outer: PastScope | undefined
  /** What `$` is inside of it. */
  readonly input: Json
  readonly item: { readonly value: Json; readonly index: number } | undefined
  /** By step id, each time that it completed. */
  readonly outputs: Map<string, Brought<Json>[]>
  readonly errors: Brought<Json>[]
}

/** One execution of a step. */
export interface PastVisit {
  readonly path: string
  readonly scope: PastScope
  /** The event that it began with: its expressions saw what was there before. */
  readonly from: number
  readonly at: string
  /** Absent: none, not yet, or not recorded. */
  result?: Json
  error?: Json
}

export interface PastRun {
  readonly started: ExecutionStarted
  /** By static path, in the order of their openings. */
  readonly scopes: ReadonlyMap<string, readonly PastScope[]>
  readonly visits: ReadonlyMap<string, readonly PastVisit[]>
  readonly assigned: readonly Brought<JsonObject>[]
  readonly lastAt: string
}

/** An open `parallel`, `forEach` or `compensate`. */
interface Fan {
  readonly input: Json | undefined
  readonly items: readonly Json[] | undefined
  readonly isUndoing: boolean
  readonly results: Map<string, Json>
}

interface Reading {
  readonly definition: JsonObject
  readonly open: Map<string, PastScope>
  readonly fans: Map<string, Fan>
  readonly current: Map<string, PastVisit>
  readonly scopes: Map<string, PastScope[]>
  readonly visits: Map<string, PastVisit[]>
  readonly assigned: Brought<JsonObject>[]
  readonly raised: Map<number, Json>
  /** Timers that are steps of their own; others wait for a retry. */
  readonly timers: Set<number>
  rewoundAt: number
}

/** Undefined where the events are no history from its beginning. */
export function readPast(definition: JsonObject, events: readonly HistoryEvent[]): PastRun | undefined {
  const [started] = events
  if (started?.type !== 'ExecutionStarted') return undefined
  const reading: Reading = {
    definition,
    open: new Map(),
    fans: new Map(),
    current: new Map(),
    scopes: new Map(),
    visits: new Map(),
    assigned: [],
    raised: new Map((started.carried ?? []).map(({ seq, data }) => [seq, data])),
    timers: new Set(),
    rewoundAt: 0,
  }
  openScope(reading, '', '', undefined, started.input, undefined)
  for (const event of events) take(reading, event)
  const { scopes, visits, assigned } = reading
  return { started, scopes, visits, assigned, lastAt: events.at(-1)?.at ?? started.at }
}

function take(reading: Reading, event: HistoryEvent): void {
  if (event.type === 'EventRaised') reading.raised.set(event.seq, event.data)
  if (event.type === 'ExecutionRewound') reading.rewoundAt = event.seq
  if (!('step' in event) || event.step === undefined || event.step === '') return
  if (event.type === 'ScopeEntered' && splitKey(event.step)) return bodyEntered(reading, event)
  if (event.type === 'ScopeExited' && event.by !== undefined) visitAt(reading, event.by, event)
  const key = splitKey(event.step)
  if (key) {
    if (event.type === 'ScopeExited') reading.fans.get(key.container)?.results.set(key.key, event.output ?? null)
    return
  }
  const visit = visitAt(reading, event.step, event)
  if (visit) told(reading, visit, event)
}

function told(reading: Reading, visit: PastVisit, event: HistoryEvent): void {
  switch (event.type) {
    case 'TaskCompleted':
      return reading.fans.get(visit.path)?.isUndoing ? undefined : gave(visit, event, event.result, event.output)
    case 'SubOrchestrationInstanceCompleted':
      return gave(visit, event, event.result, event.output)
    case 'EventConsumed':
      return gave(visit, event, reading.raised.get(event.raised) ?? null, event.output)
    case 'TimerCreated':
      if (event.purpose === undefined) reading.timers.add(event.seq)
      return
    case 'TimerFired':
      return reading.timers.has(event.timer) ? gave(visit, event, null, event.output) : undefined
    case 'ScopeEntered':
      return entered(reading, event)
    case 'ScopeExited':
      return exited(reading, visit, event, event.output)
    case 'ChoiceTaken':
    case 'EventSent':
      return gave(visit, event, null, undefined)
    case 'VariablesAssigned':
      reading.assigned.push({ seq: event.seq, value: event.variables })
      return isOfType(reading, visit, 'assign') ? gave(visit, event, null, undefined) : undefined
    case 'CustomStatusSet':
      return isOfType(reading, visit, 'setCustomStatus') ? gave(visit, event, null, undefined) : undefined
    case 'TaskFailed':
    case 'SubOrchestrationInstanceFailed':
    case 'ScopeFailed':
    case 'StepFailed':
      visit.error = errorOf(event.failure)
      return
    case 'ErrorCaught':
      visit.error = errorOf(event.failure)
      visit.scope.errors.push({ seq: event.seq, value: visit.error })
      return
    default:
      // The others say nothing that an expression could read.
      return
  }
}

/** As `$error` has it. */
const errorOf = ({ type, message, details, step, attempt }: Failure): Json => ({
  type,
  message,
  details: details ?? null,
  step: step ?? null,
  attempt: attempt ?? 1,
})

const isOfType = ({ definition }: Reading, visit: PastVisit, type: string): boolean =>
  stepAt(definition, staticPath(visit.path))?.type === type

function gave(visit: PastVisit, { seq }: HistoryEvent, result: Json | undefined, output: Json | undefined): void {
  if (result !== undefined) visit.result = result
  const { step } = localStep(visit.path)
  const outputs = visit.scope.outputs.get(step) ?? []
  outputs.push({ seq, value: (output === undefined ? result : output) ?? null })
  visit.scope.outputs.set(step, outputs)
}

function visitAt(reading: Reading, path: string, event: HistoryEvent): PastVisit | undefined {
  const known = reading.current.get(path)
  // After a rewind what had fallen is entered again, and sees what is there by then.
  const isOver = known !== undefined && known.error !== undefined && known.from < reading.rewoundAt
  if (known && !isOver) return known
  const scope = reading.open.get(framePathOf(path))
  if (scope === undefined) return undefined
  const visit: PastVisit = { path, scope, from: event.seq, at: event.at }
  reading.current.set(path, visit)
  const all = reading.visits.get(staticPath(path)) ?? []
  reading.visits.set(staticPath(path), [...(isOver ? all.filter((one) => one !== known) : all), visit])
  return visit
}

function entered(reading: Reading, { step, input, items, compensations }: ScopeEntered): void {
  const outer = reading.open.get(framePathOf(step))
  if (outer === undefined) return
  reading.fans.set(step, { input, items, isUndoing: compensations !== undefined, results: new Map() })
  if (items === undefined)
    openScope(reading, step, staticPath(step), outer, input === undefined ? outer.input : input, undefined)
}

function bodyEntered(reading: Reading, { step, input }: ScopeEntered): void {
  const keyed = splitKey(step)
  const fan = keyed ? reading.fans.get(keyed.container) : undefined
  const outer = reading.open.get(framePathOf(step))
  if (!keyed || fan === undefined || outer === undefined) return
  const index = Number(keyed.key)
  const item = fan.items === undefined ? undefined : { value: fan.items[index] ?? null, index }
  const inherited = fan.input !== undefined ? fan.input : item === undefined ? outer.input : item.value
  openScope(reading, step, staticPath(step), outer, input === undefined ? inherited : input, item)
}

function openScope(
  reading: Reading,
  path: string,
  place: string,
  outer: PastScope | undefined,
  input: Json,
  item: PastScope['item'],
): void {
  const scope: PastScope = { path, outer, input, item, outputs: new Map(), errors: [] }
  reading.open.set(path, scope)
  reading.scopes.set(place, [...(reading.scopes.get(place) ?? []), scope])
}

function exited(reading: Reading, visit: PastVisit, event: HistoryEvent, output: Json | undefined): void {
  const fan = reading.fans.get(visit.path)
  const isBody = isOfType(reading, visit, 'scope')
  // What the body of a scope step gave stands nowhere, once an expression has made something else of it.
  const isMade = stepAt(reading.definition, staticPath(visit.path))?.output !== undefined
  if (fan === undefined || fan.isUndoing) return gave(visit, event, null, output)
  if (isBody) return gave(visit, event, isMade ? undefined : output, output)
  gave(visit, event, collected(reading, visit, fan), output)
}

/** Results in item order (null for a tolerated failure; only the completed ones unless all were asked for), or by branch name. */
function collected({ definition }: Reading, visit: PastVisit, { items, results }: Fan): Json {
  if (items === undefined) return fromEntries(results)
  const all = (stepAt(definition, staticPath(visit.path))?.completion ?? 'all') === 'all'
  return items.flatMap((_, index) => {
    const result = results.get(String(index))
    return result === undefined ? (all ? [null] : []) : [result]
  })
}
