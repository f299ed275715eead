// What is looked at on the page of an instance: one step for graph, timeline, history and data, one tab, one moment.
// It stands in the address, so that a link shows what its sender saw.
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { staticPathOf } from './paths.ts'
import type { Unfolding, Visit } from './visit.ts'

export const tabs = ['timeline', 'history', 'data'] as const
export type Tab = (typeof tabs)[number]

export interface Selection {
  /** As the address has it: the path of a visit, or a static path. */
  readonly step: string | null
  readonly tab: Tab
  /** The seq that is looked back to; null: live. */
  readonly at: number | null
  readonly select: (step: string | null) => void
  readonly show: (tab: Tab) => void
  readonly goTo: (seq: number | null) => void
}

export function useSelection(): Selection {
  const [params, setParams] = useSearchParams()
  const set = useCallback(
    (name: string, value: string | null) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before)
          if (value === null) after.delete(name)
          else after.set(name, value)
          return after
        },
        { replace: true },
      ),
    [setParams],
  )
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'timeline'
  const at = Number.parseInt(params.get('at') ?? '', 10)
  const step = params.get('step')
  return useMemo(
    () => ({
      step,
      tab,
      at: Number.isInteger(at) && at > 0 ? at : null,
      select: (path) => set('step', path),
      show: (next) => set('tab', next),
      goTo: (seq) => set('at', seq === null ? null : String(seq)),
    }),
    [step, tab, at, set],
  )
}

/** The visit that the selection means: itself, or the latest of the step. */
export function selectedVisit(unfolding: Unfolding, step: string | null): Visit | null {
  if (step === null) return null
  const exact = unfolding.visits.get(step)
  if (exact && staticPathOf(step) !== step) return exact
  let latest: Visit | null = null
  for (const visit of unfolding.visits.values()) if (visit.staticPath === step && visit.kind !== 'item') latest = visit
  return latest ?? exact ?? null
}

/** All executions of the step, in order. */
export function visitsOf(unfolding: Unfolding, staticPath: string): readonly Visit[] {
  return [...unfolding.visits.values()].filter((visit) => visit.staticPath === staticPath && visit.kind !== 'item')
}
