// What was heard of instances in the last seconds. Lists are read from a projection that follows the logs by some tenths of
// a second; with this a list that is loaded right after an operation shows what the operation made, and not what was before.
import type { InstanceQuery, InstanceSummary, Page } from './api-types.ts'

/** Far longer than a projection lags behind. */
const heardMs = 3_000
const most = 2_000

export interface HeardSummaries {
  readonly hear: (summary: InstanceSummary, now: number) => void
  /** It was purged. */
  readonly drop: (instanceId: string) => void
  /** The page as it would be if the projection did not lag: newer rows, and rows that begin or cease to fit. */
  readonly correct: (
    page: Page<InstanceSummary>,
    query: InstanceQuery,
    isFirst: boolean,
    now: number,
  ) => Page<InstanceSummary>
}

export function createHeardSummaries(): HeardSummaries {
  const heard = new Map<string, { readonly summary: InstanceSummary; readonly at: number }>()

  const forget = (now: number) => {
    for (const [id, { at }] of heard) {
      if (heard.size <= most && now - at < heardMs) break
      heard.delete(id)
    }
  }
  return {
    hear: (summary, now) => {
      const known = heard.get(summary.instanceId)?.summary
      heard.delete(summary.instanceId)
      heard.set(summary.instanceId, { summary: known ? mergeSummary(known, summary) : summary, at: now })
      forget(now)
    },
    drop: (instanceId) => void heard.delete(instanceId),
    correct: (page, query, isFirst, now) => {
      forget(now)
      if (heard.size === 0) return page
      const items = page.items.map((row) => {
        const news = heard.get(row.instanceId)
        return news ? mergeSummary(row, news.summary) : row
      })
      const known = new Set(items.map((row) => row.instanceId))
      // What is older than the page's last row stands on a later page.
      const oldest = page.next === null ? '' : (items.at(-1)?.createdAt ?? '')
      const missing = [...heard.values()].filter(
        ({ summary }) => isFirst && !known.has(summary.instanceId) && summary.createdAt > oldest,
      )
      return {
        ...page,
        items: [...items, ...missing.map(({ summary }) => summary)]
          .filter((row) => fitsQuery(query, row))
          .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0)),
      }
    },
  }
}

/** The newer of two views of an instance; a summary lacks input and output. */
export function mergeSummary<T extends InstanceSummary>(known: T, summary: InstanceSummary): T {
  const isOlder = summary.executionId === known.executionId && (summary.seq ?? 0) < (known.seq ?? 0)
  return isOlder ? known : { ...known, ...summary }
}

/** Whether the server would list it. */
export function fitsQuery(query: InstanceQuery, summary: InstanceSummary): boolean {
  const { status, definition, version, idPrefix, createdFrom, createdTo, parent } = query
  const created = Date.parse(summary.createdAt)
  return (
    (status === undefined || status.split(',').includes(summary.status)) &&
    (definition === undefined || definition === summary.definition) &&
    (version === undefined || version === summary.version) &&
    (idPrefix === undefined || summary.instanceId.startsWith(idPrefix)) &&
    (createdFrom === undefined || created >= Date.parse(createdFrom)) &&
    (createdTo === undefined || created < Date.parse(createdTo)) &&
    (parent === undefined || parent === summary.parent)
  )
}
