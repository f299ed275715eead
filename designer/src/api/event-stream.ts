import { reportConnected, reportLost } from '../store/session-server.ts'
import { ApiProblem } from './api-problem.ts'
import { send } from './request.ts'
import { createSseParser, type StreamMessage } from './sse-parser.ts'

/** The server writes at least a comment every 15 s; a line silent for longer than this is dead. */
const silenceMs = 40_000
const firstPauseMs = 300
const longestPauseMs = 3_000

export interface EventStreamOptions {
  readonly url: string
  readonly onMessage: (message: StreamMessage) => void
  /** After each (re)connection; the place to catch up on what has no ids, where the line was down or did not come up before. */
  readonly onOpen?: (isAgain: boolean) => void
  /** Where to resume; asked before each connection. */
  readonly lastEventId?: () => string | null
  /** The server refused for good (404, 401 …): no further attempt is made. */
  readonly onRefused?: (problem: ApiProblem) => void
}

/** Opens a stream and keeps it open until the returned function is called. */
export function openEventStream(options: EventStreamOptions): () => void {
  const closing = new AbortController()
  void keepOpen(options, closing.signal)
  return () => closing.abort()
}

async function keepOpen(options: EventStreamOptions, closing: AbortSignal): Promise<void> {
  let pause = firstPauseMs
  let isAgain = false
  while (!closing.aborted) {
    try {
      await readOnce(options, closing, () => {
        options.onOpen?.(isAgain)
        pause = firstPauseMs
      })
    } catch (error) {
      if (closing.aborted) return
      if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) {
        options.onRefused?.(error)
        return
      }
    }
    if (closing.aborted) return
    isAgain = true
    reportLost()
    await sleep(pause, closing)
    pause = Math.min(pause * 2, longestPauseMs)
  }
}

async function readOnce(options: EventStreamOptions, closing: AbortSignal, onOpen: () => void): Promise<void> {
  const line = new AbortController()
  const abort = () => line.abort()
  closing.addEventListener('abort', abort)
  let watchdog = setTimeout(abort, silenceMs)
  try {
    const lastEventId = options.lastEventId?.() ?? null
    const headers = { accept: 'text/event-stream', ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) }
    const response = await send(options.url, { headers, signal: line.signal })
    reportConnected()
    onOpen()
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const parse = createSseParser()
    while (reader) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(watchdog)
      watchdog = setTimeout(abort, silenceMs)
      for (const message of parse(value)) options.onMessage(message)
    }
  } finally {
    clearTimeout(watchdog)
    closing.removeEventListener('abort', abort)
  }
}

/** Ends early when there is reason to hope: the page is looked at again, or the network is back. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = new AbortController()
    const wake = () => {
      clearTimeout(timer)
      stop.abort()
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake, { signal: stop.signal })
    window.addEventListener('online', wake, { signal: stop.signal })
    document.addEventListener('visibilitychange', () => !document.hidden && wake(), { signal: stop.signal })
  })
}
