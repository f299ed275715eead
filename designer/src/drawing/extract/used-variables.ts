// The variables that the region uses, and whether a child can have them: it takes them along when it starts and brings them
// back when it ends, and has its caught errors to itself.
import { isArray, isObject } from '../json.ts'
import { leadsOf } from '../ports.ts'
import { allSteps, type Placed, stepsIn } from '../tree.ts'
import type { Border, Place } from './border.ts'
import type { Variables } from './faithful.ts'
import { assignedBy, ownersOf } from './meaning.ts'
import { isInRegion, type Refusal, reachedFrom, refusal } from './region.ts'

export function usedVariables(border: Border): Variables {
  const read = new Set<string>()
  for (const { place, reads } of border.inside) {
    for (const one of reads.reads) if (border.meaning(place, one).type === 'variable') read.add(one.name)
  }
  const readersOutside = new Map<string, Set<string>>()
  for (const { place, reads } of border.outside) {
    for (const one of reads.reads) {
      if (border.meaning(place, one).type !== 'variable') continue
      const known = readersOutside.get(place.step.path) ?? new Set()
      readersOutside.set(place.step.path, known.add(one.name))
    }
  }
  const steps = allSteps(border.definition).filter(({ path }) => isInRegion(border.region, path))
  const assigned = new Set(steps.flatMap(({ step }) => assignedBy(step)))
  const outer = new Set([...readersOutside.values()].flatMap((names) => [...names]))
  const isBack = comesBack(border)
  const handedBack = new Set([...assigned].filter((name) => outer.has(name) || (isBack && read.has(name))))
  return { read, assigned, handedBack, readersOutside }
}

/** Whether one instance may enter the region twice. */
function comesBack(border: Border): boolean {
  const { isInLoop, scope } = border.region
  const isEnteredAgain = ({ id, scope: outer, step }: Placed) =>
    step.type === 'forEach' ||
    step.retry !== undefined ||
    leadsOf(step).some(({ to }) => reachedFrom(border.definition, outer, to, () => true).has(id))
  return isInLoop || ownersOf(border.definition, scope).some(isEnteredAgain)
}

/** A variable without a first value is not there until it is set, and a child could not tell. */
export function undeclared(border: Border, { read, assigned, handedBack }: Variables): Refusal | undefined {
  const elsewhere = new Set(
    allSteps(border.definition)
      .filter(({ path }) => !isInRegion(border.region, path))
      .flatMap(({ step }) => assignedBy(step)),
  )
  const lost = [...assigned].find((name) => {
    if (border.declared.has(name)) return false
    if (handedBack.has(name) && !isSurelySet(border, name)) return true
    return read.has(name) && (elsewhere.has(name) || handedBack.has(name))
  })
  return lost === undefined
    ? undefined
    : refusal(`Give the variable “${lost}” a first value (in the properties of the workflow); then it can go along.`)
}

/** Whether it is set on every way through the region. */
export function isSurelySet(border: Border, name: string): boolean {
  const { scope, exit } = border.region
  return stepsIn(border.definition, scope).some(({ id, path, step }) => {
    const own = [step.assign, step.type === 'assign' ? step.variables : undefined]
    const sets = own.some((names) => isObject(names) && Object.hasOwn(names, name))
    return sets && isInRegion(border.region, path) && exit !== undefined && border.isSureAtExit(id)
  })
}

/** `$error` outlives the catch that set it, within its instance. */
export function lostErrors(border: Border): Refusal | undefined {
  const free = (places: readonly Place[]) =>
    places.find(({ place, reads }) => reads.reads.some((read) => border.meaning(place, read).type === 'error'))
  const catching = allSteps(border.definition).filter(({ step }) => isArray(step.catch))
  const inside = catching.find(({ path }) => isInRegion(border.region, path))
  const around = catching.find(({ path }) => !isInRegion(border.region, path))
  const later = free(border.outside)
  if (inside && later && border.region.exit !== undefined) {
    return refusal(`“${later.place.step.id}” reads the error that “${inside.id}” has caught.`, later.place.step.path)
  }
  const reader = free(border.inside)
  if (inside && around && reader) {
    return refusal(
      `“${reader.place.step.id}” reads an error that may be one of “${inside.id}” or one of “${around.id}”.`,
      reader.place.step.path,
    )
  }
  return undefined
}
