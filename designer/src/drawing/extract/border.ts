// The border that expressions look over: what each of them reads, inside of the region and outside, and what that means.
import type { JsonObject } from '../json.ts'
import { type ExpressionPlace, expressionPlaces } from './expression-places.ts'
import { type Read, type Reads, readsOf } from './expression-reads.ts'
import { allVariables, declaredVariables, type Meaning, meaningOf, ownersOf } from './meaning.ts'
import { isInRegion, isSureBefore, type Refusal, type Region, refusal } from './region.ts'

/** Thrown by what looks at one expression, and caught where the plan is made. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(reason: string, { step }: ExpressionPlace) {
    super(reason)
    this.refusal = refusal(reason, step.path)
  }
}

export interface Place {
  readonly place: ExpressionPlace
  readonly reads: Reads
}

export class Border {
  readonly definition: JsonObject
  readonly region: Region
  /** Names of variables that the workflow gives a first value to. */
  readonly declared: ReadonlySet<string>
  readonly inside: readonly Place[]
  readonly outside: readonly Place[]
  readonly #variables: ReadonlySet<string>

  /** Throws Refused where an expression cannot be understood. */
  constructor(definition: JsonObject, region: Region) {
    this.definition = definition
    this.region = region
    this.declared = declaredVariables(definition)
    this.#variables = allVariables(definition)
    const places = expressionPlaces(definition)
    this.inside = places
      .filter(({ step }) => isInRegion(region, step.path))
      .map((place) => this.#named(understood(place)))
    this.outside = places.filter(({ step }) => !isInRegion(region, step.path)).map(understood)
  }

  meaning(place: ExpressionPlace, read: Read): Meaning {
    return meaningOf(this.definition, place, read, this.#variables)
  }

  /** Whether the step of that scope has completed whenever the region is entered. */
  isSureAtEntry(scope: string, id: string): boolean {
    if (scope === this.region.scope) return isSureBefore(this.definition, scope, id, this.region.entry)
    const owner = ownersOf(this.definition, this.region.scope).find((one) => one.scope === scope)
    return owner !== undefined && isSureBefore(this.definition, scope, id, owner.id)
  }

  /** Whether the region's step has completed whenever the region is left. */
  isSureAtExit(id: string): boolean {
    const { scope, entry, exit } = this.region
    return exit !== undefined && isSureBefore(this.definition, scope, id, exit, entry)
  }

  #named(one: Place): Place {
    if (!one.reads.hidesInput) return one
    const meaning = this.meaning(one.place, { name: '$', isInput: true, start: 0, end: 0, members: [] })
    if (meaning.type === 'scopeInput' && isInRegion(this.region, meaning.owner)) return one
    throw new Refused(`An expression of “${one.place.step.id}” looks at its input without naming it.`, one.place)
  }
}

function understood(place: ExpressionPlace): Place {
  const reads = readsOf(place.text)
  if (reads === undefined)
    throw new Refused(`An expression of “${place.step.id}” cannot be read; mend it first.`, place)
  return { place, reads }
}
