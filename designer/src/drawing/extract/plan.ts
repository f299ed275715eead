// Works out what the extracted steps need and give: each expression that looks over the border of the region is cut at
// exactly that place. Nothing is built yet.
import { isArray, isObject, type JsonObject, textAt } from '../json.ts'
import { stepPath } from '../static-path.ts'
import { allSteps } from '../tree.ts'
import { Border, type Place, Refused } from './border.ts'
import { type Cut, cutOut, firstName, isForgiving, withName } from './cuts.ts'
import type { ExpressionPlace } from './expression-places.ts'
import { isWhole, type Read, type Reads, written } from './expression-reads.ts'
import { notesOf, unfaithful, type Variables } from './faithful.ts'
import { Fields, fieldReference } from './input-fields.ts'
import { scopesWith } from './meaning.ts'
import {
  isInRegion,
  isRefusal,
  isSureBefore,
  memberOf,
  type Refusal,
  type Region,
  refusal,
  regionOf,
} from './region.ts'
import { isSurelySet, lostErrors, undeclared, usedVariables } from './used-variables.ts'

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

export function planExtraction(definition: JsonObject, paths: readonly string[]): Plan | Refusal {
  const region = regionOf(definition, paths)
  if (isRefusal(region)) return region
  try {
    return new Planner(new Border(definition, region)).plan()
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

class Planner {
  readonly #border: Border
  readonly #definition: JsonObject
  readonly #region: Region
  readonly #inputs = new Fields()
  readonly #outputs = new Fields()

  constructor(border: Border) {
    this.#border = border
    this.#definition = border.definition
    this.#region = border.region
  }

  plan(): Plan | Refusal {
    const variables = usedVariables(this.#border)
    const reason =
      unfaithful(this.#definition, this.#region, variables) ??
      undeclared(this.#border, variables) ??
      lostErrors(this.#border)
    if (reason) return reason
    const isAll = this.#border.inside.some((one) => one.reads.reads.some((read) => this.#needsWholeInput(one, read)))
    const inside = this.#border.inside.map(({ place, reads }) => {
      const cuts = reads.reads.flatMap((read) => this.#cutInside(place, reads, read, variables, isAll) ?? [])
      return { place, text: cutOut(place.text, cuts) }
    })
    const carried = [...variables.assigned]
      .filter((name) => this.#border.declared.has(name))
      .filter(
        (name) => variables.read.has(name) || (variables.handedBack.has(name) && !isSurelySet(this.#border, name)),
      )
      .map((name) => ({ name, field: this.#askVariable(name, true) }))
    const asked = this.#border.outside.map(({ place, reads }) => ({
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

  #cutInside(place: ExpressionPlace, reads: Reads, read: Read, variables: Variables, isAll: boolean): Cut | undefined {
    const meaning = this.#border.meaning(place, read)
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
        const isSure = this.#border.declared.has(read.name)
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
    const isSure = this.#border.declared.has(name)
    return this.#inputs.ask({ key: source, wanted: name, source, isSure, isForgiving: isForgiven })
  }

  #needsWholeInput({ place, reads }: Place, read: Read): boolean {
    if (this.#border.meaning(place, read).type !== 'input') return false
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
      isSure: this.#border.isSureAtEntry(nearest, step.name),
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

  #wantedOutside(
    place: ExpressionPlace,
    reads: Reads,
    read: Read,
  ): { start: number; end: number; field: string } | undefined {
    if (this.#border.meaning(place, read).type !== 'steps') return undefined
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
    const isSure = this.#border.isSureAtExit(step.name)
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

/** `[]` makes a list of a path, and of a variable only if it is one. */
function keepsList(place: ExpressionPlace, { text }: Reads, { name, end }: Read): void {
  if (/^\s*\[\s*\]/.test(text.slice(end))) {
    throw new Refused(`“${place.step.id}” reads \`$${name}[]\`, which would mean another thing in the child.`, place)
  }
}
