/** What one evaluation may use up. Counted, never timed, so that it ends at the same point on every machine. */
export interface Budget {
  /** Evaluated parts of the expression, plus work that grows with the data: see Run.charge. */
  readonly steps: number
  /** Elements in any one array or sequence that the expression produces. */
  readonly elements: number
  /** Characters of the result as JSON, and of any string that the expression builds. */
  readonly size: number
  /** Nested function calls (tail calls are free), and nested levels of data. */
  readonly depth: number
}

export const defaultBudget: Budget = { steps: 100_000, elements: 10_000, size: 262_144, depth: 200 }

/** Longest source in characters; every other limit of the parser's follows from it and from the nesting. */
export const sourceLimit = 4_096

// JavaScript's own stack must never be what ends an evaluation, since its size differs between machines. So every call
// counts the closures that its body nests, each by the frames that it takes, and these many may be under way at once.
export const stackLimit = 2_500

/** How deep a source may nest: brackets, and operators within one pair of brackets. */
export const nestingLimit = 500
