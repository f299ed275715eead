// One clock a rate for the whole page, so that everything that ticks ticks together and nothing ticks unseen.
import { useSyncExternalStore } from 'react'

interface Clock {
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => number
}

const clocks = new Map<number, Clock>()

function clockOf(everyMs: number): Clock {
  const known = clocks.get(everyMs)
  if (known) return known
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    if (document.hidden) return
    now = Date.now()
    for (const listener of listeners) listener()
  }
  const clock: Clock = {
    subscribe: (listener) => {
      listeners.add(listener)
      if (timer === undefined) {
        now = Date.now()
        timer = setInterval(tick, everyMs)
        document.addEventListener('visibilitychange', tick)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
        document.removeEventListener('visibilitychange', tick)
      }
    },
    read: () => {
      if (timer === undefined && Date.now() - now > everyMs) now = Date.now()
      return now
    },
  }
  clocks.set(everyMs, clock)
  return clock
}

const stopped: Clock = { subscribe: () => () => undefined, read: () => 0 }

/** The present, renewed every so many milliseconds while mounted; null: it stands still at 0. */
export function useNow(everyMs: number | null = 1_000): number {
  const clock = everyMs === null ? stopped : clockOf(everyMs)
  return useSyncExternalStore(clock.subscribe, clock.read)
}
