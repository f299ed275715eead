import type { Json } from '@durable-canvas/schema'
import { Button, SegmentedControl } from '@mantine/core'
import { IconListDetails, IconPencil, IconPlayerPlay, IconSitemap } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Link, NavLink, useParams } from 'react-router'
import type { DefinitionVersion } from '../api/api-types.ts'
import { useActivities, useDefinitions, useVersion, useVersions } from '../api/definitions.ts'
import { addresses } from '../app/addresses.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { JsonView } from '../ui/json-view.tsx'
import { PageBar } from '../ui/page-bar.tsx'
import { PanelSkeleton, RowsSkeleton } from '../ui/skeletons.tsx'
import { Split } from '../ui/split.tsx'
import { RelativeTime } from '../ui/time.tsx'
import { RunDrawer } from './run-drawer.tsx'
import { StatusCounts, totalOf } from './status-counts.tsx'
import { useLiveCounts } from './use-live-counts.ts'
import styles from './versions-page.module.css'

const DefinitionGraph = lazy(async () => ({
  default: (await import('../canvas/definition-graph.tsx')).DefinitionGraph,
}))
const ChangeList = lazy(async () => ({ default: (await import('../panels/change-list.tsx')).ChangeList }))

/** All versions of a definition; the one of the address (else the latest) as a graph, its changes, or JSON. */
export function VersionsPage() {
  const params = useParams()
  const name = params.name ?? ''
  const definitions = useDefinitions()
  const summary = definitions.data?.find((one) => one.name === name)
  const crumbs = [{ label: 'Definitions', to: addresses.definitions }, { label: summary?.title ?? name }]
  useLiveCounts()
  if (definitions.error && !definitions.data)
    return (
      <>
        <PageBar crumbs={crumbs} />
        <ErrorState
          title="The definition could not be loaded"
          error={definitions.error}
          onRetry={() => void definitions.refetch()}
        />
      </>
    )
  if (!definitions.data)
    return (
      <>
        <PageBar crumbs={crumbs} />
        <RowsSkeleton />
      </>
    )
  if (!summary)
    return (
      <>
        <PageBar crumbs={crumbs} />
        <EmptyState
          icon={IconSitemap}
          title={`${name} is not deployed`}
          action={
            <Button component={Link} to={addresses.draft(name)}>
              Open its draft
            </Button>
          }
        >
          Versions appear here once it is deployed.
        </EmptyState>
      </>
    )
  return (
    <Versions
      key={name}
      name={name}
      title={summary.title}
      chosen={params.version === undefined ? summary.version : Number(params.version)}
      isLatest={params.version === undefined || Number(params.version) === summary.version}
      counts={summary.instances}
    />
  )
}

interface VersionsProps {
  readonly name: string
  readonly title: string | null
  readonly chosen: number
  readonly isLatest: boolean
  readonly counts: Parameters<typeof StatusCounts>[0]['counts']
}

