import type { Budget } from './budget.ts'
import type { Json } from './json.ts'

export interface ExpressionOptions {
  readonly budget?: Partial<Budget>
}

/** Values by name, without `$`. Only own properties are seen, each when it is asked for. */
export type Bindings = { readonly [name: string]: Json | undefined }

/** Where an evaluation takes its time and its draws from, so that a replay sees the same ones. */
export interface Host {
  /** Milliseconds since 1970: what `$now()` and `$millis()` say. */
  readonly millis: number
  /** The next draw, 0 ≤ x < 1. */
  readonly random: () => number
}

export interface Reference {
  readonly name: string
  /** 0-based offset into the source. */
  readonly position: number
}

export interface Expression {
  readonly source: string
  /** Free variables, without `$`; also names of built-in functions where they stand for a value. */
  readonly variables: ReadonlySet<string>
  /** Each place where a free variable stands. */
  readonly references: readonly Reference[]
  /** The ids X that stand in `$steps.X`. */
  readonly stepReferences: ReadonlySet<string>
  /** Whether the result may depend on the input (`$`, `$$` or a bare path). */
  readonly usesInput: boolean
  /** Each `$`, `$$` or bare name that looks into the input, as it is called there; the position is where it ends. */
  readonly inputReferences: readonly Reference[]
  /** Whether the input is also looked into without being named: by a wildcard, or as what a function takes by itself. */
  readonly hidesInput: boolean
  /** Throws ExpressionError; no match is undefined. */
  evaluate(input?: Json, bindings?: Bindings, host?: Host): Json | undefined
}
