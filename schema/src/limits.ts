/** What a definition may measure, so that nothing that reads one can be overrun. */
export const limits = {
  /** UTF-16 units of compact JSON. */
  documentSize: 1_048_576,
  /** Of text with white space and all, before it is read at all. */
  textSize: 4 * 1_048_576,
  steps: 2_000,
  scopeDepth: 32,
  jsonDepth: 256,
  expressionSize: 4_096,
} as const
