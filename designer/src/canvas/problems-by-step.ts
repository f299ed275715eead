import type { Problem } from '@durable-canvas/schema'

export type ProblemCounts = ReadonlyMap<string, { readonly errors: number; readonly warnings: number }>

/** A problem is shown on its step alone; those inside of a collapsed one are found in the list. */
export function problemsByStep(problems: readonly Problem[]): ProblemCounts {
  const counts = new Map<string, { errors: number; warnings: number }>()
  for (const { step, severity } of problems) {
    if (step === undefined) continue
    const count = counts.get(step) ?? { errors: 0, warnings: 0 }
    if (severity === 'error') count.errors += 1
    else count.warnings += 1
    counts.set(step, count)
  }
  return counts
}
