// A problem is something wrong with a document, as data: it belongs to the author, and checking never throws.
export type Severity = 'error' | 'warning'

export interface Problem {
  /** Stable, PascalCase: `UnknownTarget`, `ExpressionSyntax` … */
  readonly code: string
  readonly severity: Severity
  /** JSON Pointer into the document. */
  readonly path: string
  /** The step that it belongs to: its ids from the root, joined by "/" as in history paths but without numbers (`each/charge`, `fork[left]/wait`). */
  readonly step?: string
  readonly message: string
  /** 0-based offset in the expression's source, where the problem is inside of one. */
  readonly position?: number
}

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some((problem) => problem.severity === 'error')
