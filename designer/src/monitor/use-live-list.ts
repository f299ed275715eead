import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { InstanceQuery, InstanceSummary, Page } from '../api/api-types.ts'
import { mergeSummary } from '../api/heard-summaries.ts'
import { listenToInstances } from '../api/instance-feed.ts'
import { keys } from '../api/query-client.ts'
import { fits, type InstanceFilter } from './instance-filter.ts'

type Pages = InfiniteData<Page<InstanceSummary>, string | null>

/** What came in within a frame or two is drawn together. */
const paceMs = 120

export interface LiveList {
  /** Instances that started since the list was loaded and are not in it. */
  readonly fresh: number
  /** Rows of instances that were purged since. They stay in their places until the list is loaded again. */
  readonly gone: ReadonlySet<string>
  readonly showFresh: () => void
}

/**
 * Keeps rows that are shown up to date where they stand; what is new is counted, not pushed under the cursor, and what is
 * gone is not pulled away from under it.
 */
export function useLiveList(query: InstanceQuery, filter: InstanceFilter, rows: readonly InstanceSummary[]): LiveList {
  const client = useQueryClient()
  const [fresh, setFresh] = useState<ReadonlySet<string>>(none)
  const [purged, setPurged] = useState<ReadonlySet<string>>(none)
  const waiting = useRef(new Map<string, InstanceSummary>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const showFresh = () => {
    setFresh(none)
    setPurged(none)
    // Only the first page anew: the pages behind it are loaded again as they are scrolled to.
    client.setQueryData<Pages>(
      keys.instanceList(query),
      (known) => known && { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) },
    )
    void client.invalidateQueries({ queryKey: keys.instanceList(query) })
  }

  const flush = useEffectEvent(() => {
    timer.current = null
    const news = waiting.current
    waiting.current = new Map()
    const shown = new Set(rows.map((row) => row.instanceId))
    client.setQueryData<Pages>(keys.instanceList(query), (known) => known && patched(known, news))
    const newest = rows[0]?.createdAt ?? ''
    const added = [...news.values()].filter(
      (summary) => !shown.has(summary.instanceId) && summary.createdAt >= newest && fits(filter, summary, Date.now()),
    )
    if (added.length > 0) setFresh((before) => new Set([...before, ...added.map((summary) => summary.instanceId)]))
  })
  const onSummary = useEffectEvent((summary: InstanceSummary) => {
    waiting.current.set(summary.instanceId, summary)
    // It was begun anew.
    setPurged((before) => without(before, [summary.instanceId]))
    timer.current ??= setTimeout(flush, paceMs)
  })
  const onPurged = useEffectEvent((instanceIds: readonly string[]) => {
    for (const id of instanceIds) waiting.current.delete(id)
    setFresh((before) => without(before, instanceIds))
    const named = new Set(instanceIds)
    const shown = rows.flatMap(({ instanceId }) => (named.has(instanceId) ? [instanceId] : []))
    if (shown.length > 0) setPurged((before) => new Set([...before, ...shown]))
  })
  const onReopened = useEffectEvent(() => void client.invalidateQueries({ queryKey: keys.instanceList(query) }))

  useEffect(() => {
    const stop = listenToInstances({ onSummary, onPurged, onReopened })
    return () => {
      stop()
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another list
  useEffect(() => {
    setFresh(none)
    setPurged(none)
  }, [query])
  const gone = useMemo(() => {
    if (purged.size === 0) return none
    return new Set(rows.flatMap(({ instanceId }) => (purged.has(instanceId) ? [instanceId] : [])))
  }, [purged, rows])
  return { fresh: fresh.size, gone, showFresh }
}

const none: ReadonlySet<string> = new Set()

function without(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  if (!ids.some((id) => set.has(id))) return set
  const rest = new Set(set)
  for (const id of ids) rest.delete(id)
  return rest
}

function patched(known: Pages, news: ReadonlyMap<string, InstanceSummary>): Pages {
  let changed = false
  const pages = known.pages.map((page) => {
    if (!page.items.some((row) => news.has(row.instanceId))) return page
    changed = true
    return {
      ...page,
      items: page.items.map((row) => {
        const summary = news.get(row.instanceId)
        return summary ? mergeSummary(row, summary) : row
      }),
    }
  })
  return changed ? { ...known, pages } : known
}
