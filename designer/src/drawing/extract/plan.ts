// Works out what the extracted steps need and give: each expression that looks over the border of the region is cut at
// exactly that place. Nothing is built yet.
import { isArray, isObject, type JsonObject, textAt } from '../json.ts'
import { leadsOf } from '../ports.ts'
import { stepPath } from '../static-path.ts'
import { allSteps, type Placed, stepsIn } from '../tree.ts'
import { type ExpressionPlace, expressionPlaces } from './expression-places.ts'
import { isWhole, type Member, type Read, type Reads, readsOf, signAfter, written } from './expression-reads.ts'
import { notesOf, unfaithful, type Variables } from './faithful.ts'
import { Fields, fieldReference } from './input-fields.ts'
import { allVariables, assignedBy, declaredVariables, meaningOf, ownersOf, scopesWith } from './meaning.ts'
import {
  isInRegion,
  isRefusal,
  isSureBefore,
  memberOf,
  type Refusal,
  type Region,
  reachedFrom,
  refusal,
  regionOf,
} from './region.ts'

export interface Rewritten {
  readonly place: ExpressionPlace
  readonly text: string
}

export interface Plan {
  readonly region: Region
  /** By the names that the child knows. */
  readonly inputs: Fields
  readonly outputs: Fields
  /** Variables of the child that begin with what the parent has. */
  readonly carried: readonly { readonly name: string; readonly field: string }[]
  /** Variables of the parent that take what the child gives. */
  readonly handedBack: readonly { readonly name: string; readonly field: string }[]
  readonly inside: readonly Rewritten[]
  /** `call` is the id of the step that stands for the region. */
  readonly outside: (call: string) => readonly Rewritten[]
  readonly notes: readonly string[]
}

/** Thrown by what looks at one expression, and caught where the plan is made. */
class Refused extends Error {
  readonly refusal: Refusal

  constructor(reason: string, { step }: ExpressionPlace) {
    super(reason)
    this.refusal = refusal(reason, step.path)
  }
}

