import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
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
  readonly showFresh: () => void
}

/** Keeps rows that are shown up to date where they stand; what is new is counted, not pushed under the cursor. */
export function useLiveList(query: InstanceQuery, filter: InstanceFilter, rows: readonly InstanceSummary[]): LiveList {
  const client = useQueryClient()
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const waiting = useRef(new Map<string, InstanceSummary>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const showFresh = () => {
    setFresh(new Set())
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
    timer.current ??= setTimeout(flush, paceMs)
  })
  const onReopened = useEffectEvent(() => void client.invalidateQueries({ queryKey: keys.instanceList(query) }))

  useEffect(() => {
    const stop = listenToInstances(onSummary, onReopened)
    return () => {
      stop()
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another list
  useEffect(() => setFresh(new Set()), [query])
  return { fresh: fresh.size, showFresh }
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
