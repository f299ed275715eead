import type { HistoryEvent } from '@durable-canvas/schema'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ApiProblem } from '../api/api-problem.ts'
import type { InstanceSummary } from '../api/api-types.ts'
import { tellSummary } from '../api/instance-feed.ts'
import { getInstance, readHistory } from '../api/instances.ts'
import { keys } from '../api/query-client.ts'
import { apiPath } from '../api/request.ts'
import { useStream } from '../api/use-stream.ts'
import { createHistoryFeed, type HistoryFeed, type HistorySnapshot } from './history-feed.ts'

/** While the server is away. */
const retryMs = 2_000

export interface LiveHistory extends HistorySnapshot {
  /** What went wrong when it was read; the stream may go on all the same. */
  readonly error: unknown
  readonly retry: () => void
  /** Somebody has purged the instance while it was looked at. */
  readonly isPurged: boolean
}

/** An instance's history: read page by page, then followed live. Also keeps the instance's summary in the cache up to date. */
export function useHistory(instanceId: string): LiveHistory {
  const client = useQueryClient()
  const [feed, setFeed] = useState<{ readonly id: string; readonly feed: HistoryFeed }>(() => ({
    id: instanceId,
    feed: createHistoryFeed(),
  }))
  if (feed.id !== instanceId) setFeed({ id: instanceId, feed: createHistoryFeed() })
  const history = feed.feed
  const snapshot = useSyncExternalStore(history.subscribe, history.snapshot)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  const [isPurged, setPurged] = useState(false)
  const catchUp = () => setAttempt((number) => number + 1)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads again
  useEffect(() => {
    const leaving = new AbortController()
    let again: ReturnType<typeof setTimeout> | undefined
    setError(null)
    readAll(history, instanceId, leaving.signal).then(
      () => {
        if (attempt > 0) void client.invalidateQueries({ queryKey: keys.instance(instanceId) })
      },
      (thrown: unknown) => {
        if (leaving.signal.aborted) return
        setError(thrown)
        if (thrown instanceof ApiProblem && thrown.code === 'Unreachable') again = setTimeout(catchUp, retryMs)
      },
    )
    return () => {
      leaving.abort()
      clearTimeout(again)
    }
  }, [history, instanceId, attempt])
  useStream(snapshot.isComplete && !isPurged ? apiPath(`/instances/${encodeURIComponent(instanceId)}/stream`) : null, {
    lastEventId: () => resumePoint(history),
    onMessage: ({ event, data }) => {
      if (event === 'history') {
        if (!history.append([JSON.parse(data) as HistoryEvent])) catchUp()
      } else if (event === 'purged') {
        setPurged(true)
      } else if (event === 'instance') {
        const summary = JSON.parse(data) as InstanceSummary
        const known = client.getQueryData<InstanceSummary>(keys.instance(instanceId))
        tellSummary(client, summary)
        // Input and output stand in no summary.
        if (!known || summary.status !== known.status || summary.executionId !== known.executionId)
          void client.invalidateQueries({ queryKey: keys.instance(instanceId) })
      }
    },
    onOpen: (isAgain) => {
      if (isAgain) void checkExecution(history, instanceId, catchUp)
    },
    onRefused: (problem: ApiProblem) => setError(problem),
  })
  return { ...snapshot, error, retry: catchUp, isPurged }
}

/** Where the stream goes on: the seq, and which execution counts it. */
function resumePoint(history: HistoryFeed): string {
  const { executionId } = history.snapshot().unfolding
  return executionId === null ? '0' : `${history.lastSeq()}~${executionId}`
}

async function readAll(history: HistoryFeed, instanceId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const page = await readHistory(instanceId, history.lastSeq(), signal)
    if (signal.aborted) return
    if (!history.append(page.items)) history.reset()
    else if (page.next === null || page.items.length === 0) break
  }
  history.complete()
}

/** While the line was down another execution may have begun, with a history of its own. */
async function checkExecution(history: HistoryFeed, instanceId: string, catchUp: () => void): Promise<void> {
  const instance = await getInstance(instanceId).catch(() => null)
  const { executionId } = history.snapshot().unfolding
  if (instance && executionId !== null && instance.executionId !== executionId) {
    history.reset()
    catchUp()
  }
}
