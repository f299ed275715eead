// Which steps go by another name after an edit, whatever the edit was: a new id typed in a form or in the code, a step taken
// into another scope, or any of them undone. What is kept beside the drawing follows its steps by this.
import type { JsonObject } from './json.ts'
import { movedPath, rootScope } from './static-path.ts'
import { allSteps, type Placed, scopesIn, stepAt, stepsIn } from './tree.ts'

type Renames = ReadonlyMap<string, string>

/** Static paths before → after, the outermost steps only: what is inside goes along. */
export function renamedSteps(before: JsonObject, after: JsonObject): Renames {
  const renames = new Map<string, string>()
  renamedIn({ definition: before, scope: rootScope }, { definition: after, scope: rootScope }, renames)
  movedElsewhere(before, after, renames)
  return renames
}

export function pathAfter(renames: Renames, path: string): string {
  for (const [from, to] of renames) {
    const moved = movedPath(path, from, to)
    if (moved !== undefined) return moved
  }
  return path
}

/** Paths of steps that are gone stay: with the step they may come back. */
export function followSteps(before: JsonObject, after: JsonObject, paths: ReadonlySet<string>): ReadonlySet<string> {
  const isGone = (path: string) => stepAt(before, path) !== undefined && stepAt(after, path) === undefined
  if (![...paths].some(isGone)) return paths
  const renames = renamedSteps(before, after)
  return new Set([...paths].map((path) => (isGone(path) ? pathAfter(renames, path) : path)))
}

interface Place {
  readonly definition: JsonObject
  readonly scope: string
}

/** A name that is new stands where one was that is gone, and nothing else came or went. */
function renamedIn(before: Place, after: Place, renames: Map<string, string>): void {
  const old = stepsIn(before.definition, before.scope)
  const now = stepsIn(after.definition, after.scope)
  if (old === now) return
  const byId = new Map(now.map((placed) => [placed.id, placed]))
  const ids = new Set(old.map(({ id }) => id))
  for (const [index, step] of old.entries()) {
    const same = byId.get(step.id)
    if (same) renamedInside(before, after, step, same, renames)
    else if (old.length === now.length) {
      const there = now[index]
      if (there && !ids.has(there.id) && there.step.type === step.step.type) renames.set(step.path, there.path)
    }
  }
}

function renamedInside(before: Place, after: Place, old: Placed, now: Placed, renames: Map<string, string>): void {
  if (old.step === now.step) return
  const scopes = scopesIn(now.path, now.step)
  for (const { scope, branch } of scopesIn(old.path, old.step)) {
    const there = scopes.find((one) => one.branch === branch)
    if (there) renamedIn({ ...before, scope }, { ...after, scope: there.scope }, renames)
  }
}

/** The one step that is gone of its id and type, and the one that is new. */
function movedElsewhere(before: JsonObject, after: JsonObject, renames: Map<string, string>): void {
  const known = new Set(renames.values())
  const gone = allSteps(before).filter(({ path }) => stepAt(after, path) === undefined)
  const come = allSteps(after).filter(({ path }) => stepAt(before, path) === undefined && !known.has(path))
  for (const { path, id, step } of gone) {
    const isSame = (other: Placed) => other.id === id && other.step.type === step.type
    const [there, another] = come.filter(isSame)
    const isOne = there !== undefined && another === undefined && gone.filter(isSame).length === 1
    // What is inside of a step that was found goes along with it.
    if (isOne && pathAfter(renames, path) === path) renames.set(path, there.path)
  }
}
