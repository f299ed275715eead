import { Fault } from './fault.ts'
import { isNumeric } from './numeric.ts'
import type { Run } from './run.ts'
import { isArray, isFunction, isInputWrapper, type Value, type ValueArray, type ValueObject } from './value.ts'

/** JSONata's `$string`: strings as they are, functions as '', everything else as JSON with 15 significant digits. */
export function toText(value: Value, run: Run, indent = ''): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Fault('D3001', { value })
    return numberText(value)
  }
  if (isFunction(value) || value === undefined) return ''
  const writer = new Writer(run, indent)
  writer.write(isInputWrapper(value) ? value[0] : value, 0)
  return writer.text
}

function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value === 0 ? 0 : value)
  return String(Number(value.toPrecision(15)))
}

/** Our own JSON.stringify: it stops at the budget, and calls no `toJSON` that data may carry. */
class Writer {
  text = ''
  readonly #run: Run
  readonly #indent: string

  constructor(run: Run, indent: string) {
    this.#run = run
    this.#indent = indent
  }

  write(value: Value, level: number): void {
    this.#run.tick()
    if (typeof value === 'string') this.#add(JSON.stringify(value))
    else if (typeof value === 'number') this.#add(isNumeric(value) ? numberText(value) : 'null')
    else if (isFunction(value)) this.#add('""')
    else if (typeof value === 'boolean') this.#add(value ? 'true' : 'false')
    else if (typeof value !== 'object' || value === null) this.#add('null')
    else if (isArray(value)) this.#writeArray(value, level)
    else this.#writeObject(value, level)
  }

  #writeArray(items: ValueArray, level: number): void {
    this.#run.allowLevel(level)
    this.#add('[')
    for (let at = 0; at < items.length; at++) {
      this.#separate(at === 0, level + 1)
      this.write(items[at], level + 1)
    }
    if (items.length > 0) this.#breakLine(level)
    this.#add(']')
  }

  #writeObject(object: ValueObject, level: number): void {
    this.#run.allowLevel(level)
    this.#add('{')
    let isFirst = true
    for (const key of Object.keys(object)) {
      const value = object[key]
      if (value === undefined || (typeof value === 'function' && !isFunction(value))) continue
      this.#separate(isFirst, level + 1)
      isFirst = false
      this.#add(this.#indent === '' ? `${JSON.stringify(key)}:` : `${JSON.stringify(key)}: `)
      this.write(value, level + 1)
    }
    if (!isFirst) this.#breakLine(level)
    this.#add('}')
  }

  #separate(isFirst: boolean, level: number): void {
    if (!isFirst) this.#add(',')
    this.#breakLine(level)
  }

  #breakLine(level: number): void {
    if (this.#indent !== '') this.#add(`\n${this.#indent.repeat(level)}`)
  }

  #add(part: string): void {
    this.text += part
    this.#run.allowText(part.length, this.text.length)
  }
}
