import type { Run } from '../run.ts'

/** What a search costs before it reads anything: the engine clears its tables. */
export const startCost = 8

/**
 * A text that counts how often the regex engine reads it. Linear time is no bound by itself: a search may read to the
 * end of the text and still match a single character, and each of many matches may do so again. Each read costs the
 * size of the pattern's program, and a search that costs too much ends in the middle.
 */
export class MeteredText {
  readonly #text: string
  readonly #cost: number
  readonly #run: Run
  #pending = 0

  constructor(text: string, programSize: number, run: Run) {
    this.#text = text
    this.#cost = programSize
    this.#run = run
  }

  get length(): number {
    return this.#text.length
  }

  /** How the engine tells strings from other things. */
  get [Symbol.toStringTag](): string {
    return 'String'
  }

  charCodeAt(at: number): number {
    this.#pending += this.#cost
    if (this.#pending >= 4_096) {
      this.#run.charge(this.#pending >> 6)
      this.#pending = 0
    }
    return this.#text.charCodeAt(at)
  }

  indexOf(part: string, from: number): number {
    this.#run.chargeText(this.#text.length - from)
    return this.#text.indexOf(part, from)
  }

  substring(start: number, end: number): string {
    return this.#text.substring(start, end)
  }

  toString(): string {
    return this.#text
  }
}
