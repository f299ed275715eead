import { Link } from 'react-router'
import { type InstanceStatus, instanceStatuses } from '../api/api-types.ts'
import { addresses } from '../app/addresses.ts'
import { statusLooks } from '../ui/status.ts'
import styles from './status-counts.module.css'

export type Counts = Readonly<Partial<Record<InstanceStatus, number>>>

export const totalOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** How many instances stand where: a bar of shares, and the numbers, each leading to its list. */
export function StatusCounts({ counts, definition }: { readonly counts: Counts; readonly definition: string }) {
  const total = totalOf(counts)
  const present = instanceStatuses.filter((status) => (counts[status] ?? 0) > 0)
  if (total === 0) return <span className="dc-muted">None yet</span>
  return (
    <div className={styles.counts}>
      <div className={styles.bar} aria-hidden>
        {present.map((status) => (
          <i key={status} data-tone={statusLooks[status].tone} style={{ flexGrow: counts[status] ?? 0 }} />
        ))}
      </div>
      <div className={styles.numbers}>
        {present.map((status) => {
          const { icon: StatusIcon, word, tone } = statusLooks[status]
          return (
            <Link
              key={status}
              className={styles.number}
              data-tone={tone}
              to={addresses.instances({ definition, status })}
              title={`${counts[status]} ${word.toLowerCase()}`}
              aria-label={`${counts[status]} ${word.toLowerCase()}`}
            >
              <StatusIcon size={13} stroke={1.8} aria-hidden />
              {(counts[status] ?? 0).toLocaleString()}
            </Link>
          )
        })}
      </div>
    </div>
  )
}
