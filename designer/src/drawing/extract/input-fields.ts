// The fields of the child's input: what the extracted steps read from outside, each asked for once.
import type { Json } from '@durable-canvas/schema'
import { fromEntries } from '../json.ts'
import { written } from './expression-reads.ts'

export interface Field {
  readonly name: string
  /** What gives it in the parent, without the braces. */
  readonly source: string
  /** There is always a value. */
  readonly isSure: boolean
}

export interface Asked {
  /** What is the same thing twice. */
  readonly key: string
  readonly wanted: string
  readonly source: string
  readonly isSure: boolean
  /** Where it stands, null means the same as nothing. */
  readonly isForgiving: boolean
}

export class Fields {
  readonly #fields = new Map<string, Field>()
  #needsAbsence = false

  /** The name of the field that has it. */
  ask({ key, wanted, source, isSure, isForgiving }: Asked): string {
    if (!isSure && !isForgiving) this.#needsAbsence = true
    const known = this.#fields.get(key)
    if (known !== undefined) return known.name
    const taken = new Set(this.all.map(({ name }) => name))
    let name = wanted
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`
    this.#fields.set(key, { name, source, isSure })
    return name
  }

  get all(): readonly Field[] {
    return [...this.#fields.values()]
  }

  /**
   * Field by field; where it must be seen that something is missing, as one expression, since a value that gives nothing
   * is null while an object in an expression leaves it out. `around` keeps a list that is the input from making many.
   */
  value(around = ''): Json | undefined {
    const fields = this.all
    if (fields.length === 0) return undefined
    if (!this.#needsAbsence) return fromEntries(fields.map(({ name, source }) => [name, `{% ${source} %}`]))
    const entries = fields.map(({ name, source }) => `${JSON.stringify(name)}: ${source}`)
    return `{% ${around}{ ${entries.join(', ')} } %}`
  }
}

export const fieldReference = (name: string): string => `$input.${written(name)}`
