import { type Budget, stackLimit } from './budget.ts'
import type { Bindings, Host } from './expression.ts'
import { Fault } from './fault.ts'
import type { Value } from './value.ts'

/** One evaluation: what it has used up, and what it may look at. */
export class Run {
  readonly budget: Budget
  readonly bindings: Bindings
  readonly root: Value
  /** Used up so far; closures count here, so it is a plain field. */
  steps = 0
  readonly stepLimit: number
  depth = 0
  stack: number
  readonly #host: Host | undefined
  #millis: number | undefined

  constructor(budget: Budget, root: Value, bindings: Bindings, host: Host | undefined, height: number) {
    this.budget = budget
    this.stepLimit = budget.steps
    this.stack = height
    this.root = root
    this.bindings = bindings
    this.#host = host
  }

  tick(): void {
    if (++this.steps > this.stepLimit) throw this.#overrun()
  }

  /** Counts work that one closure does in a loop of its own. */
  charge(steps: number): void {
    this.steps += steps
    if (this.steps > this.stepLimit) throw this.#overrun()
  }

  /** Copying or looking through elements is cheap beside evaluating a closure for each, but never free. */
  chargeElements(count: number): void {
    this.charge(1 + (count >> 3))
  }

  /** JavaScript collects the keys of an object into a list first, and large objects are hash tables. */
  chargeKeys(count: number): void {
    this.charge(1 + (count >> 1))
  }

  /** Refuses an array of this length before it is made. */
  allow(elements: number): void {
    if (elements > this.budget.elements) throw new Fault('D2015', { value: this.budget.elements })
  }

  /** Counts adding so many characters to a string, and refuses one that becomes too long. */
  allowText(added: number, total = added): void {
    if (total > this.budget.size) throw new Fault('D9001', { value: this.budget.size })
    this.charge(added >> 6)
  }

  /** Counts reading through a string. */
  chargeText(length: number): void {
    this.charge(length >> 6)
  }

  allowLevel(level: number): void {
    if (level > this.budget.depth) throw new Fault('D9002', { value: this.budget.depth })
  }

  enter(height: number): void {
    this.stack += height
    if (++this.depth > this.budget.depth || this.stack > stackLimit) throw new Fault('D1011', {})
  }

  leave(height: number): void {
    this.stack -= height
    this.depth--
  }

  /** The same throughout an evaluation. */
  get millis(): number {
    this.#millis ??= this.#host === undefined ? Date.now() : this.#host.millis
    return this.#millis
  }

  random(): number {
    return this.#host === undefined ? Math.random() : this.#host.random()
  }

  #overrun(): Fault {
    return new Fault('D1012', { value: this.stepLimit })
  }
}
