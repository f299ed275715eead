import type { InstanceCount, InstanceStatus } from '@durable-canvas/interpreter'

export type CountByStatus = Partial<Record<InstanceStatus, number>>

/** How many instances there are by status, for those counts that `belongs` picks. */
export function countByStatus(
  counts: readonly InstanceCount[],
  belongs: (count: InstanceCount) => boolean,
): CountByStatus {
  const sums: CountByStatus = {}
  for (const count of counts) if (belongs(count)) sums[count.status] = (sums[count.status] ?? 0) + count.count
  return sums
}
