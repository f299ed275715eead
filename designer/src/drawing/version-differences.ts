import type { Change } from '@durable-canvas/schema'

export type Difference = 'added' | 'removed' | 'changed'

/** What has become of each step, by its path, out of a semantic diff. */
export function differencesOf(changes: readonly Change[]): Map<string, Difference> {
  const differences = new Map<string, Difference>()
  for (const { step, type, field } of changes) {
    if (step === undefined) continue
    const path = step.replace(/\[[^\]/]*\]$/, '')
    const isWhole = field === undefined && path === step
    if (isWhole) differences.set(path, type)
    else if (!differences.has(path)) differences.set(path, 'changed')
  }
  return differences
}
