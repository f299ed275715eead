// The run of the draft as the views want it: unfolded into visits, and what each box shows.
import type { HistoryEvent } from '@durable-canvas/schema'
import { useMemo, useRef } from 'react'
import type { Instance } from '../api/api-types.ts'
import type { StepState } from '../drawing/step-state.ts'
import { indexSteps, maxAttemptsOf, type StepIndex } from '../monitor/definition-steps.ts'
import { stepStates } from '../monitor/states.ts'
import { emptyUnfolding, type Unfolding } from '../monitor/visit.ts'
import { applyEvent, unfold } from '../monitor/visits.ts'
import { type TryRun, useTry } from '../store/try-run.ts'

export interface Tried {
  readonly run: TryRun
  readonly unfolding: Unfolding
  /** Changes whenever the unfolding does. */
  readonly revision: string
  /** The moment that is shown. */
  readonly now: number
  readonly running: ReadonlySet<string>
  readonly steps: StepIndex
}

const unfoldings = new WeakMap<readonly HistoryEvent[], Unfolding>()

/** All views share one unfolding, and every event is applied to it once. */
export function unfoldingOf(events: readonly HistoryEvent[]): Unfolding {
  const unfolding = unfoldings.get(events) ?? emptyUnfolding()
  unfoldings.set(events, unfolding)
  for (const event of events.slice(unfolding.seq)) applyEvent(unfolding, withoutChild(event))
  return unfolding
}

/** There is no instance to go to: children are made up, too. */
const withoutChild = (event: HistoryEvent): HistoryEvent =>
  event.type === 'SubOrchestrationInstanceCreated' ? { ...event, instanceId: '' } : event

export function useTried(): Tried | undefined {
  const run = useTry((state) => state.run)
  const revision = useTry((state) => state.revision)
  const lookedAt = useTry((state) => state.lookAt)
  const definition = run?.definition
  const steps = useMemo(() => (definition ? indexSteps(definition) : new Map()), [definition])
  return useMemo(() => {
    if (run === undefined) return undefined
    const { events, simulation, executions } = run
    const isPast = lookedAt !== undefined && lookedAt < events.length
    const unfolding = isPast ? unfold(events.slice(0, lookedAt).map(withoutChild)) : unfoldingOf(events)
    return {
      run,
      unfolding,
      revision: isPast ? `at ${executions}/${lookedAt}` : `${executions}/${revision}`,
      now: isPast ? (unfolding.lastAt ?? simulation.now) : simulation.now,
      running: openPaths(unfolding),
      steps,
    }
  }, [run, revision, lookedAt, steps])
}

/** A made-up activity is at work from the moment that it was asked for. */
function openPaths({ tasks }: Unfolding): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const { visit, attempt } of tasks.values()) if (attempt.outcome === 'open') paths.add(visit.path)
  return paths
}

/** What the boxes show; undefined where nothing is tried. */
export function useTriedStates(): ReadonlyMap<string, StepState> | undefined {
  const tried = useTried()
  const last = useRef<ReadonlyMap<string, StepState>>(new Map())
  return useMemo(() => {
    if (tried === undefined) return undefined
    const { unfolding, now, running, steps } = tried
    const maxAttempts = (path: string) => maxAttemptsOf(steps.get(path))
    last.current = stepStates(unfolding, { now, running, maxAttempts }, last.current)
    return last.current
  }, [tried])
}

/** The run in the form in which the monitor's panels take an instance. */
export function instanceOf({ simulation, input }: TryRun): Instance {
  const { state } = simulation
  return {
    instanceId: state.instanceId,
    executionId: state.executionId,
    definition: state.definition,
    version: state.version,
    status: state.status,
    createdAt: state.createdAt,
    lastUpdatedAt: state.updatedAt,
    completedAt: state.completedAt,
    customStatus: state.customStatus,
    failure: state.failure,
    parent: null,
    waitingFor: [],
    input,
    output: state.output,
  }
}
