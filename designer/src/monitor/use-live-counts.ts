import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { listenToInstances } from '../api/instance-feed.ts'
import { keys } from '../api/query-client.ts'

/** Counting costs the server a query: not more often than this, however much happens. */
const paceMs = 2_000

/** Asks for counts again after something has happened to an instance. */
export function useLiveCounts(): void {
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const refresh = () => {
      timer = null
      void client.invalidateQueries({ queryKey: keys.definitions, exact: true })
    }
    const soon = () => {
      timer ??= setTimeout(refresh, paceMs)
    }
    const stop = listenToInstances({ onSummary: soon, onPurged: soon, onReopened: soon })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [client])
}
