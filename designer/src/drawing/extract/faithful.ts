// What cannot be taken into a definition of its own without changing what happens, and why; what changes a little is told
// as a note. An instance has its variables, its compensations, its events and its failures to itself.
import { isArray, isObject, type JsonObject, textAt } from '../json.ts'
import { idOf, isWithin, scopeOf } from '../static-path.ts'
import { allSteps, type Placed, stepsIn } from '../tree.ts'
import { assignedBy, ownersOf } from './meaning.ts'
import { isInRegion, type Refusal, type Region, refusal } from './region.ts'

export interface Variables {
  /** Read by the region's steps. */
  readonly read: ReadonlySet<string>
  readonly assigned: ReadonlySet<string>
  /** Assigned there, and read by steps outside. */
  readonly handedBack: ReadonlySet<string>
  /** By the path of the step outside that reads it. */
  readonly readersOutside: ReadonlyMap<string, ReadonlySet<string>>
}

export function unfaithful(definition: JsonObject, region: Region, variables: Variables): Refusal | undefined {
  const all = allSteps(definition)
  const inside = all.filter(({ path }) => isInRegion(region, path))
  const outside = all.filter(({ path }) => !isInRegion(region, path))
  return (
    instanceOnly(inside) ??
    compensations(definition, region, inside, outside) ??
    concurrency(definition, region, variables) ??
    failures(definition, region, inside, variables)
  )
}

function instanceOnly(inside: readonly Placed[]): Refusal | undefined {
  for (const { path, id, step } of inside) {
    if (step.type === 'continueAsNew') {
      return refusal(`“${id}” begins the whole instance anew; in a child it would begin the child anew.`, path)
    }
    if (step.type === 'waitForEvent' && step.correlationKey === undefined) {
      return refusal(
        `“${id}” waits for an event that is raised at this instance; the child would not get it. Give the wait a correlation key first.`,
        path,
      )
    }
  }
  return undefined
}

function compensations(
  definition: JsonObject,
  region: Region,
  inside: readonly Placed[],
  outside: readonly Placed[],
): Refusal | undefined {
  const undone = (steps: readonly Placed[]) => steps.find(({ step }) => step.compensate !== undefined)
  const undoing = (steps: readonly Placed[]) => steps.filter(({ step }) => step.type === 'compensate')
  const [undoesOutside] = undoing(outside)
  const kept = undone(inside)
  if (undoesOutside && kept) {
    return refusal(
      `“${undoesOutside.id}” could no longer undo “${kept.id}”, for a child undoes its own only.`,
      kept.path,
    )
  }
  for (const { path, id, step } of undoing(outside)) {
    const scope = textAt(step, 'scope')
    if (scope !== undefined && inside.some((one) => one.id === scope)) {
      return refusal(`“${id}” undoes what is in “${scope}”; it would no longer find it.`, path)
    }
  }
  for (const { path, id, step } of undoing(inside)) {
    const scope = textAt(step, 'scope')
    const lost = undone(outside)
    if (scope === undefined && lost) {
      return refusal(`“${id}” undoes everything; in a child it would not undo “${lost.id}”.`, path)
    }
    if (scope !== undefined && !isInRegion(region, nearest(definition, path, scope))) {
      return refusal(`“${id}” undoes what is in “${scope}”, which stands outside of the selection.`, path)
    }
  }
  return undefined
}

/** The path of the step of that id in the nearest scope outward. */
function nearest(definition: JsonObject, path: string, id: string): string {
  const scopes = [scopeOf(path), ...ownersOf(definition, scopeOf(path)).map(({ scope }) => scope)]
  for (const scope of scopes) {
    const found = stepsIn(definition, scope).find((step) => step.id === id)
    if (found) return found.path
  }
  return ''
}

/** A child takes variables along when it starts and brings them back when it ends. */
function concurrency(definition: JsonObject, region: Region, variables: Variables): Refusal | undefined {
  const touched = (name: string) => variables.read.has(name) || variables.assigned.has(name)
  const within = (steps: readonly Placed[]) => steps.flatMap(({ step }) => assignedBy(step)).find(touched)
  let child = region.scope
  for (const owner of ownersOf(definition, region.scope)) {
    const inner = allSteps(definition).filter(({ path }) => isWithin(path, owner.path))
    if (owner.step.type === 'forEach' && owner.step.maxConcurrency !== 1) {
      const shared = within(inner)
      if (shared !== undefined) {
        return refusal(`Rounds of “${owner.id}” change the variable “${shared}” at the same time.`, owner.path)
      }
    }
    if (owner.step.type === 'parallel') {
      const beside = inner.filter(({ path }) => !isWithin(path, child) && !path.startsWith(`${child}/`))
      const shared = within(beside) ?? readBeside(beside, variables)
      if (shared !== undefined) {
        return refusal(`Another branch of “${owner.id}” uses the variable “${shared}” at the same time.`, owner.path)
      }
    }
    child = owner.scope
  }
  return undefined
}

function readBeside(beside: readonly Placed[], { assigned, readersOutside }: Variables): string | undefined {
  return beside.flatMap(({ path }) => [...(readersOutside.get(path) ?? [])]).find((name) => assigned.has(name))
}

const mayFail = new Set(['activity', 'subOrchestration', 'waitForEvent', 'raiseEvent', 'compensate', 'fail', 'scope'])

/** The child's failure arrives as one of a sub-orchestration, and without the variables that it had set. */
function failures(
  definition: JsonObject,
  region: Region,
  inside: readonly Placed[],
  { handedBack }: Variables,
): Refusal | undefined {
  const failing = failingStep(inside)
  const [variable] = handedBack
  for (const { id, path, step } of ownersOf(definition, region.scope)) {
    if (variable !== undefined && survives(step)) {
      return refusal(
        `“${id}” goes on after a failure inside of it, and “${variable}” would then not have what the selection had set.`,
        path,
      )
    }
    if (failing === undefined) continue
    if (step.retry !== undefined || tellsApart(step)) {
      return refusal(`“${id}” tells failures apart, and those of a child all are SubOrchestrationFailed.`, path)
    }
  }
  return undefined
}

/** A step of the region whose failure leaves it. */
export function failingStep(inside: readonly Placed[]): Placed | undefined {
  return inside.find(({ step }) => mayFail.has(String(step.type)) && !catchesAll(step))
}

const catchersOf = (step: JsonObject) => (isArray(step.catch) ? step.catch.filter(isObject) : [])

const takesAll = (catcher: JsonObject) =>
  isArray(catcher.errors) && catcher.errors.includes('*') && catcher.when === undefined

const catchesAll = (step: JsonObject) => catchersOf(step).some(takesAll)

function survives(step: JsonObject): boolean {
  if (step.catch !== undefined || step.retry !== undefined || step.tolerate !== undefined) return true
  return step.completion !== undefined && step.completion !== 'all'
}

function tellsApart(step: JsonObject): boolean {
  const catchers = catchersOf(step)
  const readsError = JSON.stringify(catchers).includes('$error')
  return readsError || catchers.some((catcher) => !takesAll(catcher))
}

export function notesOf(definition: JsonObject, region: Region): string[] {
  const inside = allSteps(definition).filter(({ path }) => isInRegion(region, path))
  const showing = inside.find(({ step }) => step.status !== undefined)
  const failing = failingStep(inside)
  return [
    ...(showing ? [`The custom status that “${idOf(showing.path)}” sets will be the child’s.`] : []),
    ...(failing ? ['A failure in the child arrives here as SubOrchestrationFailed.'] : []),
  ]
}
