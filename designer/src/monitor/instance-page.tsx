import { Tabs } from '@mantine/core'
import { IconBinaryTree } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { useParams } from 'react-router'
import { ApiProblem } from '../api/api-problem.ts'
import type { Instance } from '../api/api-types.ts'
import { useActivities, useVersion } from '../api/definitions.ts'
import { useInstance } from '../api/instances.ts'
import { addresses } from '../app/addresses.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { useNow } from '../ui/now.ts'
import { PageBar } from '../ui/page-bar.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { PanelSkeleton } from '../ui/skeletons.tsx'
import { Split } from '../ui/split.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { DataPanel } from './data-panel.tsx'
import { indexSteps, maxAttemptsOf, type StepIndex } from './definition-steps.ts'
import { FailureBanner } from './failure-banner.tsx'
import { HistoryTable } from './history-table.tsx'
import { InstanceActions } from './instance-actions.tsx'
import { InstanceHeader } from './instance-header.tsx'
import styles from './instance-page.module.css'
import { staticPathOf } from './paths.ts'
import { selectedVisit, type Tab, tabs, useSelection } from './selection.ts'
import { stepStates, ticks } from './states.ts'
import type { StepState } from './step-state.ts'
import { TimeTravel } from './time-travel.tsx'
import { Timeline } from './timeline.tsx'
import { type LiveHistory, useHistory } from './use-history.ts'
import { runningPaths, useMoment } from './use-moment.ts'

const DefinitionGraph = lazy(async () => ({
  default: (await import('../canvas/definition-graph.tsx')).DefinitionGraph,
}))

const noSteps: StepIndex = new Map()

export function InstancePage() {
  const id = useParams().id ?? ''
  // Another instance is another page: nothing of the one before may stay.
  return <OneInstance key={id} id={id} />
}

function OneInstance({ id }: { readonly id: string }) {
  const instance = useInstance(id)
  const history = useHistory(id)
  const crumbs = [{ label: 'Instances', to: addresses.instances() }, { label: id }]

  // Also when it is known from before: what was purged is gone.
  const isGone = history.isPurged || (instance.error instanceof ApiProblem && instance.error.status === 404)
  if (isGone || (instance.error && !instance.data)) {
    return (
      <>
        <PageBar crumbs={crumbs} />
        {isGone ? (
          <EmptyState icon={IconBinaryTree} title={`There is no instance ${id}`}>
            It was never started on this server, or it was purged with its history.
          </EmptyState>
        ) : (
          <ErrorState
            title="The instance could not be loaded"
            error={instance.error}
            onRetry={() => void instance.refetch()}
          />
        )}
      </>
    )
  }
  return (
    <>
      <PageBar crumbs={crumbs} actions={instance.data && <InstanceActions instance={instance.data} />} />
      <ConnectionNotice />
      {instance.data ? <Views instance={instance.data} history={history} /> : <PanelSkeleton />}
    </>
  )
}

