import type { InstanceStatus } from '../api/api-types.ts'
import { counted } from '../steps/words.ts'

type Counts = Readonly<Partial<Record<InstanceStatus, number>>>

/** Those that have not ended: they keep the version that they began with. */
export const openInstances = ({ Pending = 0, Running = 0, Suspended = 0 }: Counts): number =>
  Pending + Running + Suspended

/** "1 instance runs", "3 instances run". */
export const openWords = (count: number): string => `${counted(count, 'instance')} ${count === 1 ? 'runs' : 'run'}`

/** "2 instances run on version 1 and 1 on version 3"; undefined where none does. Versions may come in any order. */
export function openByVersion(
  versions: readonly { readonly version: number; readonly instances: Counts }[],
): string | undefined {
  const open = versions
    .map(({ version, instances }) => ({ version, count: openInstances(instances) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.version - b.version)
  const parts = open.map(
    ({ version, count }, index) => `${index === 0 ? openWords(count) : count} on version ${version}`,
  )
  const last = parts.pop()
  return last === undefined ? undefined : parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}