export function planExtraction(definition: JsonObject, paths: readonly string[]): Plan | Refusal {
  const region = regionOf(definition, paths)
  if (isRefusal(region)) return region
  try {
    return new Planner(definition, region).plan()
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

interface Cut {
  readonly start: number
  readonly end: number
  readonly text: string
}

interface Place {
  readonly place: ExpressionPlace
  readonly reads: Reads
}

class Planner {
  readonly #definition: JsonObject
  readonly #region: Region
  readonly #variables: ReadonlySet<string>
  readonly #declared: ReadonlySet<string>
  readonly #inside: readonly Place[]
  readonly #outside: readonly Place[]
  readonly #inputs = new Fields()
  readonly #outputs = new Fields()

  constructor(definition: JsonObject, region: Region) {
    this.#definition = definition
    this.#region = region
    this.#variables = allVariables(definition)
    this.#declared = declaredVariables(definition)
    const places = expressionPlaces(definition)
    this.#inside = places
      .filter(({ step }) => isInRegion(region, step.path))
      .map((place) => this.#named(understood(place)))
    this.#outside = places.filter(({ step }) => !isInRegion(region, step.path)).map(understood)
  }

  plan(): Plan | Refusal {
    const variables = this.#usedVariables()
    const reason =
      unfaithful(this.#definition, this.#region, variables) ?? this.#undeclared(variables) ?? this.#lostErrors()
    if (reason) return reason
    const isAll = this.#inside.some((one) => one.reads.reads.some((read) => this.#needsWholeInput(one, read)))
    const inside = this.#inside.map(({ place, reads }) => {
      const cuts = reads.reads.flatMap((read) => this.#cutInside(place, reads, read, variables, isAll) ?? [])
      return { place, text: cutOut(place.text, cuts) }
    })
    const carried = [...variables.assigned]
      .filter((name) => this.#declared.has(name))
      .filter((name) => variables.read.has(name) || (variables.handedBack.has(name) && !this.#isSurelySet(name)))
      .map((name) => ({ name, field: this.#askVariable(name, true) }))
    const asked = this.#outside.map(({ place, reads }) => ({
      place,
      wanted: reads.reads.flatMap((read) => this.#wantedOutside(place, reads, read) ?? []),
    }))
    const handedBack = [...variables.handedBack].map((name) => ({
      name,
      field: this.#outputs.ask({
        key: `$${name}`,
        wanted: name,
        source: `$${written(name)}`,
        isSure: true,
        isForgiving: true,
      }),
    }))
    if (this.#region.exit === undefined && this.#outputs.all.length > 0) {
      const [first] = this.#outputs.all
      return refusal(
        `The selection ends its scope, so that it cannot give “${first?.name}” back to steps elsewhere; leave its end out.`,
      )
    }
    return {
      region: this.#region,
      inputs: this.#inputs,
      outputs: this.#outputs,
      carried,
      handedBack,
      inside: inside.filter(({ place, text }) => text !== place.text),
      outside: (call) =>
        asked
          .filter(({ wanted }) => wanted.length > 0)
          .map(({ place, wanted }) => ({
            place,
            text: cutOut(
              place.text,
              wanted.map(({ start, end, field }) => ({
                start,
                end,
                text: `$steps.${written(call)}.output.${written(field)}`,
              })),
            ),
          })),
      notes: notesOf(this.#definition, this.#region),
    }
  }

  #usedVariables(): Variables {
    const read = new Set<string>()
    for (const { place, reads } of this.#inside) {
      for (const one of reads.reads) if (this.#meaning(place, one).type === 'variable') read.add(one.name)
    }
    const readersOutside = new Map<string, Set<string>>()
    for (const { place, reads } of this.#outside) {
      for (const one of reads.reads) {
        if (this.#meaning(place, one).type !== 'variable') continue
        const known = readersOutside.get(place.step.path) ?? new Set()
        readersOutside.set(place.step.path, known.add(one.name))
      }
    }
    const steps = allSteps(this.#definition).filter(({ path }) => isInRegion(this.#region, path))
    const assigned = new Set(steps.flatMap(({ step }) => assignedBy(step)))
    const outer = new Set([...readersOutside.values()].flatMap((names) => [...names]))
    const comesBack = this.#comesBack()
    const handedBack = new Set([...assigned].filter((name) => outer.has(name) || (comesBack && read.has(name))))
    return { read, assigned, handedBack, readersOutside }
  }

  /** Whether one instance may enter the region twice. */
  #comesBack(): boolean {
    const { isInLoop, scope } = this.#region
    const isEnteredAgain = ({ id, scope: outer, step }: Placed) =>
      step.type === 'forEach' ||
      step.retry !== undefined ||
      leadsOf(step).some(({ to }) => reachedFrom(this.#definition, outer, to, () => true).has(id))
    return isInLoop || ownersOf(this.#definition, scope).some(isEnteredAgain)
  }

  #meaning(place: ExpressionPlace, read: Read) {
    return meaningOf(this.#definition, place, read, this.#variables)
  }

  #named(one: Place): Place {
    if (!one.reads.hidesInput) return one
    const meaning = this.#meaning(one.place, { name: '$', isInput: true, start: 0, end: 0, members: [] })
    if (meaning.type === 'scopeInput' && isInRegion(this.#region, meaning.owner)) return one
    throw new Refused(`An expression of “${one.place.step.id}” looks at its input without naming it.`, one.place)
  }

  /** A variable without a first value is not there until it is set, and a child could not tell. */
  #undeclared({ read, assigned, handedBack }: Variables): Refusal | undefined {
    const elsewhere = new Set(
      allSteps(this.#definition)
        .filter(({ path }) => !isInRegion(this.#region, path))
        .flatMap(({ step }) => assignedBy(step)),
    )
    const lost = [...assigned].find((name) => {
      if (this.#declared.has(name)) return false
      if (handedBack.has(name) && !this.#isSurelySet(name)) return true
      return read.has(name) && (elsewhere.has(name) || handedBack.has(name))
    })
    return lost === undefined
      ? undefined
      : refusal(`Give the variable “${lost}” a first value (in the properties of the workflow); then it can go along.`)
  }

  #isSurelySet(name: string): boolean {
    const { scope, exit } = this.#region
    return stepsIn(this.#definition, scope).some(({ id, path, step }) => {
      const own = [step.assign, step.type === 'assign' ? step.variables : undefined]
      const sets = own.some((names) => isObject(names) && Object.hasOwn(names, name))
      return sets && isInRegion(this.#region, path) && exit !== undefined && this.#isSureAtExit(id)
    })
  }

  /** `$error` outlives the catch that set it, within its instance. */
  #lostErrors(): Refusal | undefined {
    const free = (places: readonly Place[]) =>
      places.find(({ place, reads }) => reads.reads.some((read) => this.#meaning(place, read).type === 'error'))
    const catching = allSteps(this.#definition).filter(({ step }) => isArray(step.catch))
    const inside = catching.find(({ path }) => isInRegion(this.#region, path))
    const around = catching.find(({ path }) => !isInRegion(this.#region, path))
    const later = free(this.#outside)
    if (inside && later && this.#region.exit !== undefined) {
      return refusal(`“${later.place.step.id}” reads the error that “${inside.id}” has caught.`, later.place.step.path)
    }
    const reader = free(this.#inside)
    if (inside && around && reader) {
      return refusal(
        `“${reader.place.step.id}” reads an error that may be one of “${inside.id}” or one of “${around.id}”.`,
        reader.place.step.path,
      )
    }
    return undefined
  }

  #cutInside(place: ExpressionPlace, reads: Reads, read: Read, variables: Variables, isAll: boolean): Cut | undefined {
    const meaning = this.#meaning(place, read)
    const { start, end, members } = read
    switch (meaning.type) {
      case 'local':
        return undefined
      case 'input':
        return isAll ? this.#wholeInput(read) : this.#inputField(reads, read)
      case 'scopeInput': {
        if (isInRegion(this.#region, meaning.owner)) return undefined
        const field = this.#inputs.ask({ key: '$$', wanted: 'scope', source: '$$', isSure: true, isForgiving: true })
        return { start, end, text: withName(fieldReference(field), read) }
      }
      case 'steps':
        return this.#stepOutput(place, reads, read)
      case 'variable': {
        if (variables.assigned.has(read.name)) return undefined
        keepsList(place, reads, read)
        const isSure = this.#declared.has(read.name)
        return { start, end, text: fieldReference(this.#askVariable(read.name, isSure || isForgiving(reads, read))) }
      }
      case 'item': {
        if (isInRegion(this.#region, meaning.owner)) return undefined
        keepsList(place, reads, read)
        const source = `$${read.name}`
        const field = this.#inputs.ask({
          key: source,
          wanted: read.name,
          source,
          isSure: true,
          isForgiving: true,
        })
        return { start, end, text: fieldReference(field) }
      }
      case 'context': {
        const asked = { key: '$context', wanted: 'context', source: '$context', isSure: true, isForgiving: true }
        return { start, end, text: fieldReference(this.#inputs.ask(asked)) }
      }
      case 'error': {
        const caught = allSteps(this.#definition).some(
          ({ path, step }) => isInRegion(this.#region, path) && isArray(step.catch),
        )
        if (caught) return undefined
        const source = '$error'
        const isForgiven = members.length > 0 || isWhole(reads, start, end)
        const asked = { key: source, wanted: 'error', source, isSure: false, isForgiving: isForgiven }
        return { start, end, text: fieldReference(this.#inputs.ask(asked)) }
      }
    }
  }

  #askVariable(name: string, isForgiven: boolean): string {
    const source = `$${name}`
    const isSure = this.#declared.has(name)
    return this.#inputs.ask({ key: source, wanted: name, source, isSure, isForgiving: isForgiven })
  }

  #needsWholeInput({ place, reads }: Place, read: Read): boolean {
    if (this.#meaning(place, read).type !== 'input') return false
    const first = firstName(reads, read)
    return first === undefined || (!this.#isObjectInput() && '[@#^{'.includes(first.next || ' '))
  }

  #isObjectInput(): boolean {
    return textAt(this.#definition.input, 'type') === 'object'
  }

  #wholeInput(read: Read): Cut {
    const asked = { key: '$input', wanted: 'input', source: '$input', isSure: true, isForgiving: true }
    return { start: read.start, end: read.end, text: withName(fieldReference(this.#inputs.ask(asked)), read) }
  }

  #inputField(reads: Reads, read: Read): Cut | undefined {
    const first = firstName(reads, read)
    if (first === undefined) return undefined
    const source = `$input.${written(first.name)}`
    const required = isObject(this.#definition.input) ? this.#definition.input.required : undefined
    const isSure = this.#isObjectInput() && isArray(required) && required.includes(first.name)
    const isForgiving = first.hasMore || isWhole(reads, read.start, first.end)
    const field = this.#inputs.ask({ key: source, wanted: first.name, source, isSure, isForgiving })
    return { start: read.start, end: first.end, text: fieldReference(field) }
  }

  #stepOutput(place: ExpressionPlace, reads: Reads, read: Read): Cut | undefined {
    const [step, output] = read.members
    if (step === undefined)
      throw new Refused(`“${place.step.id}” reads \`$steps\` in a way that cannot be followed.`, place)
    const [nearest, ...others] = scopesWith(this.#definition, place, step.name)
    if (nearest === undefined) return undefined
    const isOwn = (scope: string) => isInRegion(this.#region, stepPath(scope, step.name))
    if (isOwn(nearest)) {
      if (others.some((scope) => !isOwn(scope))) {
        throw new Refused(`There is more than one “${step.name}” that “${place.step.id}” can mean.`, place)
      }
      this.#mustBeFresh(place, nearest, step.name)
      return undefined
    }
    if (output?.name !== 'output') {
      throw new Refused(`“${place.step.id}” reads \`$steps.${step.name}\` as a whole; let it read its output.`, place)
    }
    const isForgiving = read.members.length > 2 || isWhole(reads, read.start, output.end)
    const field = this.#inputs.ask({
      key: `$steps ${step.name}`,
      wanted: step.name,
      source: `$steps.${written(step.name)}.output`,
      isSure: this.#isSureAtEntry(nearest, step.name),
      isForgiving,
    })
    return { start: read.start, end: output.end, text: fieldReference(field) }
  }

  /** In the next round, a child knows nothing of the round before. */
  #mustBeFresh(place: ExpressionPlace, scope: string, id: string): void {
    const { isInLoop, entry } = this.#region
    const reader = memberOf(this.#region, place.step.path)
    if (!isInLoop || scope !== this.#region.scope || reader === undefined) return
    if (!isSureBefore(this.#definition, scope, id, reader, entry)) {
      throw new Refused(`“${place.step.id}” may read what “${id}” gave the round before.`, place)
    }
  }

  #isSureAtEntry(scope: string, id: string): boolean {
    if (scope === this.#region.scope) return isSureBefore(this.#definition, scope, id, this.#region.entry)
    const owner = ownersOf(this.#definition, this.#region.scope).find((one) => one.scope === scope)
    return owner !== undefined && isSureBefore(this.#definition, scope, id, owner.id)
  }

  #isSureAtExit(id: string): boolean {
    const { scope, entry, exit } = this.#region
    return exit !== undefined && isSureBefore(this.#definition, scope, id, exit, entry)
  }

  #wantedOutside(
    place: ExpressionPlace,
    reads: Reads,
    read: Read,
  ): { start: number; end: number; field: string } | undefined {
    if (this.#meaning(place, read).type !== 'steps') return undefined
    const { scope, ids, isInLoop } = this.#region
    const [step, output] = read.members
    if (step === undefined) {
      if (ids.length === 0) return undefined
      throw new Refused(`“${place.step.id}” reads \`$steps\` in a way that cannot be followed.`, place)
    }
    const [nearest, ...others] = scopesWith(this.#definition, place, step.name)
    const isExtracted = (one: string | undefined) => one === scope && ids.includes(step.name)
    if (!isExtracted(nearest)) {
      if (others.some(isExtracted)) {
        throw new Refused(`There is more than one “${step.name}” that “${place.step.id}” can mean.`, place)
      }
      return undefined
    }
    if (others.length > 0) {
      throw new Refused(`There is more than one “${step.name}” that “${place.step.id}” can mean.`, place)
    }
    if (output?.name !== 'output') {
      throw new Refused(`“${place.step.id}” reads \`$steps.${step.name}\` as a whole; let it read its output.`, place)
    }
    const isSure = this.#isSureAtExit(step.name)
    if (isInLoop && !isSure) {
      throw new Refused(`“${place.step.id}” may read what “${step.name}” gave in an earlier round.`, place)
    }
    const field = this.#outputs.ask({
      key: `$steps ${step.name}`,
      wanted: step.name,
      source: `$steps.${written(step.name)}.output`,
      isSure,
      isForgiving: read.members.length > 2 || isWhole(reads, read.start, output.end),
    })
    return { start: read.start, end: output.end, field }
  }
}

function understood(place: ExpressionPlace): Place {
  const reads = readsOf(place.text)
  if (reads === undefined)
    throw new Refused(`An expression of “${place.step.id}” cannot be read; mend it first.`, place)
  return { place, reads }
}

/** The first field of the input that is named, and what follows it. */
function firstName(
  { text }: Reads,
  { name, isInput, end, members }: Read,
): (Member & { readonly hasMore: boolean }) | undefined {
  const [first, second] = members
  if (isInput && !name.startsWith('$')) return { name, end, next: signAfter(text, end), hasMore: first !== undefined }
  return first && { ...first, hasMore: second !== undefined }
}

/** A bare name keeps its place behind what it is a name of. */
const withName = (reference: string, { name, isInput }: Read): string =>
  isInput && !name.startsWith('$') ? `${reference}.${written(name)}` : reference

const isForgiving = (reads: Reads, { start, end, members }: Read): boolean =>
  members.length > 0 || isWhole(reads, start, end)

/** `[]` makes a list of a path, and of a variable only if it is one. */
function keepsList(place: ExpressionPlace, { text }: Reads, { name, end }: Read): void {
  if (/^\s*\[\s*\]/.test(text.slice(end))) {
    throw new Refused(`“${place.step.id}” reads \`$${name}[]\`, which would mean another thing in the child.`, place)
  }
}

function cutOut(text: string, cuts: readonly Cut[]): string {
  return [...cuts]
    .sort((a, b) => b.start - a.start)
    .reduce((left, cut) => left.slice(0, cut.start) + cut.text + left.slice(cut.end), text)
}
