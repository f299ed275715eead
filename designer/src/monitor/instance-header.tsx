import { Link } from 'react-router'
import { type Instance, isFinished } from '../api/api-types.ts'
import { addresses } from '../app/addresses.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { ClockTime, Duration, RelativeTime } from '../ui/time.tsx'
import { CustomStatus } from './custom-status.tsx'
import styles from './instance-header.module.css'
import type { Unfolding } from './visit.ts'

/** Who it is and how it is doing; with `unfolding`: how it was doing then. */
export function InstanceHeader({
  instance,
  unfolding,
}: {
  readonly instance: Instance
  readonly unfolding: Unfolding | null
}) {
  const status = unfolding?.status ?? instance.status
  const end = unfolding ? new Date(unfolding.lastAt ?? 0).toISOString() : instance.completedAt
  return (
    <dl className={styles.header}>
      <div>
        <dt className="dc-visually-hidden">Status</dt>
        <dd>
          <StatusBadge status={status} size="filled" />
        </dd>
      </div>
      <div>
        <dt className="dc-visually-hidden">Id</dt>
        <dd className={styles.id}>
          <span className="dc-mono dc-clip" title={instance.instanceId}>
            {instance.instanceId}
          </span>
          <CopyButton value={instance.instanceId} label="Copy the id" />
        </dd>
      </div>
      <div>
        <dt>Definition</dt>
        <dd>
          <Link to={addresses.version(instance.definition, instance.version)}>
            {instance.definition}@{instance.version}
          </Link>
        </dd>
      </div>
      <div>
        <dt>Started</dt>
        <dd>
          <ClockTime at={instance.createdAt} />
          <span className={styles.aside}>
            <RelativeTime at={instance.createdAt} />
          </span>
        </dd>
      </div>
      <div>
        <dt>{isFinished(status) ? 'Took' : 'For'}</dt>
        <dd>
          <Duration from={instance.createdAt} to={end} />
        </dd>
      </div>
      {instance.parent && (
        <div>
          <dt>Parent</dt>
          <dd>
            <Link to={addresses.instance(instance.parent)}>{instance.parent}</Link>
          </dd>
        </div>
      )}
      <div className={styles.custom}>
        <dt className="dc-visually-hidden">Custom status</dt>
        <dd>
          <CustomStatus status={unfolding ? unfolding.customStatus : instance.customStatus} />
        </dd>
      </div>
    </dl>
  )
}