function Views({ instance, history }: { readonly instance: Instance; readonly history: LiveHistory }) {
  const selection = useSelection()
  const version = useVersion(instance.definition, instance.version)
  const activities = useActivities()
  const definition = version.data?.definition
  const steps = useMemo(() => (definition ? indexSteps(definition) : noSteps), [definition])
  const { unfolding, revision, asOf } = useMoment(history, selection.at)
  const running = useMemo(
    () => runningPaths(instance, unfolding, history.unfolding, asOf),
    [instance, unfolding, history.unfolding, asOf],
  )
  const states = useStates(unfolding, revision, running, steps, asOf)
  const visit = selectedVisit(unfolding, selection.step)
  const iconOf = useMemo(() => {
    const icons = new Map((activities.data ?? []).map(({ name, icon }) => [name, icon ?? undefined]))
    return (activity: string) => icons.get(activity)
  }, [activities.data])

  useShortcut({ id: 'tab:timeline', title: 'Show the timeline', keys: '1', run: () => selection.show('timeline') })
  useShortcut({ id: 'tab:history', title: 'Show the history', keys: '2', run: () => selection.show('history') })
  useShortcut({ id: 'tab:data', title: 'Show the data', keys: '3', run: () => selection.show('data') })
  useShortcut(
    selection.step === null
      ? null
      : { id: 'deselect', title: 'Select no step', keys: 'Escape', run: () => selection.select(null) },
  )

  return (
    <>
      <InstanceHeader instance={instance} unfolding={asOf === null ? null : unfolding} />
      {asOf === null && instance.status === 'Failed' && instance.failure && (
        <FailureBanner
          instance={instance}
          failure={instance.failure}
          unfolding={unfolding}
          steps={steps}
          onShow={selection.select}
        />
      )}
      <TimeTravel history={history} at={selection.at} onGoTo={selection.goTo} />
      <Split
        id="instance"
        direction="horizontal"
        firstSize={44}
        label="Resize graph and details"
        first={
          <div className={styles.graph}>
            {version.error && (
              <ErrorState
                title="The definition could not be loaded"
                error={version.error}
                onRetry={() => void version.refetch()}
              />
            )}
            <Suspense fallback={<PanelSkeleton />}>
              {definition ? (
                <DefinitionGraph
                  definition={definition}
                  layout={version.data?.layout}
                  states={states}
                  selected={selection.step === null ? null : staticPathOf(selection.step)}
                  onSelect={selection.select}
                  iconOf={iconOf}
                />
              ) : (
                !version.error && <PanelSkeleton />
              )}
            </Suspense>
          </div>
        }
        second={
          <Tabs
            value={selection.tab}
            onChange={(tab) => selection.show((tab ?? 'timeline') as Tab)}
            className={styles.tabs ?? ''}
            keepMounted={false}
          >
            <Tabs.List className={styles.tabList ?? ''}>
              {tabs.map((tab) => (
                <Tabs.Tab key={tab} value={tab}>
                  {tabWords[tab]}
                  {tab === 'history' && <span className={styles.count}>{unfolding.seq}</span>}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {history.error && history.events.length === 0 ? (
              <ErrorState title="The history could not be loaded" error={history.error} onRetry={history.retry} />
            ) : (
              <>
                <Tabs.Panel value="timeline" className={styles.panel ?? ''}>
                  {history.isComplete || history.events.length > 0 ? (
                    <Timeline
                      unfolding={unfolding}
                      revision={revision}
                      steps={steps}
                      running={running}
                      selectedPath={visit?.path ?? null}
                      onSelect={selection.select}
                      asOf={asOf}
                    />
                  ) : (
                    <PanelSkeleton />
                  )}
                </Tabs.Panel>
                <Tabs.Panel value="history" className={styles.panel ?? ''}>
                  <HistoryTable
                    events={asOf === null ? history.events : history.events.slice(0, unfolding.seq)}
                    revision={revision}
                    selected={selection.step}
                    onSelect={selection.select}
                    onGoTo={selection.goTo}
                  />
                </Tabs.Panel>
                <Tabs.Panel value="data" className={styles.panel ?? ''}>
                  <DataPanel
                    instance={instance}
                    unfolding={unfolding}
                    revision={revision}
                    events={history.events}
                    visit={visit}
                    steps={steps}
                    onSelect={selection.select}
                    isLive={asOf === null}
                  />
                </Tabs.Panel>
              </>
            )}
          </Tabs>
        }
      />
    </>
  )
}

const tabWords: Readonly<Record<Tab, string>> = { timeline: 'Timeline', history: 'History', data: 'Data' }

function useStates(
  unfolding: LiveHistory['unfolding'],
  revision: number | string,
  running: ReadonlySet<string>,
  steps: StepIndex,
  asOf: number | null,
): ReadonlyMap<string, StepState> {
  const last = useRef<ReadonlyMap<string, StepState>>(new Map())
  // biome-ignore lint/correctness/useExhaustiveDependencies: the unfolding is changed in place; its revision tells when
  const isTicking = useMemo(() => asOf === null && ticks(unfolding), [unfolding, revision, asOf])
  const present = useNow(isTicking ? 1_000 : 30_000)
  const now = asOf ?? present
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const states = useMemo(
    () => stepStates(unfolding, { now, running, maxAttempts: (path) => maxAttemptsOf(steps.get(path)) }, last.current),
    [unfolding, revision, running, steps, now],
  )
  useEffect(() => {
    last.current = states
  })
  return states
}