function Versions({ name, title, chosen, isLatest, counts }: VersionsProps) {
  const versions = useVersions(name)
  const [isRunning, setRunning] = useState(false)
  const isThere = versions.data?.some((one) => one.version === chosen)
  const version = useVersion(isThere === true ? name : undefined, chosen)
  const hasBefore = versions.data?.some((one) => one.version === chosen - 1)
  return (
    <>
      <PageBar
        crumbs={[
          { label: 'Definitions', to: addresses.definitions },
          { label: title ?? name, to: addresses.definition(name) },
          { label: `Version ${chosen}` },
        ]}
        actions={
          <>
            <Button
              component={Link}
              to={addresses.instances({ definition: name })}
              variant="subtle"
              color="gray"
              leftSection={<IconListDetails size={14} />}
            >
              Instances
            </Button>
            <Button
              component={Link}
              to={addresses.draft(name)}
              variant="default"
              leftSection={<IconPencil size={14} />}
            >
              Edit
            </Button>
            <Button leftSection={<IconPlayerPlay size={14} />} onClick={() => setRunning(true)}>
              {isLatest ? 'Run' : `Run version ${chosen}`}
            </Button>
          </>
        }
      >
        <StatusCounts counts={counts} definition={name} />
      </PageBar>
      <Split
        id="versions"
        direction="horizontal"
        firstSize={22}
        label="Resize the list of versions"
        first={
          <nav className={styles.versions} aria-label="Versions">
            {versions.error && !versions.data ? (
              <ErrorState
                title="The versions could not be loaded"
                error={versions.error}
                onRetry={() => void versions.refetch()}
              />
            ) : null}
            {versions.isPending && <RowsSkeleton rows={4} />}
            {(versions.data ?? []).map((one) => (
              <NavLink
                key={one.version}
                to={addresses.version(name, one.version)}
                className={styles.version ?? ''}
                aria-current={one.version === chosen ? 'page' : undefined}
                data-chosen={one.version === chosen}
              >
                <b>Version {one.version}</b>
                <span className={styles.when}>
                  <RelativeTime at={one.deployedAt} />
                </span>
                <span className={styles.comment}>{one.comment ?? 'No comment'}</span>
                {totalOf(one.instances) > 0 && (
                  <span className={styles.comment}>{totalOf(one.instances).toLocaleString()} instances</span>
                )}
              </NavLink>
            ))}
          </nav>
        }
        second={
          isThere === false ? (
            <EmptyState icon={IconSitemap} title={`There is no version ${chosen}`} />
          ) : version.error ? (
            <ErrorState
              title="The version could not be loaded"
              error={version.error}
              onRetry={() => void version.refetch()}
            />
          ) : version.data ? (
            <OneVersion key={version.data.version} version={version.data} hasBefore={hasBefore === true} />
          ) : (
            <PanelSkeleton />
          )
        }
      />
      <RunDrawer
        name={isRunning ? name : null}
        {...(isLatest ? {} : { version: chosen })}
        onClose={() => setRunning(false)}
      />
    </>
  )
}

type View = 'graph' | 'changes' | 'json'

function OneVersion({ version, hasBefore }: { readonly version: DefinitionVersion; readonly hasBefore: boolean }) {
  const [view, setView] = useState<View>('graph')
  const [step, setStep] = useState<string | null>(null)
  const before = useVersion(hasBefore && view === 'changes' ? version.name : undefined, version.version - 1)
  const activities = useActivities()
  const iconOf = useMemo(() => {
    const icons = new Map((activities.data ?? []).map(({ name, icon }) => [name, icon ?? undefined]))
    return (activity: string) => icons.get(activity)
  }, [activities.data])
  return (
    <div className={styles.one}>
      <div className={styles.tools}>
        <SegmentedControl
          aria-label="View"
          value={view}
          onChange={(value) => setView(value as View)}
          data={[
            { value: 'graph', label: 'Graph' },
            ...(hasBefore ? [{ value: 'changes', label: 'Changes' }] : []),
            { value: 'json', label: 'JSON' },
          ]}
        />
        <span className={styles.hash} title={version.hash}>
          {version.hash.slice(0, 19)}
          <CopyButton value={version.hash} label="Copy the hash" />
        </span>
      </div>
      <div className={styles.view} data-view={view}>
        <Suspense fallback={<PanelSkeleton />}>
          {view === 'graph' && (
            <DefinitionGraph
              definition={version.definition}
              layout={version.layout}
              selected={step}
              onSelect={setStep}
              iconOf={iconOf}
            />
          )}
          {view === 'changes' &&
            (before.data ? (
              <ChangeList
                before={before.data.definition}
                after={version.definition}
                empty={`Nothing differs from version ${version.version - 1}.`}
              />
            ) : before.error ? (
              <ErrorState
                title="The version before could not be loaded"
                error={before.error}
                onRetry={() => void before.refetch()}
              />
            ) : (
              <PanelSkeleton />
            ))}
          {view === 'json' && (
            <JsonView value={version.definition as unknown as Json} label="the definition" openDepth={4} isTall />
          )}
        </Suspense>
      </div>
    </div>
  )
}
