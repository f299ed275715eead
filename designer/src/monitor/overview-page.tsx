import { Skeleton } from '@mantine/core'
import { IconCircleCheck, IconPlayerPlay } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import {
  type DefinitionSummary,
  type InstanceStatus,
  type InstanceSummary,
  instanceStatuses,
} from '../api/api-types.ts'
import { useDefinitions } from '../api/definitions.ts'
import { addresses } from '../app/addresses.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { useNow } from '../ui/now.ts'
import { PageBar } from '../ui/page-bar.tsx'
import { statusLooks } from '../ui/status.ts'
import { Duration, RelativeTime } from '../ui/time.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { CustomStatus } from './custom-status.tsx'
import styles from './overview-page.module.css'
import { throughput } from './throughput.ts'
import { ThroughputChart } from './throughput-chart.tsx'
import { useLiveCounts } from './use-live-counts.ts'
import { useLatest, useRecent } from './use-recent.ts'
import { waitingText } from './waiting-text.ts'

export function OverviewPage() {
  const definitions = useDefinitions()
  useLiveCounts()
  return (
    <>
      <PageBar crumbs={[{ label: 'Overview' }]} />
      <ConnectionNotice />
      {definitions.error && !definitions.data ? (
        <ErrorState
          title="The overview could not be loaded"
          error={definitions.error}
          onRetry={() => void definitions.refetch()}
        />
      ) : (
        <div className={styles.page}>
          <Counts definitions={definitions.data} />
          <Throughput />
          <div className={styles.columns}>
            <RunningNow />
            <LatestFailures />
          </div>
        </div>
      )}
    </>
  )
}

function countOf(definitions: readonly DefinitionSummary[], status: InstanceStatus): number {
  return definitions.reduce((sum, one) => sum + (one.instances[status] ?? 0), 0)
}

function Counts({ definitions }: { readonly definitions: readonly DefinitionSummary[] | undefined }) {
  return (
    <ul className={styles.counts} aria-label="Instances by status">
      {instanceStatuses.map((status) => {
        const { icon: StatusIcon, word, tone } = statusLooks[status]
        return (
          <li key={status}>
            <Link className={styles.count} to={addresses.instances({ status })} data-tone={tone}>
              <span className={styles.word}>
                <StatusIcon size={15} stroke={1.8} aria-hidden />
                {word}
              </span>
              {definitions ? (
                <b>{countOf(definitions, status).toLocaleString()}</b>
              ) : (
                <Skeleton height={24} width={56} radius="sm" />
              )}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

function Throughput() {
  const recent = useRecent()
  const now = useNow(15_000)
  return (
    <Card
      title="The last hour"
      aside={
        recent.data &&
        `${recent.data.instances.length.toLocaleString()} instances started${recent.data.isPartial ? '; the latest are shown, there were more' : ''}`
      }
    >
      {recent.data ? (
        <ThroughputChart stretches={throughput(recent.data.instances, now)} now={now} />
      ) : recent.error ? (
        <ErrorState
          title="The last hour could not be loaded"
          error={recent.error}
          onRetry={() => void recent.refetch()}
        />
      ) : (
        <Skeleton height={150} radius="sm" />
      )}
    </Card>
  )
}

function RunningNow() {
  const running = useLatest('Running,Pending,Suspended', 12)
  return (
    <Card title="Running now" aside={<Link to={addresses.instances({ status: 'Running' })}>All that run</Link>}>
      <Rows
        instances={running.data}
        error={running.error}
        retry={() => void running.refetch()}
        empty={<Calm icon={<IconPlayerPlay size={18} stroke={1.6} aria-hidden />}>Nothing runs at the moment.</Calm>}
      >
        {(one) => (
          <>
            <span className="dc-clip dc-muted">
              {one.customStatus === null ? waitingText(one.waitingFor, 1) : <CustomStatus status={one.customStatus} />}
            </span>
            <Duration from={one.createdAt} />
          </>
        )}
      </Rows>
    </Card>
  )
}

function LatestFailures() {
  const failed = useLatest('Failed', 12)
  return (
    <Card title="Latest failures" aside={<Link to={addresses.instances({ status: 'Failed' })}>All failures</Link>}>
      <Rows
        instances={failed.data}
        error={failed.error}
        retry={() => void failed.refetch()}
        empty={<Calm icon={<IconCircleCheck size={18} stroke={1.6} aria-hidden />}>Nothing has failed.</Calm>}
      >
        {(one) => (
          <>
            <span className={styles.failure} title={one.failure?.message ?? ''}>
              {one.failure ? `${one.failure.type}: ${one.failure.message}` : ''}
            </span>
            <RelativeTime at={one.completedAt ?? one.lastUpdatedAt} />
          </>
        )}
      </Rows>
    </Card>
  )
}

function Card({
  title,
  aside,
  children,
}: {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className={styles.card} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className={styles.aside}>{aside}</span>
      </header>
      {children}
    </section>
  )
}

interface RowsProps {
  readonly instances: readonly InstanceSummary[] | undefined
  readonly error: unknown
  readonly retry: () => void
  readonly empty: ReactNode
  readonly children: (instance: InstanceSummary) => ReactNode
}

function Rows({ instances, error, retry, empty, children }: RowsProps) {
  if (!instances)
    return error ? (
      <ErrorState title="The list could not be loaded" error={error} onRetry={retry} />
    ) : (
      <Skeleton height={180} radius="sm" />
    )
  if (instances.length === 0) return empty
  return (
    <ul className={styles.rows}>
      {instances.map((one) => {
        const { icon: StatusIcon, word, tone } = statusLooks[one.status]
        return (
          <li key={one.instanceId}>
            <StatusIcon size={15} stroke={1.8} className={styles.icon} data-tone={tone} aria-label={word} role="img" />
            <Link className="dc-clip" to={addresses.instance(one.instanceId)} title={one.instanceId}>
              {one.instanceId}
            </Link>
            <span className="dc-clip dc-muted" title={one.definition}>
              {one.definition}
            </span>
            {children(one)}
          </li>
        )
      })}
    </ul>
  )
}

const Calm = ({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) => (
  <p className={styles.calm}>
    {icon} {children}
  </p>
)
