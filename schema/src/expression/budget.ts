/** What one evaluation may use up. Counted, never timed, so that it ends at the same point on every machine. */
export interface Budget {
  /** Evaluated parts of the expression, and work that grows with data. */
  readonly steps: number
  /** Elements in any one array or sequence that the expression produces. */
  readonly elements: number
  /** Characters in the result, as JSON, and in any string that the expression builds. */
  readonly size: number
  /** Nested function calls (tail calls are free), and nested levels of data. */
  readonly depth: number
}

export const defaultBudget: Budget = { steps: 100_000, elements: 10_000, size: 262_144, depth: 200 }
