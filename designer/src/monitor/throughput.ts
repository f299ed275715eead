// What the latest instances tell of the last hour: how many started and ended in each stretch of it.
import type { InstanceSummary } from '../api/api-types.ts'

export interface Stretch {
  /** Milliseconds since 1970. */
  readonly from: number
  readonly started: number
  readonly completed: number
  readonly failed: number
}

export const stretchMs = 120_000
export const stretchCount = 30

/** Stretches on round times, oldest first; the last one is still going on. */
export function throughput(instances: readonly InstanceSummary[], now: number): Stretch[] {
  const end = (Math.floor(now / stretchMs) + 1) * stretchMs
  const first = end - stretchCount * stretchMs
  const stretches = Array.from({ length: stretchCount }, (_, index) => ({
    from: first + index * stretchMs,
    started: 0,
    completed: 0,
    failed: 0,
  }))
  const at = (time: string) => stretches[Math.floor((Date.parse(time) - first) / stretchMs)]
  for (const { createdAt, completedAt, status } of instances) {
    const start = at(createdAt)
    if (start) start.started += 1
    const finish = completedAt === null ? undefined : at(completedAt)
    if (finish && status === 'Completed') finish.completed += 1
    if (finish && status === 'Failed') finish.failed += 1
  }
  return stretches
}
