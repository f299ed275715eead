import { type Change, type Definition, diffDefinitions, type Json } from '@durable-canvas/schema'
import { fromEntries, fromPointer, isObject, type JsonObject } from './json.ts'
import { stepOfPointer } from './static-path.ts'

export type Difference = 'added' | 'removed' | 'changed'

/** What has become of each step, by its path, out of a semantic diff. */
export function differencesOf(changes: readonly Change[]): Map<string, Difference> {
  const differences = new Map<string, Difference>()
  for (const { step, type, field, pointer } of changes) {
    if (step === undefined) continue
    const path = step.replace(/\[[^\]/]*\]$/, '')
    // A body or a branch that came or went is a change of the step that has it.
    const isWhole = field === undefined && stepOfPointer(fromPointer(pointer))?.rest.length === 0
    if (isWhole) differences.set(path, type)
    else if (!differences.has(path)) differences.set(path, 'changed')
  }
  return differences
}

/** Either may be half finished, or made by a version of the product that draws things unknown here. */
export function changesBetween(before: JsonObject | Definition, after: JsonObject | Definition): Change[] {
  return diffDefinitions(walkable(before), walkable(after))
}

/** What a diff walks over is there and of the right kind; what is of another kind is compared as a field. */
function walkable(definition: JsonObject | Definition): Definition {
  return walkableScope(definition as unknown as JsonObject) as unknown as Definition
}

function walkableScope(body: JsonObject): JsonObject {
  const { steps, ...own } = body
  const read = isObject(steps) ? steps : {}
  const odd: JsonObject = steps === undefined || isObject(steps) ? {} : { 'steps, unreadable': steps }
  const walked = Object.entries(read).map(([id, step]): [string, Json] => [id, walkableStep(step)])
  return { ...own, ...odd, steps: fromEntries(walked) }
}

function walkableStep(step: Json): JsonObject {
  if (!isObject(step)) return { unreadable: step }
  const { body, branches, ...own } = step
  return {
    ...own,
    ...(body === undefined ? {} : isObject(body) ? { body: walkableScope(body) } : { 'body, unreadable': body }),
    ...(branches === undefined
      ? {}
      : isObject(branches)
        ? { branches: walkableBranches(branches) }
        : { 'branches, unreadable': branches }),
  }
}

function walkableBranches(branches: JsonObject): JsonObject {
  return fromEntries(
    Object.entries(branches).map(([name, body]): [string, Json] => [
      name,
      walkableScope(isObject(body) ? body : { unreadable: body }),
    ]),
  )
}
